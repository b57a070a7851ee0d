import { MINUTE, instant, invariant } from '@/lib/kernel';
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

export type PreparationRate = PickupRules & {
  /** Units ready at once, then so many more for each further opening hour. */
  readonly unitsPerHour: number;
};

/**
 * Promise rows of a pickup: the first hour's units by the earliest promise, each further hour of work later.
 *
 * Units: steps, minutes from `now` (rounded up). Guarantees: both columns increase strictly; at most `rows` rows;
 *   empty when the shop does not open in what is known.
 */
export function pickupRows(rules: PreparationRate, rows = 6): readonly (readonly [maxUnits: number, minute: number])[] {
  invariant(rules.unitsPerHour >= 1, 'a shop prepares at least one unit an hour');
  const result: [number, number][] = [];
  for (let hour = 0; hour < rows; hour += 1) {
    const promise = pickupPromise({ ...rules, preparationMinutes: rules.preparationMinutes + 60 * hour });
    if (!promise) break;
    const minute = minutesUntil(rules.now, promise.readyFrom);
    const last = result.at(-1);
    const units = rules.unitsPerHour * (hour + 1);
    if (last && last[1] === minute) last[0] = units;
    else result.push([units, minute]);
  }
  return result;
}

/** Whole minutes from `now` to `moment`, rounded up: a promise is never earlier than what was computed. */
export function minutesUntil(now: Instant, moment: Instant): number {
  return Math.max(0, Math.ceil((moment - now) / MINUTE));
}

/** The instant so many minutes after `now`. */
export function afterMinutes(now: Instant, minutes: number): Instant {
  return instant(now + minutes * MINUTE);
}
