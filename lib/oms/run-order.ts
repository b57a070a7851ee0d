import { invariant } from '@/lib/kernel';
import type { GridPoint } from './routing/case';
import { gridDistance } from './routing/tours/tour-path';

/** Up to so many stops of one kind the order is exact; beyond, it is improved until no exchange of two ways shortens it. */
export const EXACT_STOPS = 9;

export type RunOrder = {
  /** Indices into `pickUps` and `doors`, in the order they are visited. */
  readonly pickUps: readonly number[];
  readonly doors: readonly number[];
  /** Length of the whole way from the first pick-up to the last door. */
  readonly length: number;
};

/**
 * The order of a courier's run: every pick-up once, then every door once, on the shortest open way.
 *
 * Units: grid units of any size, measured as the engine's tours are (sum of both axes). Guarantees: each stop once; no door before the last
 *   pick-up; exact with at most `EXACT_STOPS` of each kind, else no longer than the nearest-neighbour way; equal ways give the same answer
 *   for the same order of input (callers sort by id). Errors: none. Source: Held & Karp (1962) over open paths; beyond, 2-opt (Croes 1958).
 */
export function orderRun(pickUps: readonly GridPoint[], doors: readonly GridPoint[]): RunOrder {
  const collecting = pathsFrom(pickUps); // a way is as long backwards: what starts at a point also ends there
  const bringing = pathsFrom(doors);
  if (collecting.length === 0 || bringing.length === 0) {
    const only = shortest([...collecting, ...bringing]);
    const order = only?.order ?? [];
    return { pickUps: doors.length === 0 ? order : [], doors: doors.length === 0 ? [] : order, length: only?.length ?? 0 };
  }
  let best: RunOrder | undefined;
  for (const [last, before] of collecting.entries()) {
    for (const [first, after] of bringing.entries()) {
      const length = before.length + gridDistance(at(pickUps, last), at(doors, first)) + after.length;
      if (best === undefined || length < best.length) best = { pickUps: before.order.toReversed(), doors: after.order, length };
    }
  }
  invariant(best, 'a run with stops has an order');
  return best;
}

type Path = { readonly order: readonly number[]; readonly length: number };

function shortest(paths: readonly Path[]): Path | undefined {
  return paths.reduce<Path | undefined>((best, path) => (best === undefined || path.length < best.length ? path : best), undefined);
}

/** For each point the shortest way that starts there and visits all. */
function pathsFrom(points: readonly GridPoint[]): readonly Path[] {
  if (points.length <= EXACT_STOPS) return exactPaths(points);
  return points.map((_, start) => improved(points, nearest(points, start)));
}

function exactPaths(points: readonly GridPoint[]): readonly Path[] {
  const count = points.length;
  const full = (1 << count) - 1;
  const length = new Float64Array((full + 1) * count).fill(Infinity);
  const next = new Int32Array((full + 1) * count).fill(-1);
  for (let mask = 1; mask <= full; mask += 1) {
    for (let first = 0; first < count; first += 1) {
      const rest = mask & ~(1 << first);
      if (rest === mask) continue;
      const slot = mask * count + first;
      if (rest === 0) length[slot] = 0;
      for (let second = 0; second < count; second += 1) {
        if ((rest & (1 << second)) === 0) continue;
        const through = gridDistance(at(points, first), at(points, second)) + at(length, rest * count + second);
        if (through < at(length, slot)) {
          length[slot] = through;
          next[slot] = second;
        }
      }
    }
  }
  return points.map((_, start) => {
    const order: number[] = [];
    let mask = full;
    for (let here = start; here >= 0;) {
      order.push(here);
      const following = at(next, mask * count + here);
      mask &= ~(1 << here);
      here = following;
    }
    return { order, length: at(length, full * count + start) };
  });
}

function nearest(points: readonly GridPoint[], start: number): number[] {
  const order = [start];
  const open = new Set(points.keys());
  open.delete(start);
  while (open.size > 0) {
    const here = at(points, order.at(-1) ?? start);
    let closest = -1;
    for (const one of open) {
      if (closest < 0 || gridDistance(here, at(points, one)) < gridDistance(here, at(points, closest))) closest = one;
    }
    order.push(closest);
    open.delete(closest);
  }
  return order;
}

/** Turns stretches of the way round as long as that shortens it; the start stays. */
function improved(points: readonly GridPoint[], way: number[]): Path {
  const between = (a: number, b: number): number => gridDistance(at(points, at(way, a)), at(points, at(way, b)));
  for (let isShorter = true; isShorter;) {
    isShorter = false;
    for (let from = 1; from < way.length - 1; from += 1) {
      for (let to = from + 1; to < way.length; to += 1) {
        const isLast = to === way.length - 1;
        const before = between(from - 1, from) + (isLast ? 0 : between(to, to + 1));
        const after = between(from - 1, to) + (isLast ? 0 : between(from, to + 1));
        if (after >= before) continue;
        way.splice(from, to - from + 1, ...way.slice(from, to + 1).toReversed());
        isShorter = true;
      }
    }
  }
  return { order: way, length: way.slice(1).reduce((sum, _, index) => sum + between(index, index + 1), 0) };
}

function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index];
  invariant(item !== undefined, 'a stop of the run exists');
  return item;
}
