import { asc, eq, sql } from 'drizzle-orm';
import { categories, listings, offers, products, variants } from '@/db/schema';
import type { OfferId, ShopScope } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';

/** The shop's offers of the product that one of them belongs to, in the order they were made. Another shop's offer finds nothing. */
export async function ownRows(from: Reader, scope: ShopScope, offerId: OfferId) {
  const isShared = sql<boolean>`exists (select 1 from ${offers} other join ${listings} l on l.id = other.listing_id
    join ${variants} v on v.id = l.variant_id where v.product_id = ${products.id} and other.shop_id <> ${scope.shopId})`;
  const rows = await from
    .select({ offer: offers, listing: listings, variant: variants, product: products, category: categories, isShared })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .where(
      sql`${offers.shopId} = ${scope.shopId} and ${products.id} = (select v.product_id from ${offers} o join ${listings} l on l.id = o.listing_id
        join ${variants} v on v.id = l.variant_id where o.id = ${offerId} and o.shop_id = ${scope.shopId})`,
    )
    .orderBy(asc(offers.id));
  return rows.map((row) => ({
    ...row,
    offerId: row.offer.id,
    listingId: row.listing.id,
    variantId: row.variant.id,
  }));
}

export type OwnRow = Awaited<ReturnType<typeof ownRows>>[number];
