import { MINUTE, invariant } from '@/lib/kernel';
import type { Instant, Interval } from '@/lib/kernel';
import { afterOpeningTime, mergeIntervals, nextOpening } from './opening';

export type PickupRules = {
  /** When the shop is open, in any order; at least the next two weeks. */
  readonly opening: readonly Interval[];
  readonly now: Instant;
  /** Opening minutes from the order to goods ready on the counter. */
  readonly preparationMinutes: number;
  /** An order after this many minutes before closing is prepared at the next opening; zero: until closing. */
  readonly cutOffMinutes?: number;
};

/** When goods can be fetched: from `readyFrom` until the shop closes that day. */
export type PickupPromise = { readonly readyFrom: Instant; readonly until: Instant };

/**
 * The earliest a shop can have an order ready, said as the window in which it can be fetched.
 *
 * Units: minutes, counted only while the shop is open. Guarantees: the window lies inside one opening interval and is not empty;
 *   it never starts before `now`; more preparation never gives an earlier window; an order placed after the cut-off starts at the next
 *   opening. Errors: undefined when the shop does not open long enough in what is known.
 */
export function pickupPromise({ opening, now, preparationMinutes, cutOffMinutes = 0 }: PickupRules): PickupPromise | undefined {
  invariant(preparationMinutes >= 0 && cutOffMinutes >= 0, 'minutes are counts');
  const intervals = mergeIntervals(opening);
  const start = startOfWork(intervals, now, cutOffMinutes);
  const ready = start === undefined ? undefined : afterOpeningTime(intervals, start, preparationMinutes * MINUTE);
  // Ready at the closing minute is fetched at the next opening.
  const readyFrom = ready === undefined ? undefined : nextOpening(intervals, ready);
  if (readyFrom === undefined) return undefined;
  const window = intervals.find((interval) => interval.from <= readyFrom && readyFrom < interval.to);
  return window && { readyFrom, until: window.to };
}

function startOfWork(intervals: readonly Interval[], now: Instant, cutOffMinutes: number): Instant | undefined {
  const current = intervals.find((interval) => interval.from <= now && now < interval.to);
  const missed = current && now > current.to - cutOffMinutes * MINUTE;
  return nextOpening(intervals, missed ? current.to : now);
}
