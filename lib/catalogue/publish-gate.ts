import type { SQL } from 'drizzle-orm';
import { eq, inArray, sql } from 'drizzle-orm';
import { categories, listings, offers, products, variants } from '@/db/schema';
import type { ListingId, OfferId, ShopId } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';
import type { LegalField } from './legal-gates';
import { lacksNothing, missingLegalFields } from './legal-gates';

/** Whether everybody sees the page an offer stands on; if not, what it lacks (nothing: somebody took it away for another reason). */
export type Gate = { readonly offerId: OfferId; readonly isPublic: boolean; readonly missing: readonly LegalField[] };

const complete = lacksNothing({
  gates: sql`${categories.legalGates}`,
  manufacturer: sql`${products.manufacturer}`,
  warnings: sql`${products.warnings}`,
  netQuantity: sql`${variants.netQuantity}`,
  attributes: sql`${products.attributes}`,
});

/** Shows the pages of these offers that now lack nothing and are on sale; gives those it showed. A page that is shown stays shown. */
export async function openGate(tx: Tx, shopId: ShopId, which: SQL): Promise<readonly ListingId[]> {
  const ready = tx
    .select({ id: listings.id })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .where(sql`${offers.shopId} = ${shopId} and ${offers.isActive} and not ${listings.isPublished} and ${which} and ${complete}`);
  const shown = await tx.update(listings).set({ isPublished: true }).where(inArray(listings.id, ready)).returning({ id: listings.id });
  return shown.map(({ id }) => id);
}

/** Takes the pages of these offers from view that lack what the law asks; gives those it took. For pages only this shop sells on. */
export async function closeGate(tx: Tx, shopId: ShopId, which: SQL): Promise<readonly ListingId[]> {
  const lacking = tx
    .select({ id: listings.id })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .where(sql`${offers.shopId} = ${shopId} and ${listings.isPublished} and ${which} and not ${complete}`);
  const hidden = await tx.update(listings).set({ isPublished: false }).where(inArray(listings.id, lacking)).returning({ id: listings.id });
  return hidden.map(({ id }) => id);
}

/** How the gate stands for some of a shop's offers. */
export async function readGates(from: Reader, shopId: ShopId, offerIds: readonly OfferId[]): Promise<readonly Gate[]> {
  if (offerIds.length === 0) return [];
  const rows = await from
    .select({
      offerId: offers.id,
      isPublic: listings.isPublished,
      product: products,
      net: variants.netQuantity,
      gates: categories.legalGates,
    })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .where(sql`${offers.shopId} = ${shopId} and ${inArray(offers.id, [...offerIds])}`);
  return rows.map(({ offerId, isPublic, product, net, gates }) => ({ offerId, isPublic, missing: missingOf(product, net, gates) }));
}

/** What a page lacks, from its rows. */
export function missingOf(product: typeof products.$inferSelect, net: number | null, gates: readonly string[]): readonly LegalField[] {
  return missingLegalFields(gates, {
    manufacturer: product.manufacturer ?? undefined,
    warnings: product.warnings ?? undefined,
    netContent: net === null ? undefined : { amount: net, unit: 'g' },
    attributes: product.attributes,
  });
}
