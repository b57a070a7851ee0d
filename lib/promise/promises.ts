import type { Instant, Interval, Money, OfferId, Position, ShopId } from '@/lib/kernel';
import { DAY, MINUTE, instant, metresBetween, minor, plusMs, walkingMinutes } from '@/lib/kernel';
import { confidenceWord, pickupPromise } from '@/lib/oms';
import type { CourierReach, ShopBook, ShopFacts } from '@/lib/shops';
import { courierReach, localDay, localTimeOn, takesOrdersAt, wallTimeAt, withRoom } from '@/lib/shops';
import type { Certainty, Method, OfferPromise, ShopPromise } from './views';

/** The rider must have the goods this long before the slot begins. */
export const COURIER_CUT_OFF_MINUTES = 30;

/** A bag waits this many days, until the shop closes on the last of them. */
export const PICKUP_KEPT_DAYS = 7;

/** Parcels leave with the carrier's collection: what is ready later leaves on the next working day. */
const PARCEL_CUT_OFF = '16:00';

/** A parcel may take a day more than the carrier says. */
const PARCEL_MARGIN_DAYS = 1;

export type PromiseQuestion = {
  readonly shop: ShopFacts;
  readonly now: Instant;
  /** Where the shopper is; without it nothing can be brought by bike and no distance is told. */
  readonly place: Position | undefined;
  readonly currency: Money['currency'];
  /** Time the goods need to reach the shop, on top of its preparation: zero for what is on its shelf. */
  readonly leadTimeMinutes: number;
};

/** The window in which one way of receiving is kept; its price is the shop's own. */
export type MethodWindow = {
  readonly method: Method;
  readonly from: Instant;
  readonly to: Instant | undefined;
  readonly keptUntil: Instant | undefined;
  readonly priceMinor: number;
};

/** When the goods are ready on the shop's counter, in opening time; undefined when it does not open long enough. */
export function readyAt({ shop, now, leadTimeMinutes }: Pick<PromiseQuestion, 'shop' | 'now' | 'leadTimeMinutes'>): Instant | undefined {
  const arrived = plusMs(now, leadTimeMinutes * MINUTE); // goods travel at night too; they are prepared when the shop is open
  const promise = pickupPromise({ opening: shop.openings, now: arrived, preparationMinutes: shop.preparationMinutes });
  return promise && toQuarter({ from: promise.readyFrom, to: promise.until }).from;
}

const QUARTER = 15 * MINUTE;

/**
 * The window from the next full quarter of an hour, which people can remember and which stays true for a while;
 * as it is when the shop closes before. Every zone in use is a whole number of quarters from UTC.
 */
export function toQuarter(window: Interval): Interval {
  const from = instant(Math.ceil(window.from / QUARTER) * QUARTER);
  return from < window.to ? { from, to: window.to } : window;
}

/** Every way a shop could have it reach the shopper, in the order pickup, courier, parcel. */
export function methodWindows(question: PromiseQuestion): readonly MethodWindow[] {
  const ready = readyAt(question);
  if (ready === undefined) return [];
  const { shop, place } = question;
  const windows: MethodWindow[] = [];
  if (shop.services.pickup)
    windows.push({ method: 'pickup', from: ready, to: undefined, keptUntil: keptUntil(shop, ready), priceMinor: 0 });
  const { parcel } = shop.services;
  const reach = courierReach(shop, place);
  const slot = reach && nextSlot(shop, reach, ready);
  if (reach && slot) windows.push({ method: 'courier', ...slot, keptUntil: undefined, priceMinor: reach.priceMinor });
  if (parcel)
    windows.push({ method: 'parcel', ...parcelDays(shop, parcel.days, ready), keptUntil: undefined, priceMinor: parcel.priceMinor });
  return windows;
}

/** The end of the last opening day on which a bag is kept; at least until the shop closes on the day it is ready. */
export function keptUntil(shop: ShopFacts, ready: Instant): Instant | undefined {
  const last = plusMs(ready, PICKUP_KEPT_DAYS * DAY);
  return shop.openings.filter((interval) => interval.to > ready && interval.from < last).at(-1)?.to;
}

