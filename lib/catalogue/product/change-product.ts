import { and, eq, inArray, sql } from 'drizzle-orm';
import { categories, listings, offers, products, variants } from '@/db/schema';
import type { Instant, OfferId, Result, ShopScope } from '@/lib/kernel';
import { err, minor, ok } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { generalVatOf } from '../choose-category';
import { nothingSaid, writeFacts } from '../complete-products';
import { burdenOf, keyAttributeOf, slugOfTitle } from '../draft-words';
import { legalFields } from '../legal-gates';
import { OWN } from '../prepare-page';
import { closeGate, openGate } from '../publish-gate';
import { notePrice } from '../save-offer';
import { lockCommons } from '../write-pages';
import { meetNoOther } from './clashes';
import { ownRows, type OwnRow } from './own-rows';
import type { ProductRefusal, ProductWords, VariantWords } from './product-words';
import { burdenOfStep, labelOf, priceStepsOf } from './product-words';

type Category = typeof categories.$inferSelect;
type Change = { readonly words: ProductWords; readonly category: Category; readonly product: OwnRow['product']; readonly now: Instant };

const optionsIn = ({ options }: VariantWords): Readonly<Record<string, string>> =>
  Object.fromEntries(options.map(({ name, value }) => [name, value]));

/** The words of a page, from those of its product and its variant. */
function pageOf({ words, category }: Change, row: VariantWords) {
  const label = labelOf(row);
  const title = label === undefined ? words.title : `${words.title}, ${label}`;
  const keyAttribute = keyAttributeOf({ label, netContent: row.content }) ?? null;
  return { categoryId: category.id, title, slug: slugOfTitle(title), keyAttribute, brand: words.brand ?? null };
}

/** The VAT category of an offer: the department's, or the general one of the rate the shop states. */
const vatOf = ({ words, category }: Change): string =>
  generalVatOf.find(({ rate }) => rate === words.vatRateBps)?.category ?? category.vatCategory;

/** The whole form replaces what stood there: a product only this shop sells is the shop's to say. */
async function rewriteWords(tx: Tx, { words, category, product }: Change): Promise<void> {
  const { title, brand, description, facts } = words;
  const said = { title, brand, description, manufacturer: facts.manufacturer, responsiblePerson: facts.responsiblePerson, warnings: facts.warnings, ...facts.attributes }; // prettier-ignore
  const stood: Readonly<Record<string, unknown>> = { ...product, ...product.attributes };
  const changed = Object.entries(said).filter(([name, value]) => value !== undefined && value !== stood[name]);
  const known = new Set<string>([...legalFields, 'labels']);
  const kept = Object.entries(product.attributes).filter(([name]) => !known.has(name));
  await tx
    .update(products)
    .set({
      title,
      brand: brand ?? null,
      description: description ?? null,
      categoryId: category.id,
      manufacturer: facts.manufacturer ?? null,
      responsiblePerson: facts.responsiblePerson ?? null,
      warnings: facts.warnings ?? null,
      attributes: { ...Object.fromEntries(kept), ...facts.attributes },
      provenance: { ...product.provenance, ...Object.fromEntries(changed.map(([name]) => [name, OWN])) },
    })
    .where(eq(products.id, product.id));
}

async function rewriteVariant(tx: Tx, change: Change, row: VariantWords, of: OwnRow): Promise<void> {
  const variant = {
    label: labelOf(row) ?? null,
    gtin: row.gtin ?? null,
    attributes: optionsIn(row),
    netQuantity: row.content?.amount ?? null,
    netUnit: row.content?.unit ?? null,
    salesUnit: change.words.salesUnit,
  };
  await tx.update(variants).set(variant).where(eq(variants.id, of.variantId));
  await tx.update(listings).set(pageOf(change, row)).where(eq(listings.id, of.listingId));
}

async function rewriteOffer(tx: Tx, scope: ShopScope, change: Change, row: VariantWords & { readonly offerId: OfferId }): Promise<void> {
  const { words, now } = change;
  await tx
    .update(offers)
    .set({
      priceMinor: minor(row.priceMinor),
      ...(row.sku !== '' && { merchantSku: row.sku }),
      condition: words.condition,
      shelf: words.shelf ?? null,
      vatCategory: vatOf(change),
      isActive: row.isActive,
      updatedAt: now,
    })
    .where(and(eq(offers.id, row.offerId), eq(offers.shopId, scope.shopId)));
  await notePrice(tx, row.offerId, now);
}

