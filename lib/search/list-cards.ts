import { and, eq, gt, sql } from 'drizzle-orm';
import { categories, listings, offers, productPictures, products, stockLevels, stockLocations, variants } from '@/db/schema';
import { energyLabelOf } from '@/lib/catalogue';
import { MINUTE, linePrice, minor, moneyOf, type Instant, type ListingId, type Position, type SalesUnit, type ShopId } from '@/lib/kernel';
import { planned, reader } from '@/lib/platform/transaction';
import { offerPromises } from '@/lib/promise';
import type { OfferPromise } from '@/lib/promise/views';
import type { ShopBook } from '@/lib/shops';
import { ranking } from './ranking';
import { fits } from './shop-windows';
import type { SearchQuery } from './views';
import { firstQuantity, unitPriceOf } from './unit-price';
import type { CardBadge, CardOfferView, CardView } from './views';

/** Which offers a card may propose: the filters that were on. */
export type CardFilter = Pick<SearchQuery, 'when' | 'ways' | 'shops' | 'conditions' | 'openNow'>;

export const noFilter: CardFilter = { when: undefined, ways: [], shops: [], conditions: [], openNow: false };

export type CardsQuestion = {
  readonly listingIds: readonly ListingId[];
  readonly book: ShopBook;
  readonly place: Position | undefined;
  readonly now: Instant;
  readonly filter?: CardFilter;
};

const available = sql<number>`(${stockLevels.onHand} - ${stockLevels.reserved} - ${stockLevels.allocated} - ${stockLevels.safetyStock})::int`;

/** A fact of the variant, else of its product. */
const told = (name: 'energyKind' | 'energyClass') =>
  sql<string | null>`coalesce(${variants.attributes} ->> ${sql.raw(`'${name}'`)}, ${products.attributes} ->> ${sql.raw(`'${name}'`)})`;

function readRows(listingIds: readonly ListingId[]) {
  return reader()
    .select({
      listingId: listings.id,
      slug: listings.slug,
      title: listings.title,
      keyAttribute: listings.keyAttribute,
      family: categories.family,
      glyph: products.glyph,
      legalGates: categories.legalGates,
      energyKind: told('energyKind'),
      energyClass: told('energyClass'),
      picture: sql<
        string | null
      >`(select p.key from ${productPictures} p where p.product_id = ${products.id} order by p.position, p.key limit 1)`,
      salesUnit: variants.salesUnit,
      netQuantity: variants.netQuantity,
      netUnit: variants.netUnit,
      offerId: offers.id,
      shopId: offers.shopId,
      priceMinor: offers.priceMinor,
      priceSteps: offers.priceSteps,
      currency: offers.currency,
      condition: offers.condition,
      leadTimeMinutes: stockLocations.leadTimeMinutes,
      available,
      confidenceBps: stockLevels.confidenceBps,
    })
    .from(listings)
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .leftJoin(offers, and(eq(offers.listingId, listings.id), eq(offers.isActive, true)))
    .leftJoin(stockLevels, and(eq(stockLevels.offerId, offers.id), gt(available, 0)))
    .leftJoin(stockLocations, eq(stockLocations.id, stockLevels.locationId))
    .where(
      and(
        sql`${planned} ${listings.id} = any(array(select jsonb_array_elements_text(${JSON.stringify(listingIds)}::jsonb)))`,
        eq(listings.isPublished, true),
      ),
    );
}

type Row = Awaited<ReturnType<typeof readRows>>[number];
/** A row with an offer that has units somewhere. */
type StockedRow = Row & {
  readonly offerId: NonNullable<Row['offerId']>;
  readonly shopId: ShopId;
  readonly priceMinor: NonNullable<Row['priceMinor']>;
  readonly leadTimeMinutes: number;
  readonly confidenceBps: number;
};

function isStocked(row: Row): row is StockedRow {
  return row.offerId !== null && row.shopId !== null && row.leadTimeMinutes !== null && row.confidenceBps !== null;
}

type Promised = { readonly row: StockedRow; readonly promise: OfferPromise };
type Kept = { readonly row: StockedRow; readonly promises: readonly OfferPromise[] };

/** Every promise of a stocked row; a row may be one of several places that hold the offer. */
function keptBy(row: StockedRow, { book, place, now }: CardsQuestion): Kept {
  return { row, promises: offerPromises(row, { book, place, now }) };
}

/** The earliest fitting promise of each row. */
function fitting(rows: readonly Kept[], filter: CardFilter, moment: { now: Instant; timeZone: string }): readonly Promised[] {
  return rows.flatMap(({ row, promises }) => {
    const promise = promises.find((one) => fits(one, filter, moment));
    return promise ? [{ row, promise }] : [];
  });
}

