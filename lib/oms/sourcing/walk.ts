import { DAY, MINUTE, instant, metresBetween, walkingMinutes } from '@/lib/kernel';
import type { Instant, Interval, Position } from '@/lib/kernel';

/** A place to collect at, and when that can be done: its hours from the moment the bag is ready. */
export type WalkStop = { readonly id: string; readonly at: Position; readonly hours: readonly Interval[] };

export type Walk = {
  /** The places in the order they are best passed. */
  readonly order: readonly string[];
  readonly leaveAt: Instant;
  readonly backAt: Instant;
  /** On foot and in shops, from the door to the door. */
  readonly minutes: number;
};

export type WalkLimits = {
  /** Nobody leaves before. */
  readonly from: Instant;
  /** A walk that takes longer is none. */
  readonly mostMinutes: number;
};

/** More stops than this are no walk but a move; the search is exact up to here. */
export const LONGEST_WALK = 8;

/** Time inside one shop: to be found, to show the code, to be handed the bag. */
export const STOP_MINUTES = 3;

/** Nobody leaves a bag waiting for longer than this once it is ready. */
const LONGEST_WAIT = 2 * DAY;

/** A place's hours in which a bag that is ready from `ready` on is best fetched: of two days. */
export function fetchHours(hours: readonly Interval[], ready: Instant): readonly Interval[] {
  return hours
    .filter((open) => open.to > ready && open.from <= ready + LONGEST_WAIT)
    .map((open) => ({ from: instant(Math.max(open.from, ready)), to: open.to }));
}

/**
 * One walk from home past every place and home again, within the hours of each.
 *
 * Units: minutes on foot over metres as streets go; a place is entered and left within one of its hours.
 * Guarantees: exact: no order, hour of leaving or choice of hours takes less time from the door to the door, waiting included; of equally
 *   brief ones the one that is home first; undefined when none keeps every closing time within `mostMinutes`, or with no stop or more than
 *   `LONGEST_WALK`. One place fewer never takes longer.
 * Source: Held & Karp (1962); how late one may leave beside how early one is done: forward time slack (Savelsbergh, 1992).
 */
export function walkPast(home: Position, stops: readonly WalkStop[], { from, mostMinutes }: WalkLimits): Walk | undefined {
  if (stops.length === 0 || stops.length > LONGEST_WALK) return undefined;
  const sorted = stops.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const most = mostMinutes * MINUTE;
  let partials: ReadonlyMap<number, readonly Partial[]> = new Map([[0, [{ order: [], doneAt: from, way: 0, leaveBy: Infinity }]]]);
  for (let size = 0; size < sorted.length; size += 1) partials = longer(partials, sorted, { home, most });
  const ends = [...partials.values()].flat().flatMap((partial) => ended(partial, home, most));
  return ends.toSorted((a, b) => a.backAt - a.leaveAt - (b.backAt - b.leaveAt) || a.backAt - b.backAt)[0];
}

/**
 * A walk so far. Who leaves at `d`, not after `leaveBy`, is out of its last shop at the later of `doneAt` and `d + way`: `doneAt` is what is
 * reached by whoever leaves at once, `way` the time on foot and in shops.
 */
type Partial = {
  readonly order: readonly WalkStop[];
  readonly doneAt: number;
  readonly way: number;
  readonly leaveBy: number;
};

type Limits = { readonly home: Position; readonly most: number };

/** Every walk with one stop more, by the stops passed and the last of them; those that another one equals in everything are left out. */
function longer(partials: ReadonlyMap<number, readonly Partial[]>, stops: readonly WalkStop[], limits: Limits): Map<number, Partial[]> {
  const found = new Map<number, Partial[]>();
  for (const [key, rows] of partials) {
    const set = key & 0xff;
    stops.forEach((stop, index) => {
      if ((set & (1 << index)) !== 0) return;
      const next = (index << 8) | set | (1 << index);
      const known = found.get(next) ?? [];
      found.set(next, rows.flatMap((row) => extended(row, stop, limits)).reduce(withPartial, known));
    });
  }
  return found;
}

function extended(partial: Partial, stop: WalkStop, { home, most }: Limits): readonly Partial[] {
  const step = walk(partial.order.at(-1)?.at ?? home, stop.at);
  const way = partial.way + step + STOP_MINUTES * MINUTE;
  return stop.hours.flatMap((open) => {
    const doneAt = Math.max(open.from, partial.doneAt + step) + STOP_MINUTES * MINUTE;
    const leaveBy = Math.min(partial.leaveBy, open.to - way);
    if (doneAt > open.to || Math.max(way, doneAt - leaveBy) > most) return [];
    return [{ order: [...partial.order, stop], doneAt, way, leaveBy }];
  });
}

function withPartial(known: Partial[], one: Partial): Partial[] {
  const isNoBetter = (a: Partial, b: Partial) => a.doneAt >= b.doneAt && a.way >= b.way && a.leaveBy <= b.leaveBy;
  if (known.some((other) => isNoBetter(one, other))) return known;
  return [...known.filter((other) => !isNoBetter(other, one)), one];
}

/** Home again: left as late as it can be without coming home later. */
function ended(partial: Partial, home: Position, most: number): readonly Walk[] {
  const step = walk(partial.order.at(-1)?.at ?? home, home);
  const backAt = partial.doneAt + step;
  const leaveAt = Math.min(partial.leaveBy, backAt - partial.way - step);
  if (backAt - leaveAt > most) return [];
  const order = partial.order.map((stop) => stop.id);
  return [{ order, leaveAt: instant(leaveAt), backAt: instant(backAt), minutes: Math.round((backAt - leaveAt) / MINUTE) }];
}

function walk(from: Position, to: Position): number {
  return walkingMinutes(metresBetween(from, to)) * MINUTE;
}
