import type { ProblemFacts } from '@/lib/basket';
import { poseProblem } from '@/lib/basket';
import type { Instant, ListingId, OfferId } from '@/lib/kernel';
import { MINUTE, minor, plusMs, quantity } from '@/lib/kernel';
import type { SourcingPlan } from '@/lib/oms';
import { confidenceWord } from '@/lib/oms';
import type { ShopBook } from '@/lib/shops';
import { courierReach } from '@/lib/shops';
import type { Candidate } from '@/lib/sourcing';
import { startingSettings } from '@/lib/sourcing';
import type { Errand } from './errands';
import { madeId } from './made-ids';
import type { Shelf } from './shelf';
import { availableOn, confidenceOf } from './shelf';
import type { Town, TownOffer } from './town';
import { byDistance } from './town';

/** The three worlds the same city is lived through in. */
export const worldNames = ['isolated', 'nearest', 'ours'] as const;
export type WorldName = (typeof worldNames)[number];

export type Scene = {
  readonly town: Town;
  readonly now: Instant;
  shelfOf(offer: TownOffer): Shelf;
};

type Line = Errand['lines'][number];
/** A line and the offer a shopper settled on; without one there was nothing to be had. */
export type Wish = { readonly key: string; readonly line: Line; readonly offer: TownOffer | undefined; readonly isBound: boolean };

/** What a shopper of our world is shown for a thing: surest first, then nearest. */
export function shownOffer(scene: Scene, line: Line, home: Errand['home']): TownOffer | undefined {
  const there = byDistance(scene.town.offersOf.get(line.listingId) ?? [], home).filter(
    (offer) => availableOn(scene.shelfOf(offer)) >= line.quantity,
  );
  const sure = there.find((offer) => wordOf(scene, offer) === 'confirmed');
  return (
    sure ??
    there[0] ??
    byDistance(scene.town.offersOf.get(line.listingId) ?? [], home).find((offer) => availableOn(scene.shelfOf(offer)) > 0)
  );
}

export function wordOf(scene: Scene, offer: TownOffer) {
  return confidenceWord(confidenceOf(scene.shelfOf(offer), scene.now));
}

/** The nearest shop whose record says that it has enough: what a federation without an engine does. */
export function nearestOffer(scene: Scene, line: Line, home: Errand['home']): TownOffer | undefined {
  return byDistance(scene.town.offersOf.get(line.listingId) ?? [], home).find(
    (offer) => availableOn(scene.shelfOf(offer)) >= line.quantity,
  );
}

/** The offer as a place can supply it now. */
export function candidateOf(scene: Scene, offer: TownOffer): Candidate {
  const shelf = scene.shelfOf(offer);
  return {
    offerId: offer.id,
    listingId: offer.listingId,
    shopId: offer.shop.id,
    locationId: offer.shop.locationId,
    leadTimeMinutes: 0,
    at: { latitude: offer.shop.address.latitude, longitude: offer.shop.address.longitude },
    isShelf: true,
    available: availableOn(shelf),
    confidenceBps: confidenceOf(shelf, scene.now),
    priceMinor: minor(offer.priceMinor),
    priceSteps: 1,
    condition: offer.product.condition,
    categoryId: madeId('category', offer.product.leaf),
    vatCategory: offer.product.vatCategory,
    vatRateBps: 2_000,
    shelf: undefined,
  };
}

/** Everything the market has of these things, live. */
export function candidatesFor(scene: Scene, listingIds: readonly ListingId[]): readonly Candidate[] {
  return [...new Set(listingIds)].flatMap((listingId) =>
    (scene.town.offersOf.get(listingId) ?? []).map((offer) => candidateOf(scene, offer)),
  );
}

export type Planned = { readonly plan: SourcingPlan; readonly lineOf: ReadonlyMap<string, Wish> };

/** Has the basket's own rules pose the question and the engine answer it. */
export function plan(scene: Scene, errand: Errand, wishes: readonly Wish[], book: ShopBook): Planned | undefined {
  const wanted = wishes.filter((wish) => wish.offer !== undefined);
  if (wanted.length === 0) return undefined;
  const lineOf = new Map<string, Wish>();
  const lines = wanted.map((wish, index) => {
    const found = foundLine(wish, `${errand.key}-${index}`, scene.now);
    lineOf.set(found.id, wish);
    return found;
  });
  const bound = new Set(wanted.filter((wish) => wish.isBound).map((wish) => wish.offer?.id));
  const all = candidatesFor(
    scene,
    lines.map((line) => line.listingId),
  );
  const candidates = bound.size === 0 ? all : all.filter((candidate) => bound.has(candidate.offerId));
  const posed = poseProblem({
    id: errand.key,
    now: scene.now,
    book,
    settings: startingSettings,
    place: errand.home,
    address: undefined,
    methodByShop: errand.isBrought ? couriersOf(candidates, book, errand.home) : {},
    lines,
    candidates,
  });
  if (posed.problem.lines.length === 0) return undefined;
  const planned = posed.ask(posed.problem, 'suggested');
  return planned.ok ? { plan: planned.value, lineOf } : undefined;
}

/** Who wants things brought has them brought by whoever rides to their door, and fetches the rest: the page offers what can be had. */
function couriersOf(candidates: readonly Candidate[], book: ShopBook, home: Errand['home']): ProblemFacts['methodByShop'] {
  const shops = [...new Set(candidates.map((candidate) => candidate.shopId))].flatMap((shopId) => book.get(shopId) ?? []);
  return Object.fromEntries(shops.filter((shop) => courierReach(shop, home)).map(({ id }) => [id, 'courier'] as const));
}

function foundLine({ line, offer, isBound }: Wish, name: string, now: Instant): ProblemFacts['lines'][number] {
  if (!offer) throw new Error('only what can be had is asked for');
  const { product } = offer;
  return {
    id: madeId('basketLine', name),
    basketId: madeId('basket', name),
    listingId: line.listingId,
    offerId: offer.id,
    shopChosen: isBound,
    isBound: false,
    quantity: quantity(line.quantity),
    priceSeenMinor: minor(offer.priceMinor),
    promiseSeenAt: null,
    addedAt: plusMs(now, -30 * MINUTE), // a card's word of half an hour ago binds nobody
    shownShopId: offer.shop.id,
    condition: product.condition,
    offerPriceMinor: minor(offer.priceMinor),
    offerPriceSteps: 1,
    slug: '',
    title: product.title,
    keyAttribute: undefined,
    categoryId: madeId('category', product.leaf),
    salesUnit: 'each',
    weightGrams: product.weightGrams,
    volumeCm3: product.volumeCm3,
    family: '',
    glyph: '',
    minimumAge: undefined,
    withdrawalException: undefined,
  };
}

/** Finds an offer of the town again by its id. */
export function offerById(town: Town, listingId: ListingId, offerId: OfferId): TownOffer | undefined {
  return town.offersOf.get(listingId)?.find((offer) => offer.id === offerId);
}
