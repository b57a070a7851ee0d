import { and, eq, inArray } from 'drizzle-orm';
import { listings, offers, variants } from '@/db/schema';
import type { Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';
import type { ProductRefusal, VariantWords } from './product-words';
import { labelOf } from './product-words';

/** The shop's offers that bear one of these codes or bar codes. */
function ownCodes(tx: Tx, scope: ShopScope) {
  return tx
    .select({ offerId: offers.id, sku: offers.merchantSku, gtin: variants.gtin })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .where(eq(offers.shopId, scope.shopId))
    .$dynamic();
}

/**
 * Whether the rows of a form can stand beside each other and beside what the shop sells already. A bar code or a code of the shop may stay
 * where it is; it cannot be a second thing. Errors name the row, from zero.
 */
export async function meetNoOther(tx: Tx, scope: ShopScope, rows: readonly VariantWords[]): Promise<Result<void, ProductRefusal>> {
  const seen = new Set<string>();
  for (const [row, { gtin, sku, options }] of rows.entries()) {
    const names = [`label ${labelOf({ options }) ?? ''}`, ...(gtin === undefined ? [] : [`gtin ${gtin}`]), ...(sku === '' ? [] : [`sku ${sku}`])]; // prettier-ignore
    if (names.some((name) => seen.has(name))) return err({ kind: 'variant-twice', row });
    for (const name of names) seen.add(name);
  }
  const gtins = rows.flatMap(({ gtin }) => gtin ?? []);
  const skus = rows.flatMap(({ sku }) => (sku === '' ? [] : [sku]));
  const bySku = skus.length === 0 ? [] : await ownCodes(tx, scope).where(and(eq(offers.shopId, scope.shopId), inArray(offers.merchantSku, skus))); // prettier-ignore
  const byGtin = gtins.length === 0 ? [] : await ownCodes(tx, scope).where(and(eq(offers.shopId, scope.shopId), inArray(variants.gtin, gtins))); // prettier-ignore
  for (const [row, { offerId, gtin, sku }] of rows.entries()) {
    const other = byGtin.find((one) => one.gtin === gtin && one.offerId !== offerId);
    if (other) return err({ kind: 'gtin-yours', row, offerId: other.offerId });
    if (bySku.some((one) => one.sku === sku && one.offerId !== offerId)) return err({ kind: 'sku-taken', row });
  }
  return ok(undefined);
}
