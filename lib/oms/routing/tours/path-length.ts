import type { Model } from '../search/model';
import { distance } from './ride';
import { LARGEST_TOUR } from './tour-path';

/** Lengths remembered at once, by one character a stop (a case has fewer locations than there are characters); beyond, all are forgotten, so that a long search keeps to its memory. */
const MOST_REMEMBERED = 50_000;

/** Scratch of `pathLength`: lengths by set and first stop, distances between stops, and what is already known by list of stops. */
export type PathLengths = { readonly known: Map<string, number>; readonly best: Float64Array; readonly between: Float64Array };

/** What a length is worked out from: a state of the search has both. */
type Measured = { readonly model: Model; readonly paths: PathLengths };

export function newPathLengths(tourCount: number): PathLengths {
  const stops = tourCount === 0 ? 0 : LARGEST_TOUR;
  return { known: new Map(), best: new Float64Array(2 ** stops * stops), between: new Float64Array(stops * stops) };
}

/**
 * Length of the shortest path through some locations (at most `LARGEST_TOUR`) and home. Grid units; remembered, since searches ask again
 * and again. Source: Held & Karp (1962), over an open path.
 */
export function pathLength(measured: Measured, locations: readonly number[]): number {
  if (locations.length === 0) return 0;
  const { known } = measured.paths;
  const stops = locations.length > 1 ? locations.toSorted((a, b) => a - b) : locations;
  let key = '';
  for (const stop of stops) key += String.fromCharCode(stop);
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  if (known.size >= MOST_REMEMBERED) known.clear();
  const length = shortestPath(measured, stops);
  known.set(key, length);
  return length;
}

function shortestPath({ model, paths }: Measured, stops: readonly number[]): number {
  const { best, between } = paths;
  const count = stops.length;
  for (let a = 0; a < count; a += 1) {
    for (let b = 0; b < count; b += 1) between[a * count + b] = distance(model, stops[a] ?? 0, stops[b] ?? 0);
  }
  const full = (1 << count) - 1;
  for (let mask = 1; mask <= full; mask += 1) {
    for (let first = 0; first < count; first += 1) {
      if ((mask & (1 << first)) === 0) continue;
      const rest = mask ^ (1 << first);
      let least = rest === 0 ? distance(model, stops[first] ?? 0, -1) : Infinity;
      for (let second = 0; second < count; second += 1) {
        if ((rest & (1 << second)) === 0) continue;
        const length = (between[first * count + second] ?? 0) + (best[rest * count + second] ?? 0);
        if (length < least) least = length;
      }
      best[mask * count + first] = least;
    }
  }
  let length = Infinity;
  for (let first = 0; first < count; first += 1) length = Math.min(length, best[full * count + first] ?? Infinity);
  return length;
}
