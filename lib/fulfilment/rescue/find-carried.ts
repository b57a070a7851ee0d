import type { Instant, Interval, ListingId, NetworkId, Quantity, ShopId } from '@/lib/kernel';
import { MINUTE, instant, metresBetween, plusMs, walkingMinutes } from '@/lib/kernel';
import { acceptBy, isOpenAt, mergeIntervals } from '@/lib/oms';
import type { ShopBook, ShopFacts } from '@/lib/shops';
import { sellsAt } from '@/lib/shops';
import type { Candidate } from '@/lib/sourcing';
import { sameHourOf } from './rescue-limits';
import type { RescuePolicy } from './rescue-policy';

/** Units the shelf of a pickup shop has not, as another shelf would have to have them: all of them. */
type MissingUnits = {
  readonly id: string;
  readonly listingId: ListingId;
  readonly condition: Candidate['condition'];
  readonly quantity: Quantity;
  /** Shops that could not serve them already. */
  readonly tried: ReadonlySet<ShopId>;
};

export type CarryQuestion = {
  /** The shop that sold them and hands them over. */
  readonly shopId: ShopId;
  readonly missing: readonly MissingUnits[];
  readonly candidates: readonly Candidate[];
  readonly book: Pick<ShopBook, 'now' | 'get' | 'all'>;
  readonly policy: RescuePolicy;
  /** Shops that were asked to carry for this order and did not. */
  readonly declined: ReadonlySet<ShopId>;
};

/** What one shop of the network would carry to the shop of the promise. */
export type Carry = {
  readonly networkId: NetworkId;
  readonly fromShopId: ShopId;
  /** When it has to leave, so that the hour is kept: both shops are open for it. */
  readonly sendBy: Instant;
  /** From when it can be collected. */
  readonly promisedFrom: Instant;
  /** The shelf each of the missing units lies on. */
  readonly shelves: ReadonlyMap<string, Candidate>;
};

/**
 * Who of the network brings what a pickup shop has not to that very shop, for the hour that was `told`: the shop that brings most of it, then the nearest.
 *
 * Guarantees: pure; who sells, the place and the price stay; the hour is the one that was told or half an hour later at most, as for every rescue
 *   (ADR 0032, 0161); who sends it by the minute that is asked sets out before its own shop shuts and finds the counter open (ADR 0210); each of the
 *   missing units comes whole from one shop; nobody outside the network is asked. Undefined when the shop stands alone, takes no orders, is shut then,
 *   or when nobody can pick it and walk it over in time.
 */
export function findCarried(question: CarryQuestion, told: Instant): Carry | undefined {
  return carriesOf(question, (from, to) => routeInTime(from, to, { ...question, told })).toSorted(
    (a, b) => b.shelves.size - a.shelves.size || nearest(a, b),
  )[0];
}

/**
 * The same without an hour to keep: the soonest anybody of the network has it at the counter, when each takes the time a shop is given to answer
 * and to prepare. The hour is another than was told, so it is for the shopper to say (ADR 0199). Guarantees: pure; asked again with that hour within
 * the time the shopper has to answer, `findCarried` finds it, as long as the shelf and the hours are what they were.
 */
export function findSoonestCarried(question: CarryQuestion): Carry | undefined {
  return carriesOf(question, (from, to) => soonestRoute(from, to, question)).toSorted(
    (a, b) => a.promisedFrom - b.promisedFrom || b.shelves.size - a.shelves.size || nearest(a, b),
  )[0];
}

type Route = { readonly metres: number; readonly sendBy: Instant; readonly promisedFrom: Instant };

function carriesOf(question: CarryQuestion, routeOf: (from: ShopFacts, to: ShopFacts) => Route | undefined): readonly (Carry & Route)[] {
  const { book, declined, shopId } = question;
  const shop = book.get(shopId);
  if (shop?.networkId === undefined || !sellsAt(shop, book.now)) return [];
  const { networkId } = shop;
  const others = book.all().filter((one) => one.networkId === networkId && one.id !== shopId && !declined.has(one.id));
  return others.flatMap((from): readonly (Carry & Route)[] => {
    const route = sellsAt(from, book.now) ? routeOf(from, shop) : undefined;
    const shelves = route ? shelvesAt(from.id, question) : new Map<string, Candidate>();
    return route && shelves.size > 0 ? [{ networkId, fromShopId: from.id, shelves, ...route }] : [];
  });
}

function nearest(a: Carry & Route, b: Carry & Route): number {
  return a.metres - b.metres || (a.fromShopId < b.fromShopId ? -1 : 1);
}

type RouteFacts = Pick<CarryQuestion, 'book' | 'policy'>;

