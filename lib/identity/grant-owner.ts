import { roleGrants } from '@/db/schema';
import type { Instant, PersonId, ShopId } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';

/** Whoever founds a shop owns it, in the transaction that makes it. */
export async function grantOwner(tx: Tx, personId: PersonId, shopId: ShopId, now: Instant): Promise<void> {
  await tx.insert(roleGrants).values({ personId, shopId, role: 'owner', grantedAt: now });
}
