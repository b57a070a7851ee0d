import type { Model } from '../search/model';
import { distance, newRide } from './ride';
import type { Ride } from './ride';

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
  readonly ride: Ride;
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
    ride: newRide(),
    term: 0,
    isRidden: false,
    joined: [],
  };
}

/** The least a stop lengthens any path through some stops: at its start, or between two of them. */
export function leastDetour(model: Model, stops: readonly number[], location: number): number {
  if (stops.length === 0) return distance(model, location, -1);
  let least = Infinity;
  for (let index = -1; index < stops.length; index += 1) {
    const next = index < 0 ? -1 : (stops[index] ?? 0);
    const away = distance(model, location, next);
    if (next >= 0 && away < least) least = away;
    for (const before of stops) {
      if (before === next) continue;
      const detour = distance(model, before, location) + away - distance(model, before, next);
      if (detour < least) least = detour;
    }
  }
  return least;
}