function passes(row: StockedRow, { book, filter = noFilter }: CardsQuestion): boolean {
  const shop = book.get(row.shopId);
  const shopFits = filter.shops.length === 0 || (shop !== undefined && filter.shops.includes(shop.slug));
  return shopFits && (filter.conditions.length === 0 || (row.condition !== null && filter.conditions.includes(row.condition)));
}

const inHand = ({ promise }: Promised) => promise.to ?? promise.from;
const priceOf = (row: StockedRow, quantity: number) => linePrice({ priceMinor: row.priceMinor, priceSteps: row.priceSteps ?? 1 }, quantity);

const step = (one: Promised) => Math.floor(inHand(one) / (ranking.promiseStepMinutes * MINUTE));
const doubt = (one: Promised) => (one.promise.certainty === 'sure' ? 0 : 1);

/** Earliest in hand, of equally early ones the surer, then to the minute, the cheapest, the id: the same facts give the same card. */
function best(promises: readonly Promised[]): Promised | undefined {
  return promises.toSorted(
    (a, b) =>
      step(a) - step(b) ||
      doubt(a) - doubt(b) ||
      inHand(a) - inHand(b) ||
      a.row.priceMinor - b.row.priceMinor ||
      (a.row.offerId < b.row.offerId ? -1 : 1),
  )[0];
}

function offerView({ row, promise }: Promised, book: ShopBook): CardOfferView {
  const salesUnit: SalesUnit = row.salesUnit;
  const quantity = firstQuantity(salesUnit);
  const price = moneyOf(priceOf(row, quantity), row.currency ?? 'EUR');
  return {
    offerId: row.offerId,
    shopName: book.get(row.shopId)?.name ?? '',
    price,
    quantity,
    salesUnit,
    unitPrice: unitPriceOf({ ...row, priceSteps: row.priceSteps ?? 1, currency: row.currency ?? 'EUR' }),
    promise,
    walkingMinutes: promise.walkingMinutes,
  };
}

function badgeOf(chosen: Promised, units: number): CardBadge | undefined {
  const { condition, salesUnit } = chosen.row;
  if (condition === 'used' || condition === 'refurbished') return condition;
  return units === 1 && salesUnit === 'each' ? 'last' : undefined;
}

function cardOf(rows: readonly Row[], question: CardsQuestion): CardView | undefined {
  const first = rows[0];
  if (!first) return undefined;
  const stocked = rows.filter(isStocked);
  const moment = { now: question.now, timeZone: question.book.city.timeZone };
  const kept = stocked.map((row) => keptBy(row, question));
  const all = fitting(kept, noFilter, moment);
  const passing = kept.filter(({ row }) => passes(row, question));
  const chosen = best(fitting(passing, question.filter ?? noFilter, moment)) ?? best(all);
  const others = chosen ? all.filter(({ row }) => row.shopId !== chosen.row.shopId) : [];
  const otherShops = new Set(others.map(({ row }) => row.shopId)).size;
  const quantity = firstQuantity(first.salesUnit);
  const units = stocked.reduce((sum, row) => sum + row.available, 0);
  const cheapest = Math.min(...others.map(({ row }) => priceOf(row, quantity)));
  return {
    listingId: first.listingId,
    slugId: `${first.slug}-${first.listingId}`,
    title: first.title,
    keyAttribute: first.keyAttribute ?? undefined,
    family: first.family,
    glyph: first.glyph,
    picture: first.picture ?? undefined,
    badge: chosen && badgeOf(chosen, units),
    energy: energyLabelOf({ gates: first.legalGates, attributes: labelOf(first), now: question.now }),
    offer: chosen && offerView(chosen, question.book),
    isUnique: chosen !== undefined && chosen.row.condition === 'used' && units === 1,
    otherShops,
    otherShopsFrom: otherShops > 0 ? moneyOf(minor(cheapest), first.currency ?? 'EUR') : undefined,
  };
}

const labelOf = ({ energyKind, energyClass }: { readonly energyKind: string | null; readonly energyClass: string | null }) => ({
  energyKind: energyKind ?? undefined,
  energyClass: energyClass ?? undefined,
});

/** Cards of listings in the order asked for, each with the offer that can be had first; one statement. Unknown ids are left out. */
export async function listCards(question: CardsQuestion): Promise<readonly CardView[]> {
  if (question.listingIds.length === 0) return [];
  const rows = await readRows(question.listingIds);
  const byListing = Map.groupBy(rows, (row) => row.listingId);
  return question.listingIds.flatMap((listingId) => cardOf(byListing.get(listingId) ?? [], question) ?? []);
}