/** The first slot with a door left that begins after the cut-off, on a day on which the shop is open to hand over. */
export function nextSlot(shop: ShopFacts, reach: CourierReach, ready: Instant): Interval | undefined {
  const earliest = plusMs(ready, COURIER_CUT_OFF_MINUTES * MINUTE);
  return withRoom(reach, slotsAhead(shop, reach.slots, ready)).find((slot) => slot.from >= earliest);
}

const SLOT_DAYS = 14;
const slotCalendars = new Map<string, readonly Interval[]>();

/** Delivery slots from the day of `moment` on, in order, on which the shop is there to hand over. */
export function slotsAhead(shop: ShopFacts, slots: readonly (readonly [string, string])[], moment: Instant): readonly Interval[] {
  return slotCalendar(shop.timeZone, slots, moment).filter((slot) =>
    shop.openings.some((interval) => interval.from < slot.to && interval.to > plusMs(slot.from, -COURIER_CUT_OFF_MINUTES * MINUTE)),
  );
}

/** Shops of one city mostly share their slots, so a day's calendar is worked out once. */
function slotCalendar(timeZone: string, slots: readonly (readonly [string, string])[], moment: Instant): readonly Interval[] {
  const key = `${timeZone} ${localDay(moment, timeZone)} ${slots.join(' ')}`;
  const known = slotCalendars.get(key);
  if (known) return known;
  const times = slots.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const made = Array.from({ length: SLOT_DAYS }, (_, days) =>
    times.map(([opens, closes]) => ({
      from: localTimeOn(moment, timeZone, { days, time: opens }),
      to: localTimeOn(moment, timeZone, { days, time: closes }),
    })),
  ).flat();
  if (slotCalendars.size > 500) slotCalendars.clear();
  slotCalendars.set(key, made);
  return made;
}

/** Working days (Monday to Saturday) from despatch: from the carrier's delay to a day more. */
export function parcelDays(shop: ShopFacts, days: number, ready: Instant): Interval {
  const cutOff = localTimeOn(ready, shop.timeZone, { days: 0, time: PARCEL_CUT_OFF });
  const despatched = ready <= cutOff && !isSunday(ready, shop.timeZone) ? 0 : workingDaysLater(ready, 0, 1, shop.timeZone);
  const first = workingDaysLater(ready, despatched, days, shop.timeZone);
  const last = workingDaysLater(ready, first, PARCEL_MARGIN_DAYS, shop.timeZone);
  return {
    from: localTimeOn(ready, shop.timeZone, { days: first, time: '08:00' }),
    to: localTimeOn(ready, shop.timeZone, { days: last, time: '19:00' }),
  };
}

/** Days from `start` on which `count` working days have passed, counted after day `after`. */
function workingDaysLater(start: Instant, after: number, count: number, timeZone: string): number {
  let day = after;
  for (let left = count; left > 0;) {
    day += 1;
    if (!isSunday(localTimeOn(start, timeZone, { days: day, time: '12:00' }), timeZone)) left -= 1;
  }
  return day;
}

function isSunday(moment: Instant, timeZone: string): boolean {
  const { year, month, day } = wallTimeAt(moment, timeZone);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() === 0;
}

/** An offer as far as a promise needs it. */
export type PromisedOffer = {
  readonly offerId: OfferId;
  readonly shopId: ShopId;
  readonly leadTimeMinutes: number;
  /** Units that may be promised. */
  readonly available: number;
  readonly confidenceBps: number;
};

/**
 * What may be said about each offer: every way it can be had, the earliest first.
 *
 * Guarantees: nothing is promised by a shop that takes no orders, for an offer that has no unit left, or by bike without a place in
 *   reach; an hour already past is never given. An offer without any promise has an empty list. Cheap: windows are worked out once a
 *   second for each shop and lead time of the book.
 */
export function promisesFor(question: {
  readonly book: ShopBook;
  readonly place: Position | undefined;
  readonly offers: readonly PromisedOffer[];
  readonly now: Instant;
}): ReadonlyMap<OfferId, readonly OfferPromise[]> {
  return new Map(question.offers.map((offer) => [offer.offerId, offerPromises(offer, question)]));
}

