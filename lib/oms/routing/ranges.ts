import type { RoutingCase, RoutingGoal, RoutingLocation } from './case';

/** How much one unit of each criterion weighs in the single integer the search makes small. */
export type Weights = {
  readonly missing: number;
  readonly cents: number;
  readonly parcels: number;
  readonly co2: number;
};

/** What no plan of a case can exceed in each criterion. */
export type Ranges = { readonly units: number; readonly cents: number; readonly parcels: number; readonly co2: number };

/** Above this a sum of doubles is no longer exact with room for the multipliers. */
export const LARGEST_SUM = 2 ** 51;

/** Above this the weight or volume of everything wanted could not be summed exactly at every place it is compared. */
export const LARGEST_LOAD = 2 ** 50;

/** Upper limits of every criterion over all plans. Guarantees: never below the value of any plan. */
export function rangesOf(routing: RoutingCase): Ranges {
  let units = 0;
  let cents = 0;
  const dearest = new Map<string, number>();
  for (const location of routing.locations) {
    for (const [line, , price, risk = 0] of location.offers) {
      dearest.set(line, Math.max(dearest.get(line) ?? 0, price + risk + location.unitBias));
    }
  }
  for (const line of routing.lines) {
    units += line.qty;
    cents += line.qty * (dearest.get(line.id) ?? 0);
  }
  const most = Math.min(units, routing.locations.length, routing.maxSources ?? Infinity);
  const openings = routing.locations.map((location) => openingRange(routing, location));
  let range: Ranges = {
    units,
    cents:
      cents +
      sumOfLargest(
        openings.map((opening) => opening.cents),
        most,
      ),
    parcels: sumOfLargest(
      openings.map((opening) => opening.parcels),
      most,
    ),
    co2: sumOfLargest(
      openings.map((opening) => opening.co2),
      most,
    ),
  };
  const reach =
    2 * Math.max(0, ...routing.locations.map(({ at }) => Math.abs(at[0] - routing.home[0]) + Math.abs(at[1] - routing.home[1])));
  for (const tour of routing.tours) {
    // Each leg of a path among stops and home is at most twice the farthest stop's distance.
    const length = reach * tour.maxStops;
    range = {
      units,
      cents: range.cents + tour.base + tour.perStop * tour.maxStops + tour.perUnit * length,
      parcels: range.parcels + 1,
      co2: range.co2 + tour.co2PerUnit * length,
    };
  }
  return range;
}

/** Weights that compare plans exactly as the criteria of a goal do, left to right. */
export function weightsFor(goal: RoutingGoal, { cents, parcels, co2 }: Ranges): Weights {
  if (goal === 'fewest') {
    // More than the cents need: a bound between two counts of parcels is then rounded up.
    const level = 4 * (cents + 1);
    return { missing: level * (parcels + 1), parcels: level, cents: 1, co2: 0 };
  }
  if (goal === 'greenest') return { missing: (cents + 1) * (co2 + 1), co2: cents + 1, cents: 1, parcels: 0 };
  if (goal === 'fastest') return { missing: cents + 1, cents: 1, parcels: 0, co2: 0 };
  return { missing: (cents + 1) * (parcels + 1), cents: parcels + 1, parcels: 1, co2: 0 };
}

/** Can every sum the search makes for this case be exact? */
export function isComparable(goal: RoutingGoal, ranges: Ranges): boolean {
  return weightsFor(goal, ranges).missing * (ranges.units + 1) <= LARGEST_SUM;
}

function openingRange(routing: RoutingCase, location: RoutingLocation): { cents: number; parcels: number; co2: number } {
  const most = { cents: 0, parcels: 0, co2: 0 };
  for (const service of location.services) {
    const last = routing.tariffs[service.tariff]?.at(-1);
    most.cents = Math.max(most.cents, location.bias + service.fixed + (last?.[2] ?? 0));
    most.parcels = Math.max(most.parcels, last?.[3] ?? 0);
    most.co2 = Math.max(most.co2, service.co2 + (last?.[4] ?? 0));
  }
  return most;
}

function sumOfLargest(values: readonly number[], count: number): number {
  return values
    .toSorted((a, b) => b - a)
    .slice(0, count)
    .reduce((sum, value) => sum + value, 0);
}
