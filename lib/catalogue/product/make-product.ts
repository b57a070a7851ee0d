import { and, eq, inArray, sql } from 'drizzle-orm';
import { categories, offers, variants } from '@/db/schema';
import type { OfferId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { writeFacts } from '../complete-products';
import type { OfferDraft } from '../draft-words';
import type { GtinSheet } from '../open-data/gtin-sheet';
import { sourceOf } from '../item-source';
import { prepareItem } from '../prepare-page';
import { openGate } from '../publish-gate';
import { placeOffers } from '../take-over';
import { lockCommons, writePages } from '../write-pages';
import { meetNoOther } from './clashes';
import type { ProductRefusal, ProductWords, VariantWords } from './product-words';
import { burdenOfStep, labelOf, priceStepsOf } from './product-words';

type DraftOf = { readonly words: ProductWords; readonly row: VariantWords; readonly productKey: string; readonly sku: string };

function draftOf({ words, row, productKey, sku }: DraftOf): OfferDraft {
  const { title, brand, description, condition, shelf, vatRateBps, salesUnit, facts } = words;
  return {
    productKey,
    title,
    label: labelOf(row),
    options: row.options,
    brand,
    description,
    category: undefined,
    gtin: row.gtin,
    sku,
    priceMinor: row.priceMinor,
    vatRateBps,
    weightGrams: row.content?.unit === 'g' ? row.content.amount : undefined,
    // What is weighed out has its content in the scale.
    netContent: row.content ?? { each: undefined, gram: { amount: 1_000, unit: 'g' as const }, millimetre: { amount: 1_000, unit: 'mm' as const } }[salesUnit], // prettier-ignore
    isActive: true,
    condition,
    shelf,
    ...facts,
  };
}

/** Open data's sheet for a bar code where the shop left its words alone: then they keep their source and licence. */
function untouched(words: ProductWords, sheet: GtinSheet | undefined): GtinSheet | undefined {
  return sheet?.title === words.title ? sheet : undefined;
}

/** Goods by weight or length: files speak of pieces, forms of all three. Only pages that were made now, and the offers on them. */
async function setUnits(tx: Tx, words: ProductWords, made: readonly string[], ids: readonly OfferId[]): Promise<void> {
  if (words.salesUnit === 'each') return;
  await tx
    .update(variants)
    .set({ salesUnit: words.salesUnit, ...burdenOfStep })
    .where(inArray(sql`${variants.id}::text`, made.map((one) => `var_${one}`))); // prettier-ignore
  await tx
    .update(offers)
    .set({ priceSteps: priceStepsOf[words.salesUnit] })
    .where(and(inArray(offers.id, [...ids]), inArray(sql`${offers.listingId}::text`, made.map((one) => `lst_${one}`)))); // prettier-ignore
}

type MadeProduct = { readonly offerIds: readonly OfferId[] };

/**
 * Makes a product of a shop's form: pages where none are, offers on them, in the caller's transaction. A bar code the commons know leads to
 * its page; there the shop's words are only added where they lack. The page is shown once it lacks nothing the law asks.
 * `sheets` is what open data says of the bar codes. Gives the offers in the order of the rows.
 */
export async function makeProduct(
  tx: Tx,
  scope: ShopScope,
  { words, key, sheets }: { readonly words: ProductWords; readonly key: string; readonly sheets: ReadonlyMap<string, GtinSheet> },
  ports: Ports,
): Promise<Result<MadeProduct, ProductRefusal>> {
  await lockCommons(tx);
  const fits = await meetNoOther(tx, scope, words.variants);
  if (!fits.ok) return fits;
  const [category] = await tx.select().from(categories).where(eq(categories.id, words.categoryId));
  if (!category) return err({ kind: 'department-not-found' });
  const chosen = { categoryId: category.id, confidence: 1, legalGates: category.legalGates };
  const items = words.variants.map((row, position) => {
    const sku = row.sku || (row.gtin ?? `H${ports.ids.make('offer').slice(-10)}`);
    const draft = draftOf({ words, row, productKey: `form:${key}`, sku });
    const sheet = row.gtin === undefined ? undefined : untouched(words, sheets.get(row.gtin));
    return prepareItem(draft, { position, sheet, offerId: undefined }, () => chosen, ports.ids);
  });
  const source = sourceOf(items);
  const now = ports.clock.now();
  const disputed = await writePages(tx, { shopId: scope.shopId, source, now });
  const placed = await placeOffers(tx, { shopId: scope.shopId, source, disputed, now });
  const offerIds = placed.toSorted((a, b) => a.position - b.position).map(({ offerId }) => offerId);
  await setUnits(tx, words, items.map(({ made }) => made), offerIds); // prettier-ignore
  await writeFacts(tx, scope, offerIds, { ...words.facts, net: undefined });
  await openGate(tx, { shopId: scope.shopId, which: inArray(offers.id, offerIds), now });
  return ok({ offerIds });
}
