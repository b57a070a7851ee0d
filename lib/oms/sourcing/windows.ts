import { MINUTE, invariant } from '@/lib/kernel';
import type { Interval } from '@/lib/kernel';
import { pickupPromise } from '../pickup-promise';
import type { PickupRules } from '../pickup-promise';
import type { PromiseWindow } from './problem';

export type PreparationRate = PickupRules & {
  /** Units ready at the earliest promise, then so many more for each further opening hour. */
  readonly unitsPerHour: number;
};

/**
 * When goods can be fetched from a shop: the first hour's units by its earliest promise, each further hour of work later.
 *
 * Units: steps, minutes of opening time. Guarantees: units and instants increase strictly; each window lies inside one opening
 *   interval; empty when the shop does not open long enough in what is known.
 */
export function pickupWindows(rules: PreparationRate, hours = 6): readonly PromiseWindow[] {
  invariant(rules.unitsPerHour >= 1, 'a shop prepares at least one unit an hour');
  const windows: PromiseWindow[] = [];
  for (let hour = 0; hour < hours; hour += 1) {
    const promise = pickupPromise({ ...rules, preparationMinutes: rules.preparationMinutes + 60 * hour });
    if (!promise) break;
    const window = { from: promise.readyFrom, to: promise.until };
    if (windows.at(-1)?.window.from === window.from) windows.pop(); // the same opening takes the later hour's units too
    windows.push({ maxUnits: rules.unitsPerHour * (hour + 1), window });
  }
  return windows;
}

export type SlotRules = PreparationRate & {
  /** Windows of arrival at the shopper's door, in any order; `unitsLeft` where a slot can only carry so much more. */
  readonly slots: readonly DeliverySlot[];
};

export type DeliverySlot = Interval & { readonly unitsLeft?: number };

/**
 * When a courier can bring goods: in the first slots that begin once they are ready.
 *
 * Units: steps, minutes. Guarantees: units and slot ends increase strictly; a slot carries only what is ready when it begins and what it has
 *   room for.
 */
export function courierWindows(rules: SlotRules, hours = 6): readonly PromiseWindow[] {
  const ready = pickupWindows({ ...rules, opening: rules.opening }, hours);
  const windows: PromiseWindow[] = [];
  for (const slot of rules.slots.toSorted((a, b) => a.to - b.to || a.from - b.from)) {
    const isReady = ready.findLast((row) => row.window.from <= slot.from)?.maxUnits ?? 0;
    const maxUnits = Math.min(isReady, slot.unitsLeft ?? isReady);
    const last = windows.at(-1);
    if (maxUnits <= (last?.maxUnits ?? 0) || minutesBetween(last?.window, slot) === 0) continue;
    windows.push({ maxUnits, window: { from: slot.from, to: slot.to } });
  }
  return windows;
}

/** Rows of one minute would not be ordered by the time they promise. */
function minutesBetween(earlier: Interval | undefined, later: Interval): number {
  return earlier ? Math.ceil(later.to / MINUTE) - Math.ceil(earlier.to / MINUTE) : 1;
}
