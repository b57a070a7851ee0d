import type { Model } from '../search/model';
import { LARGEST_TOUR } from './tour-path';

/** Most candidates of a tour whose every combination is measured; the nearest others are let in for the farthest one's way. */
const MOST_MEASURED = 7;

/** What the decisions so far say about one tour, and what the last evaluation made of it. */
export type TourState = {
  /** Locations that can only be reached by this tour and must be used, and the length of the path through them. */
  stops: readonly number[];
  length: number;
  /** Locations that may join, nearest first by `reach`. */
  candidates: readonly number[];
  /** For each location: a lower bound on the path through the stops and it alone. */
  readonly reach: Float64Array;
  /** In the last evaluation: what each location saves by joining (zero or less). */
  readonly saving: Float64Array;
  /** In the last evaluation: the best option of each location by this tour, or −1. */
  readonly option: Int32Array;
  /** Candidates measured exactly: `lengths[mask]` is the path through the stops and those of the mask. */
  measured: readonly number[];
  readonly isMeasured: Uint8Array;
  readonly lengths: Float64Array;
  readonly savings: Float64Array;
  /** Evaluations since candidates were last measured. */
  age: number;
  /** Candidates that save something without being measured, nearest first. */
  readonly unmeasured: number[];
  /** What the tour adds to the bound, and who joins for that. */
  term: number;
  isRidden: boolean;
  readonly joined: number[];
};

export function newTourState({ locationCount }: Model): TourState {
  return {
    stops: [],
    length: 0,
    candidates: [],
    reach: new Float64Array(locationCount),
    saving: new Float64Array(locationCount),
    option: new Int32Array(locationCount).fill(-1),
    measured: [],
    isMeasured: new Uint8Array(locationCount),
    lengths: new Float64Array(2 ** MOST_MEASURED),
    savings: new Float64Array(2 ** MOST_MEASURED),
    age: 0,
    unmeasured: [],
    term: 0,
    isRidden: false,
    joined: [],
  };
}

/** Takes back what is measured: the stops have changed, or the candidates cannot join any more. */
export function forgetMeasured(plan: TourState): void {
  plan.measured = [];
  plan.unmeasured.length = 0;
  plan.age = 0;
  plan.isMeasured.fill(0);
  plan.lengths[0] = plan.length;
}

/** How many candidates can be measured beside so many sure stops. */
export function mostMeasured(stops: number): number {
  return Math.min(MOST_MEASURED, LARGEST_TOUR + 1 - stops);
}

/** Grid distance of two locations, or of a location and home (−1). */
export function distanceOf(model: Model, a: number, b: number): number {
  const { at, homeX, homeY } = model;
  const ax = a < 0 ? homeX : (at[2 * a] ?? 0);
  const ay = a < 0 ? homeY : (at[2 * a + 1] ?? 0);
  const bx = b < 0 ? homeX : (at[2 * b] ?? 0);
  const by = b < 0 ? homeY : (at[2 * b + 1] ?? 0);
  return Math.abs(ax - bx) + Math.abs(ay - by);
}

/** Scratch of `measurePaths`: shortest paths by set and first stop, distances between points, their ways home. */
export type PathScratch = { readonly best: Float64Array; readonly between: Float64Array; readonly home: Float64Array };

export function newPathScratch(tourCount: number): PathScratch {
  const points = tourCount === 0 ? 0 : LARGEST_TOUR + 1;
  return {
    best: new Float64Array(points === 0 ? 0 : 2 ** points * points),
    between: new Float64Array(points * points),
    home: new Float64Array(points),
  };
}

/**
 * Shortest paths home through the first `fixed` points and every combination of the others, written into `into[mask]`.
 * Source: Held & Karp (1962), over an open path.
 */
export function measurePaths(model: Model, points: readonly number[], { fixed, into, scratch }: PathsWanted): void {
  const count = points.length;
  const { best, between, home } = scratch;
  for (let a = 0; a < count; a += 1) {
    home[a] = distanceOf(model, points[a] ?? 0, -1);
    for (let b = 0; b < count; b += 1) between[a * count + b] = distanceOf(model, points[a] ?? 0, points[b] ?? 0);
  }
  const sure = (1 << fixed) - 1;
  const full = 1 << count;
  for (let mask = 1; mask < full; mask += 1) {
    let least = Infinity;
    for (let firsts = mask; firsts !== 0; firsts &= firsts - 1) {
      const first = 31 - Math.clz32(firsts & -firsts);
      const rest = mask & ~(1 << first);
      let length = rest === 0 ? (home[first] ?? 0) : Infinity;
      for (let seconds = rest; seconds !== 0; seconds &= seconds - 1) {
        const second = 31 - Math.clz32(seconds & -seconds);
        const way = (between[first * count + second] ?? 0) + (best[rest * count + second] ?? 0);
        if (way < length) length = way;
      }
      best[mask * count + first] = length;
      if (length < least) least = length;
    }
    if ((mask & sure) === sure) into[mask >> fixed] = least;
  }
  if (fixed === 0) into[0] = 0;
}

type PathsWanted = { readonly fixed: number; readonly into: Float64Array; readonly scratch: PathScratch };

/** The least a stop lengthens any path through some stops: at its start, or between two of them. */
export function leastDetour(model: Model, stops: readonly number[], location: number): number {
  if (stops.length === 0) return distanceOf(model, location, -1);
  let least = Infinity;
  for (let index = -1; index < stops.length; index += 1) {
    const next = index < 0 ? -1 : (stops[index] ?? 0);
    const away = distanceOf(model, location, next);
    if (next >= 0 && away < least) least = away;
    for (const before of stops) {
      if (before === next) continue;
      const detour = distanceOf(model, before, location) + away - distanceOf(model, before, next);
      if (detour < least) least = detour;
    }
  }
  return least;
}
