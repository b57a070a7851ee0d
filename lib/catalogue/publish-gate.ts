import type { SQL } from 'drizzle-orm';
import { eq, inArray, sql } from 'drizzle-orm';
import { categories, listings, offers, products, variants } from '@/db/schema';
import type { Instant, ListingId, OfferId, ShopId } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';
import type { LegalField } from './legal-gates';
import { lacksNothing, missingLegalFields } from './legal-gates';

/** Whether everybody sees the page an offer stands on; if not, what it lacks (nothing: somebody took it away for another reason). */
type Gate = { readonly offerId: OfferId; readonly isPublic: boolean; readonly missing: readonly LegalField[] };

const columns = {
  gates: sql`${categories.legalGates}`,
  manufacturer: sql`${products.manufacturer}`,
  warnings: sql`${products.warnings}`,
  netQuantity: sql`${variants.netQuantity}`,
  attributes: sql`${products.attributes}`,
};

/** Some of a shop's offers, at a moment: what the law asks changes from day to day. */
type GateWish = { readonly shopId: ShopId; readonly which: SQL; readonly now: Instant };

/** Shows the pages of these offers that now lack nothing and are on sale; gives those it showed. A page that is shown stays shown. */
export async function openGate(tx: Tx, { shopId, which, now }: GateWish): Promise<readonly ListingId[]> {
  const ready = tx
    .select({ id: listings.id })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .where(
      sql`${offers.shopId} = ${shopId} and ${offers.isActive} and not ${listings.isPublished} and ${which} and ${lacksNothing(columns, now)}`,
    );
  const shown = await tx.update(listings).set({ isPublished: true }).where(inArray(listings.id, ready)).returning({ id: listings.id });
  return shown.map(({ id }) => id);
}

/** Takes the pages of these offers from view that lack what the law asks; gives those it took. For pages only this shop sells on. */
export async function closeGate(tx: Tx, { shopId, which, now }: GateWish): Promise<readonly ListingId[]> {
  const lacking = tx
    .select({ id: listings.id })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .where(sql`${offers.shopId} = ${shopId} and ${listings.isPublished} and ${which} and not ${lacksNothing(columns, now)}`);
  const hidden = await tx.update(listings).set({ isPublished: false }).where(inArray(listings.id, lacking)).returning({ id: listings.id });
  return hidden.map(({ id }) => id);
}

type OffersWish = { readonly shopId: ShopId; readonly offerIds: readonly OfferId[]; readonly now: Instant };

/** How the gate stands for some of a shop's offers. */
export async function readGates(from: Reader, { shopId, offerIds, now }: OffersWish): Promise<readonly Gate[]> {
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
  return rows.map(({ offerId, isPublic, product, net, gates }) => ({
    offerId,
    isPublic,
    missing: missingOf({ product, net, gates }, now),
  }));
}

type PageRows = { readonly product: typeof products.$inferSelect; readonly net: number | null; readonly gates: readonly string[] };

/** What a page lacks, from its rows. */
export function missingOf({ product, net, gates }: PageRows, now: Instant): readonly LegalField[] {
  const facts = {
    manufacturer: product.manufacturer ?? undefined,
    warnings: product.warnings ?? undefined,
    netContent: net === null ? undefined : { amount: net, unit: 'g' as const },
    attributes: product.attributes,
  };
  return missingLegalFields(gates, facts, now);
}
