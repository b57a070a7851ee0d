import { and, eq, or, sql } from 'drizzle-orm';
import { listings, offers, stockLevels, stockLocations, variants } from '@/db/schema';
import type { ShopScope } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';

/** The shop's own offer by its code or barcode, and the shelf it lies on. Whichever of two it finds first by id, always the same. */
export async function findOwnOffer(from: Reader, scope: Pick<ShopScope, 'shopId'>, code: string) {
  const wanted = code.trim().slice(0, 100);
  const gtin = /^\d{8,14}$/.test(wanted) ? wanted.padStart(14, '0') : '';
  const [found] = await from
    .select({ offerId: offers.id, listingId: offers.listingId, title: listings.title, locationId: stockLocations.id })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(stockLocations, and(eq(stockLocations.shopId, offers.shopId), eq(stockLocations.kind, 'shop')))
    .leftJoin(stockLevels, and(eq(stockLevels.offerId, offers.id), eq(stockLevels.locationId, stockLocations.id)))
    .where(and(eq(offers.shopId, scope.shopId), or(sql`lower(${offers.merchantSku}) = lower(${wanted})`, eq(variants.gtin, gtin))))
    .orderBy(sql`${stockLevels.offerId} is null`, offers.id, stockLocations.id)
    .limit(1);
  return found;
}
