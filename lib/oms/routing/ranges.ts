import type { RoutingCase, RoutingGoal } from './case';

/** How much one unit of each criterion weighs in the single integer the search makes small. */
export type Weights = {
  readonly missing: number;
  readonly cents: number;
  readonly parcels: number;
  readonly co2: number;
  /** Each location in use: counted only where the question is whether so few can do. */
  readonly sources?: number;
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
  const count = routing.locations.length;
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
  const openings = { cents: new Float64Array(count), parcels: new Float64Array(count), co2: new Float64Array(count) };
  routing.locations.forEach((location, index) => {
    for (const service of location.services) {
      const [, , cents = 0, parcels = 0, co2 = 0] = routing.tariffs[service.tariff]?.at(-1) ?? [];
      openings.cents[index] = Math.max(openings.cents[index] ?? 0, location.bias + service.fixed + cents);
      openings.parcels[index] = Math.max(openings.parcels[index] ?? 0, parcels);
      openings.co2[index] = Math.max(openings.co2[index] ?? 0, service.co2 + co2);
    }
  });
  let range: Ranges = {
    units,
    cents: cents + sumOfLargest(openings.cents, most),
    parcels: sumOfLargest(openings.parcels, most),
    co2: sumOfLargest(openings.co2, most),
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

/** Weights that compare plans by missing units and the goal's next criterion alone. */
export function leadingWeights(goal: RoutingGoal, { cents, parcels, co2 }: Ranges): Weights {
  if (goal === 'fewest') return { missing: parcels + 1, parcels: 1, cents: 0, co2: 0 };
  if (goal === 'greenest') return { missing: co2 + 1, co2: 1, cents: 0, parcels: 0 };
  return { missing: cents + 1, cents: 1, parcels: 0, co2: 0 };
}

/** Can every sum the search makes for this case be exact, with all criteria in one number? */
export function isComparable(goal: RoutingGoal, ranges: Ranges): boolean {
  return weightsFor(goal, ranges).missing * (ranges.units + 1) <= LARGEST_SUM;
}

/** Can they be at least with one criterion after the other? */
export function isComparableByLevels(goal: RoutingGoal, ranges: Ranges): boolean {
  return leadingWeights(goal, ranges).missing * (ranges.units + 1) <= LARGEST_SUM && ranges.cents <= LARGEST_SUM;
}

function sumOfLargest(values: Float64Array, count: number): number {
  const largest = count >= values.length ? values : values.toSorted().subarray(values.length - count);
  return largest.reduce((sum, value) => sum + value, 0);
}