/** The same for one offer as one place holds it. */
export function offerPromises(
  offer: PromisedOffer,
  { book, place, now }: { readonly book: ShopBook; readonly place: Position | undefined; readonly now: Instant },
): readonly OfferPromise[] {
  const shop = offer.available > 0 ? book.get(offer.shopId) : undefined;
  if (!shop || !takesOrdersAt(shop, now)) return [];
  const certainty: Certainty = confidenceWord(offer.confidenceBps) === 'confirmed' ? 'sure' : 'likely';
  const oddsBps = offer.confidenceBps;
  return shopPromises(book, place, now)(shop, offer.leadTimeMinutes).map((promise) => ({ ...promise, certainty, oddsBps }));
}

/** What a shop may promise for anything of this lead time, the earliest first. */
export type ShopPromises = (shop: ShopFacts, leadTimeMinutes: number) => readonly ShopPromise[];

const SECOND = 1_000;
const MOST_PLACES = 64;
const keptByBook = new WeakMap<ShopBook['all'], Map<string, ShopPromises>>();

/**
 * The promises of every shop of a book as seen from one place, each worked out when it is first asked for and kept for the second: a crowd
 * that asks from one place, or from none, shares them. At most a second old, and only as long as the book itself is.
 */
export function shopPromises(book: ShopBook, place: Position | undefined, now: Instant): ShopPromises {
  const kept = keptByBook.get(book.all) ?? new Map<string, ShopPromises>();
  keptByBook.set(book.all, kept);
  const key = `${Math.floor(now / SECOND)}|${place === undefined ? '' : `${place.latitude},${place.longitude}`}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= MOST_PLACES) kept.clear();
  const made = promisesByShop(book, place, now);
  kept.set(key, made);
  return made;
}

function promisesByShop(book: ShopBook, place: Position | undefined, now: Instant): ShopPromises {
  const known = new Map<ShopFacts, Map<number, readonly ShopPromise[]>>();
  const currency = book.city.currency;
  return (shop, leadTimeMinutes) => {
    const ofShop = known.get(shop) ?? new Map<number, readonly ShopPromise[]>();
    known.set(shop, ofShop);
    const before = ofShop.get(leadTimeMinutes);
    if (before) return before;
    const made = methodWindows({ shop, now, place, currency, leadTimeMinutes })
      .map((window) => promiseOf(shop, window, { place, currency, certainty: 'sure' }))
      .toSorted(earliestFirst);
    ofShop.set(leadTimeMinutes, made);
    return made;
  };
}

/** A window said as a promise of a shop. */
export function promiseOf(
  shop: ShopFacts,
  window: MethodWindow,
  {
    place,
    currency,
    certainty,
  }: { readonly place: Position | undefined; readonly currency: Money['currency']; readonly certainty: Certainty },
): ShopPromise {
  const metres = place ? Math.round(metresBetween(place, shop.at)) : undefined;
  return {
    method: window.method,
    from: window.from,
    to: window.to,
    certainty,
    cost: { amountMinor: minor(window.priceMinor), currency },
    keptUntil: window.keptUntil,
    shopId: shop.id,
    metres,
    walkingMinutes: metres === undefined ? undefined : walkingMinutes(metres),
  };
}

/** Sorts promises by when the shopper has the goods in hand at the latest; of two at once the free one, then pickup, first. */
export function earliestFirst(a: ShopPromise, b: ShopPromise): number {
  return inHand(a) - inHand(b) || a.cost.amountMinor - b.cost.amountMinor || methodOrder[a.method] - methodOrder[b.method];
}

const methodOrder: Readonly<Record<Method, number>> = { pickup: 0, courier: 1, parcel: 2 };

/** The moment a promise is kept at the latest: ready for pickup, else the end of its window. */
export function inHand(promise: Pick<ShopPromise, 'from' | 'to'>): Instant {
  return instant(promise.to ?? promise.from);
}
