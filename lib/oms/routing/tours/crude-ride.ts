import type { TourState } from './tour-state';

/**
 * A lower bound on the legs and savings of a ride with up to `most` further stops: those that save most, for the way to the farthest of
 * them alone. Where length costs nothing it is exact. `joined` receives who rides for that.
 *
 * Guarantees: a path through some stops is never shorter than the one through the sure ones and the farthest of them.
 */
export function farthestRide(plan: TourState, perUnit: number, most: number, joined: number[]): number {
  const leading: number[] = [];
  let least = Infinity;
  joined.length = 0;
  for (const location of plan.candidates) {
    if ((plan.saving[location] ?? 0) >= 0) continue;
    insert(plan, leading, location, most);
    const cost = perUnit * Math.max(plan.length, plan.reach[location] ?? 0) + sumOf(plan, leading);
    if (cost >= least) continue;
    least = cost;
    joined.length = 0;
    joined.push(...leading);
  }
  return least;
}

/** The same through one location, whose own saving is left out. */
export function farthestThrough(plan: TourState, perUnit: number, most: number, location: number): number {
  const leading: number[] = [];
  for (const other of plan.candidates) if (other !== location && (plan.saving[other] ?? 0) < 0) insert(plan, leading, other, most - 1);
  return perUnit * Math.max(plan.length, plan.reach[location] ?? 0) + sumOf(plan, leading);
}

/** Keeps the `most` locations that save most, in that order. */
function insert(plan: TourState, leading: number[], location: number, most: number): void {
  const saving = plan.saving[location] ?? 0;
  if (most <= 0 || (leading.length === most && saving >= (plan.saving[leading[most - 1] ?? 0] ?? 0))) return;
  let at = Math.min(leading.length, most - 1);
  for (; at > 0 && (plan.saving[leading[at - 1] ?? 0] ?? 0) > saving; at -= 1) leading[at] = leading[at - 1] ?? 0;
  leading[at] = location;
}

function sumOf(plan: TourState, locations: readonly number[]): number {
  let sum = 0;
  for (const location of locations) sum += plan.saving[location] ?? 0;
  return sum;
}
