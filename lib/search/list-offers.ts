import { and, eq, sql } from 'drizzle-orm';
import { listings, merchants, offers, shops, stockLevels, stockLocations, variants } from '@/db/schema';
import type { OfferView, MerchantView, StockWord } from '@/lib/catalogue/views';
import { linePrice, moneyOf, type Instant, type ListingId, type Position } from '@/lib/kernel';
import { confidenceWord } from '@/lib/oms';
import { planned, reader } from '@/lib/platform/transaction';
import { offerPromises } from '@/lib/promise';
import type { ShopPromise } from '@/lib/promise/views';
import { mayBeSetAside } from '@/lib/set-aside';
import { merchantIdentity, onlySetsAside, type ShopBook } from '@/lib/shops';
import { firstQuantity, unitPriceOf } from './unit-price';

export type OffersQuestion = {
  readonly listingId: ListingId;
  readonly book: ShopBook;
  readonly place: Position | undefined;
  readonly now: Instant;
};

/** Every shop's offer of a listing, and who sells each, in the order of the promises. */
export type ListedOffers = { readonly offers: readonly OfferView[]; readonly merchants: readonly MerchantView[] };

const available = sql<number>`greatest(0, coalesce(${stockLevels.onHand} - ${stockLevels.reserved} - ${stockLevels.allocated} - ${stockLevels.safetyStock}, 0))::int`;

function readRows(listingId: ListingId) {
  return reader()
    .select({
      offer: offers,
      variant: variants,
      shop: shops,
      merchant: merchants,
      level: stockLevels,
      leadTimeMinutes: stockLocations.leadTimeMinutes,
      available,
    })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(shops, eq(shops.id, offers.shopId))
    .innerJoin(merchants, eq(merchants.id, shops.merchantId))
    .leftJoin(stockLevels, eq(stockLevels.offerId, offers.id))
    .leftJoin(stockLocations, eq(stockLocations.id, stockLevels.locationId))
    .where(and(sql`${planned} ${offers.listingId} = ${listingId}`, eq(offers.isActive, true)));
}

type Row = Awaited<ReturnType<typeof readRows>>[number];

function promisesOf(row: Row, { book, place, now }: OffersQuestion): readonly ShopPromise[] {
  const { offer, level, leadTimeMinutes } = row;
  if (!level || leadTimeMinutes === null) return [];
  const asked = { offerId: offer.id, shopId: offer.shopId, leadTimeMinutes, available: row.available, confidenceBps: level.confidenceBps };
  return offerPromises(asked, { book, place, now });
}

const inHand = (promise: ShopPromise | undefined) => (promise ? (promise.to ?? promise.from) : Number.POSITIVE_INFINITY);

/** One offer may lie in several places: each way of receiving is told once, from where it comes first. */
function offerView(rows: readonly Row[], question: OffersQuestion): OfferView | undefined {
  const first = rows[0];
  if (!first) return undefined;
  const { offer, variant, shop, merchant } = first;
  const all = rows.flatMap((row) => promisesOf(row, question)).toSorted((a, b) => inHand(a) - inHand(b));
  const promises = all.filter((promise, index) => all.findIndex((one) => one.method === promise.method) === index);
  const levels = rows.flatMap((row) => (row.level ? [row.level] : []));
  const own = levels.toSorted((a, b) => b.confidenceBps - a.confidenceBps)[0];
  const quantity = firstQuantity(variant.salesUnit);
  const word: StockWord = own ? confidenceWord(own.confidenceBps) : 'check';
  return {
    offerId: offer.id,
    shopId: shop.id,
    shopName: shop.name,
    shopSlug: shop.slug,
    street: shop.street,
    price: moneyOf(linePrice(offer, quantity), offer.currency),
    quantity,
    salesUnit: variant.salesUnit,
    unitPrice: unitPriceOf({ ...variant, ...offer }),
    condition: offer.condition,
    isProfessional: merchant.isProfessional,
    promises,
    walkingMinutes: promises[0]?.walkingMinutes,
    stockAsOf: own?.asOf ?? offer.updatedAt,
    stockWord: word,
    available: rows.reduce((sum, row) => sum + row.available, 0),
    setAside: setAsideOf(first, { quantity, promises, book: question.book }),
  };
}

type Asked = { readonly quantity: number; readonly promises: readonly ShopPromise[]; readonly book: ShopBook };

/** Whether one of it may be paid at the shop's till, as the order's page will say. */
function setAsideOf({ offer, shop, variant }: Row, { quantity, promises, book }: Asked): OfferView['setAside'] {
  const facts = book.get(shop.id);
  if (!facts || !promises.some(({ method }) => method === 'pickup')) return 'no';
  if (onlySetsAside(facts)) return 'only';
  const part = { method: 'pickup', goodsMinor: linePrice(offer, quantity), lines: [{ quantity, salesUnit: variant.salesUnit }] } as const;
  return mayBeSetAside(part, facts.services) ? 'offered' : 'no';
}

function merchantView({ shop, merchant }: Row): MerchantView {
  return {
    shopName: shop.name,
    shopSlug: shop.slug,
    ...merchantIdentity(merchant),
    returnDays: shop.returnDays,
  };
}

/** Offers of one listing with live price, stock and promise; earliest first, what cannot be had now last. One statement. */
export async function listOffers(question: OffersQuestion): Promise<ListedOffers> {
  const rows = await readRows(question.listingId);
  const byOffer = Map.groupBy(rows, (row) => row.offer.id);
  const offered = [...byOffer.values()].flatMap((group) => offerView(group, question) ?? []).toSorted(byPromise);
  const found = offered.flatMap((offer) => {
    const row = byOffer.get(offer.offerId)?.[0];
    return row ? [merchantView(row)] : [];
  });
  return { offers: offered, merchants: found };
}

function byPromise(a: OfferView, b: OfferView): number {
  const at = (offer: OfferView) => {
    const first = offer.promises[0];
    return first ? (first.to ?? first.from) : Number.MAX_SAFE_INTEGER;
  };
  const doubt = (offer: OfferView) => (offer.promises[0]?.certainty === 'sure' ? 0 : 1);
  return at(a) - at(b) || doubt(a) - doubt(b) || a.price.amountMinor - b.price.amountMinor || (a.offerId < b.offerId ? -1 : 1);
}