/** The walk and the handing over; undefined when it is too far to walk. */
function wayOf(from: ShopFacts, to: ShopFacts, { policy }: RouteFacts): Way | undefined {
  const metres = metresBetween(from.at, to.at);
  return metres > policy.carryMetres ? undefined : { metres, carryMs: walkingMinutes(metres) * MINUTE + policy.carryHandMs };
}

/** Whether there is time to pick it, walk it over and put it on the counter: as late as is usual, or for the hour that was told, or as soon as it can be. */
function routeInTime(from: ShopFacts, to: ShopFacts, facts: RouteFacts & { readonly told: Instant }): Route | undefined {
  const { told, policy, book } = facts;
  const way = wayOf(from, to, facts);
  const soonest = leavesBy(from, from.preparationMinutes, book.now);
  const usual = leavesBy(from, from.acceptanceMinutes + from.preparationMinutes, book.now);
  if (!way || soonest === undefined) return undefined;
  const last = plusMs(sameHourOf({ method: 'pickup', from: told, to: undefined }, policy), -way.carryMs);
  const slots = clipped(setsOutIn(from, to, way), soonest, last);
  const forTold = plusMs(told, -way.carryMs);
  const moments = [latestIn(slots, usual ?? last), latestIn(slots, forTold), ...soonestIn(slots, forTold)];
  return moments.flatMap((sendBy) => routeAt(sendBy, { ...way, told, to }))[0];
}

function soonestRoute(from: ShopFacts, to: ShopFacts, facts: RouteFacts): Route | undefined {
  const { policy, book } = facts;
  const way = wayOf(from, to, facts);
  const usual = leavesBy(from, from.acceptanceMinutes + from.preparationMinutes, book.now);
  const onceAnswered = leavesBy(from, from.preparationMinutes, plusMs(book.now, policy.answerMs));
  if (!way || usual === undefined || onceAnswered === undefined) return undefined;
  const moments = soonestIn(setsOutIn(from, to, way), instant(Math.max(usual, onceAnswered)));
  return moments.flatMap((sendBy) => routeAt(sendBy, { ...way, told: book.now, to }))[0];
}

type Way = { readonly metres: number; readonly carryMs: number };

function routeAt(
  sendBy: Instant | undefined,
  { metres, carryMs, told, to }: Way & { readonly told: Instant; readonly to: ShopFacts },
): readonly Route[] {
  if (sendBy === undefined) return [];
  const promisedFrom = instant(Math.max(told, plusMs(sendBy, carryMs)));
  return isOpenAt(to.openings, promisedFrom) ? [{ metres, sendBy, promisedFrom }] : [];
}

/** When somebody of the one shop can set out and finds the other open: both ends count, in their order. */
function setsOutIn(from: ShopFacts, to: ShopFacts, { carryMs }: Way): readonly Interval[] {
  const arrivals = mergeIntervals(to.openings).map((open) => ({ from: plusMs(open.from, -carryMs), to: plusMs(open.to, -carryMs) }));
  return mergeIntervals(from.openings).flatMap((open) => clipped(arrivals, open.from, open.to));
}

function clipped(intervals: readonly Interval[], from: Instant, to: Instant): readonly Interval[] {
  return intervals
    .map((one): Interval => ({ from: instant(Math.max(one.from, from)), to: instant(Math.min(one.to, to)) }))
    .filter((one) => one.from <= one.to);
}

function latestIn(slots: readonly Interval[], until: Instant): Instant | undefined {
  const slot = slots.findLast(({ from }) => from <= until);
  return slot && instant(Math.min(slot.to, until));
}

/** The first moment of each of the slots that are not over by then. */
function soonestIn(slots: readonly Interval[], since: Instant): readonly Instant[] {
  return slots.flatMap(({ from, to }) => (to < since ? [] : [instant(Math.max(from, since))]));
}

/** So many minutes of the shop's opening time after a moment; undefined when it does not open so long in what is known. */
function leavesBy({ openings }: ShopFacts, minutes: number, since: Instant): Instant | undefined {
  const leaves = acceptBy(openings, since, Math.max(1, minutes));
  return leaves.ok ? leaves.value : undefined;
}

/** For each of the missing units the shelf in this shop that has all of them, besides what it brings of the others. */
function shelvesAt(shopId: ShopId, { missing, candidates }: CarryQuestion): ReadonlyMap<string, Candidate> {
  const shelves = new Map<string, Candidate>();
  const brought = new Map<Candidate, number>();
  for (const { id, listingId, condition, quantity, tried } of missing) {
    const shelf = candidates.find(
      (one) =>
        one.shopId === shopId &&
        one.isShelf &&
        one.listingId === listingId &&
        one.condition === condition &&
        one.available - (brought.get(one) ?? 0) >= quantity,
    );
    if (!shelf || tried.has(shopId)) continue;
    shelves.set(id, shelf);
    brought.set(shelf, (brought.get(shelf) ?? 0) + quantity);
  }
  return shelves;
}