/** One size or colour more of a product only this shop sells. */
async function addVariant(tx: Tx, scope: ShopScope, change: Change, row: VariantWords, { ids }: Ports): Promise<OfferId> {
  const { words, product, now } = change;
  const [variantId, listingId, offerId] = [ids.make('variant'), ids.make('listing'), ids.make('offer')];
  await tx.insert(variants).values({
    id: variantId,
    productId: product.id,
    gtin: row.gtin ?? null,
    label: labelOf(row) ?? null,
    attributes: optionsIn(row),
    salesUnit: words.salesUnit,
    ...(words.salesUnit === 'each' ? burdenOf({ weightGrams: undefined, netContent: row.content }) : burdenOfStep),
    netQuantity: row.content?.amount ?? null,
    netUnit: row.content?.unit ?? null,
  });
  await tx.insert(listings).values({ id: listingId, variantId, ...pageOf(change, row), isPublished: false });
  await tx.insert(offers).values({
    id: offerId,
    listingId,
    shopId: scope.shopId,
    merchantSku: row.sku || (row.gtin ?? `H${offerId.slice(-10)}`),
    priceMinor: minor(row.priceMinor),
    priceSteps: priceStepsOf[words.salesUnit],
    vatCategory: vatOf(change),
    condition: words.condition,
    shelf: words.shelf ?? null,
    isActive: row.isActive,
    updatedAt: now,
  });
  await notePrice(tx, offerId, now);
  return offerId;
}

/** Bar codes of another product, with or without a page yet, cannot be given to a variant of this one. */
async function codesAreFree(tx: Tx, rows: readonly VariantWords[], own: readonly OwnRow[]): Promise<Result<void, ProductRefusal>> {
  const gtins = rows.flatMap(({ gtin }) => gtin ?? []);
  if (gtins.length === 0) return ok(undefined);
  const taken = await tx
    .select({ gtin: variants.gtin, variantId: variants.id, listingId: listings.id })
    .from(variants)
    .leftJoin(listings, eq(listings.variantId, variants.id))
    .where(inArray(variants.gtin, gtins));
  for (const [row, { gtin, offerId }] of rows.entries()) {
    const met = taken.find((one) => one.gtin === gtin);
    if (met && own.find((one) => one.offerId === offerId)?.variantId !== met.variantId)
      return err({ kind: 'gtin-elsewhere', row, listingId: met.listingId ?? undefined });
  }
  return ok(undefined);
}

/**
 * Writes the form of a product the shop sells already, in the caller's transaction; `offerId` is any of its offers there.
 * Guarantees: words that other shops sell under are not rewritten, only completed where they lack; each new public price is kept (ME-07);
 *   a page that now lacks what the law asks is taken from view, one that lacks nothing is shown. Gives the offers in the order of the rows.
 */
export async function changeProduct(
  tx: Tx,
  scope: ShopScope,
  { offerId, words }: { readonly offerId: OfferId; readonly words: ProductWords },
  ports: Ports,
): Promise<Result<{ readonly offerIds: readonly OfferId[] }, ProductRefusal>> {
  await lockCommons(tx);
  const own = await ownRows(tx, scope, offerId);
  const [first] = own;
  const [category] = await tx.select().from(categories).where(eq(categories.id, words.categoryId));
  if (!first) return err({ kind: 'offer-not-found' });
  if (!category) return err({ kind: 'department-not-found' });
  const mine = new Set(own.map((one) => one.offerId));
  if (words.variants.some((row) => row.offerId !== undefined && !mine.has(row.offerId))) return err({ kind: 'offer-not-found' });
  if (first.isShared && words.variants.some((row) => row.offerId === undefined)) return err({ kind: 'product-shared' });
  const fits = await meetNoOther(tx, scope, words.variants);
  if (!fits.ok) return fits;
  const free = first.isShared ? ok(undefined) : await codesAreFree(tx, words.variants, own);
  if (!free.ok) return free;

  const change: Change = {
    words,
    category: first.isShared ? first.category : category,
    product: first.product,
    now: ports.clock.now(),
  };
  if (first.isShared) await writeFacts(tx, scope, [...mine], { ...words.facts, net: undefined });
  else await rewriteWords(tx, change);
  const offerIds: OfferId[] = [];
  for (const row of words.variants) {
    const { offerId: at } = row;
    const of = own.find((one) => one.offerId === at);
    if (at !== undefined && of) {
      if (!first.isShared) await rewriteVariant(tx, change, row, of);
      else if (row.content) await writeFacts(tx, scope, [at], { ...nothingSaid, net: row.content });
      await rewriteOffer(tx, scope, change, { ...row, offerId: at });
    }
    offerIds.push(at ?? (await addVariant(tx, scope, change, row, ports)));
  }
  const written = { shopId: scope.shopId, which: inArray(offers.id, offerIds), now: change.now };
  if (!first.isShared) await closeGate(tx, written);
  await openGate(tx, written);
  return ok({ offerIds });
}

/** Takes every variant of a product off this shop's shelf, or puts them back; nothing of it is lost. Another shop's product is not there. */
export async function switchProduct(
  tx: Tx,
  scope: ShopScope,
  { offerId, isActive }: { readonly offerId: OfferId; readonly isActive: boolean },
  now: Instant,
): Promise<Result<{ readonly offers: number }, ProductRefusal>> {
  const own = await ownRows(tx, scope, offerId);
  if (own.length === 0) return err({ kind: 'offer-not-found' });
  const all = inArray(offers.id, own.map((one) => one.offerId)); // prettier-ignore
  await tx
    .update(offers)
    .set({ isActive, updatedAt: now })
    .where(and(all, eq(offers.shopId, scope.shopId), sql`${offers.isActive} <> ${isActive}`));
  if (isActive) await openGate(tx, { shopId: scope.shopId, which: all, now });
  return ok({ offers: own.length });
}
