import { eq } from 'drizzle-orm';
import { offers } from '@/db/schema';
import type { ListingId, OfferId } from '@/lib/kernel';
import { invariant } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';

/** The page an offer stands on. */
export async function listingOfOffer(offerId: OfferId): Promise<ListingId> {
  const [row] = await reader().select({ listingId: offers.listingId }).from(offers).where(eq(offers.id, offerId));
  invariant(row, 'an offer that was just written is there');
  return row.listingId;
}
