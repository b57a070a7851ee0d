import { MINUTE, instant, invariant, metresBetween, walkingMinutes } from '@/lib/kernel';
import type { Instant, Interval, Position } from '@/lib/kernel';

/** A place to collect at: from when the bag is ready until the place closes that day. */
export type WalkStop = { readonly id: string; readonly at: Position; readonly open: Interval };

export type Walk = {
  /** The places in the order they are best passed. */
  readonly order: readonly string[];
  readonly leaveAt: Instant;
  readonly backAt: Instant;
  /** On foot and in shops, from the door to the door. */
  readonly minutes: number;
};

/** More stops than this are no walk but a move; the search is exact up to here. */
export const LONGEST_WALK = 8;

/** Time inside one shop: to be found, to show the code, to be handed the bag. */
export const STOP_MINUTES = 3;

/**
 * One walk from home past every place and home again, within the hours of each.
 *
 * Units: minutes on foot over metres as streets go; places are entered between `open.from` and `open.to`, and left before it closes.
 * Guarantees: exact: the walk that is home earliest when one leaves as early as `from`; it then leaves as late as it can without coming home
 *   later, so nobody waits at a door; undefined when no order keeps every closing time, or with no stop or more than `LONGEST_WALK`.
 * Source: Held & Karp (1962) with time windows: of the walks over the same places that end at the same one, the earliest is never worse.
 */
export function walkPast(home: Position, stops: readonly WalkStop[], from: Instant): Walk | undefined {
  if (stops.length === 0 || stops.length > LONGEST_WALK) return undefined;
  const sorted = stops.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const order = earliestOrder(home, sorted, from);
  return order && timed(home, order, from);
}

type Partial = { readonly order: readonly WalkStop[]; readonly doneAt: number };

function earliestOrder(home: Position, stops: readonly WalkStop[], from: Instant): readonly WalkStop[] | undefined {
  let partials = new Map<string, Partial>();
  stops.forEach((stop, index) => extend(partials, { order: [], doneAt: from }, { stop, index, set: 0, home }));
  for (let size = 1; size < stops.length; size += 1) {
    const longer = new Map<string, Partial>();
    for (const [key, partial] of partials) {
      const set = Number(key.split(' ')[0]);
      stops.forEach((stop, index) => {
        if ((set & (1 << index)) === 0) extend(longer, partial, { stop, index, set, home });
      });
    }
    partials = longer;
  }
  const ends = [...partials.values()].map((partial) => ({ partial, back: partial.doneAt + walk(partial.order.at(-1)?.at ?? home, home) }));
  return ends.toSorted((a, b) => a.back - b.back)[0]?.partial.order;
}

type Next = { readonly stop: WalkStop; readonly index: number; readonly set: number; readonly home: Position };

function extend(into: Map<string, Partial>, partial: Partial, { stop, index, set, home }: Next): void {
  const doneAt = doneAfter(partial.doneAt, partial.order.at(-1)?.at ?? home, stop);
  if (doneAt === undefined) return;
  const key = `${set | (1 << index)} ${index}`;
  const known = into.get(key);
  if (!known || doneAt < known.doneAt) into.set(key, { order: [...partial.order, stop], doneAt });
}

/** When one is out of a shop again, coming from `here`; undefined when it has closed. */
function doneAfter(at: number, here: Position, stop: WalkStop): number | undefined {
  const done = Math.max(stop.open.from, at + walk(here, stop.at)) + STOP_MINUTES * MINUTE;
  return done <= stop.open.to ? done : undefined;
}

/** The same order left as late as possible without coming home later. */
function timed(home: Position, order: readonly WalkStop[], from: Instant): Walk {
  const doneAt: number[] = [];
  order.forEach((stop, index) => {
    const done = doneAfter(doneAt[index - 1] ?? from, order[index - 1]?.at ?? home, stop);
    invariant(done !== undefined, 'the order was found by the same clock');
    doneAt.push(done);
  });
  const last = order.at(-1);
  invariant(last, 'a walk passes a place');
  const backAt = (doneAt.at(-1) ?? from) + walk(last.at, home);
  const leaveAt = order.reduceRight(
    (late, stop, index) => {
      const entered = Math.min(late, stop.open.to) - STOP_MINUTES * MINUTE;
      return entered - walk(order[index - 1]?.at ?? home, stop.at);
    },
    doneAt.at(-1) ?? from,
  );
  return {
    order: order.map((stop) => stop.id),
    leaveAt: instant(Math.max(from, leaveAt)),
    backAt: instant(backAt),
    minutes: Math.round((backAt - Math.max(from, leaveAt)) / MINUTE),
  };
}

function walk(from: Position, to: Position): number {
  return walkingMinutes(metresBetween(from, to)) * MINUTE;
}
