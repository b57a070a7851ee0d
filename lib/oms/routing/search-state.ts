import type { Model } from './model';

/** What the search has decided about a location. */
export const UNDECIDED = 0;
export const MUST_BE_USED = 1;

/** What the search has decided about a tour. */
export const TOUR_UNDECIDED = 0;
export const TOUR_USED = 1;
export const TOUR_UNUSED = 2;

/** What the decisions so far say about one tour. */
export type TourState = {
  /** Locations that can only be reached by this tour and must be used, and the length of the path through them. */
  stops: readonly number[];
  length: number;
  /** Locations that may join, with the length of the path through the stops and them alone, the shortest first. */
  candidates: readonly { readonly location: number; readonly length: number }[];
  /** In the last evaluation: what each location saves by joining (zero or less). */
  readonly saving: Float64Array;
};

/**
 * Everything the search changes while it runs. Arrays are allocated once; decisions are undone by the trail.
 * A location with no living option is not used.
 */
export type SearchState = {
  readonly model: Model;
  readonly maxNodes: number;
  nodes: number;
  /** True once the node budget has ended: the search unwinds without proof. */
  isOut: boolean;
  /** Stop as soon as a plan costs less than this: the question was only whether there is one (−1: search for the best). */
  readonly enough: number;

  readonly isAlive: Uint8Array;
  readonly mustUse: Uint8Array;
  readonly tourState: Uint8Array;
  readonly trail: number[];
  readonly tours: readonly TourState[];

  /** Lengths of paths already worked out, by tour-independent list of stops. */
  readonly pathLengths: Map<string, number>;

  /** Multipliers: one price per line, one per source beyond the limit, one per parcel beyond the limit. */
  readonly price: Float64Array;
  sourcePrice: number;
  parcelPrice: number;

  /** Result of the last evaluation: least reduced cost of each location, the option that has it, and what lines receive. */
  readonly locationValue: Float64Array;
  /** What each location would gain without any capacity. */
  readonly locationFull: Float64Array;
  /** What each location adds to the bound before any tour is counted. */
  readonly locationFloor: Float64Array;
  readonly locationOption: Int32Array;
  readonly served: Float64Array;
  usedSources: number;
  usedParcels: number;
  bound: number;

  /** Scratch for one location: the gain and the taken share of its offers. */
  readonly gain: Float64Array;
  readonly share: Float64Array;
  readonly bestShare: Float64Array;
  readonly order: Int32Array;

  /** The best plan found: units per offer and the option of each location (−1: not used). */
  best: number;
  readonly bestUnits: Float64Array;
  readonly bestOption: Int32Array;
};

/** A fresh state. `best` is the value a plan must stay under to be of interest. */
export function newState(model: Model, maxNodes: number, best: number, enough: number): SearchState {
  const offers = model.offerLine.length;
  const state: SearchState = {
    model,
    maxNodes,
    nodes: 0,
    isOut: false,
    enough,
    isAlive: new Uint8Array(model.optionFixed.length).fill(1),
    mustUse: new Uint8Array(model.locationCount),
    tourState: new Uint8Array(model.tourCount),
    trail: [],
    tours: Array.from({ length: model.tourCount }, () => ({
      stops: [],
      length: 0,
      candidates: [],
      saving: new Float64Array(model.locationCount),
    })),
    pathLengths: new Map(),
    price: new Float64Array(model.lineCount),
    sourcePrice: 0,
    parcelPrice: 0,
    locationValue: new Float64Array(model.locationCount),
    locationFull: new Float64Array(model.locationCount),
    locationFloor: new Float64Array(model.locationCount),
    locationOption: new Int32Array(model.locationCount),
    served: new Float64Array(model.lineCount),
    usedSources: 0,
    usedParcels: 0,
    bound: 0,
    gain: new Float64Array(offers),
    share: new Float64Array(offers),
    bestShare: new Float64Array(offers),
    order: new Int32Array(offers),
    best,
    bestUnits: new Float64Array(offers),
    bestOption: new Int32Array(model.locationCount).fill(-1),
  };
  if (model.forced >= 0) state.mustUse[model.forced] = MUST_BE_USED;
  return state;
}

// The trail holds one number for each decision: options, then locations, then tours.

/** Forbids an option. */
export function dropOption(state: SearchState, option: number): void {
  state.isAlive[option] = 0;
  state.trail.push(option);
}

/** Demands that a location be used. */
export function useLocation(state: SearchState, location: number): void {
  state.mustUse[location] = MUST_BE_USED;
  state.trail.push(state.isAlive.length + location);
}

/** Decides whether a tour is ridden. */
export function decideTour(state: SearchState, tour: number, decision: number): void {
  state.tourState[tour] = decision;
  state.trail.push(state.isAlive.length + state.mustUse.length + tour);
}

/** Takes back every decision made since the trail had `length` entries. */
export function undoTo(state: SearchState, length: number): void {
  while (state.trail.length > length) {
    const entry = state.trail.pop() ?? 0;
    if (entry < state.isAlive.length) state.isAlive[entry] = 1;
    else if (entry < state.isAlive.length + state.mustUse.length) state.mustUse[entry - state.isAlive.length] = UNDECIDED;
    else state.tourState[entry - state.isAlive.length - state.mustUse.length] = TOUR_UNDECIDED;
  }
}
