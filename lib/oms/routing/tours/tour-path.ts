import { invariant } from '@/lib/kernel';
import type { GridPoint } from '../case';

/** Grid distance, in units of 100 m. */
export function gridDistance(a: GridPoint, b: GridPoint): number {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
}

/** Stops of one tour never exceed this: the exact path is found by dynamic programming over subsets. */
export const LARGEST_TOUR = 8;

/**
 * Shortest open path that visits every stop once, starts at any of them and ends at home.
 *
 * Units: grid units. Guarantees: exact; of equal paths the same one for the same order of `stops`
 *   (callers sort by id), so that answers repeat.
 * Errors: throws above `LARGEST_TOUR` stops. Source: Held & Karp (1962), over an open path.
 */
export function shortestTour(stops: readonly GridPoint[], home: GridPoint): { order: readonly number[]; length: number } {
  const count = stops.length;
  invariant(count <= LARGEST_TOUR, `a tour has at most ${LARGEST_TOUR} stops`);
  if (count === 0) return { order: [], length: 0 };

  const full = (1 << count) - 1;
  // best[mask * count + first]: shortest path that starts at `first`, visits exactly `mask` and ends at home.
  const best = new Array<number>((full + 1) * count).fill(Infinity);
  const next = new Array<number>((full + 1) * count).fill(-1);
  const between = stops.map((from) => stops.map((to) => gridDistance(from, to)));

  for (let mask = 1; mask <= full; mask += 1) {
    for (let first = 0; first < count; first += 1) {
      if ((mask & (1 << first)) === 0) continue;
      const rest = mask & ~(1 << first);
      const here = stops[first];
      if (rest === 0 && here !== undefined) best[mask * count + first] = gridDistance(here, home);
      for (let second = 0; second < count; second += 1) {
        if ((rest & (1 << second)) === 0) continue;
        const length = (between[first]?.[second] ?? Infinity) + (best[rest * count + second] ?? Infinity);
        if (length < (best[mask * count + first] ?? Infinity)) {
          best[mask * count + first] = length;
          next[mask * count + first] = second;
        }
      }
    }
  }
  return readPath(best, next, count);
}

function readPath(best: readonly number[], next: readonly number[], count: number) {
  let mask = (1 << count) - 1;
  let at = 0;
  for (let first = 1; first < count; first += 1) {
    if ((best[mask * count + first] ?? Infinity) < (best[mask * count + at] ?? Infinity)) at = first;
  }
  const length = best[mask * count + at] ?? Infinity;
  const order: number[] = [];
  while (at >= 0) {
    order.push(at);
    const following = next[mask * count + at] ?? -1;
    mask &= ~(1 << at);
    at = following;
  }
  return { order, length };
}
