import type { Model } from './model';
import { newScratch } from './scratch';
import type { Loads, Packing, Trial } from './scratch';
import { newPathLengths } from '../tours/path-length';
import type { PathLengths } from '../tours/path-length';
import { newTourState } from '../tours/tour-state';
import type { TourState } from '../tours/tour-state';

/** What the search has decided about a location. */
export const UNDECIDED = 0;
export const MUST_BE_USED = 1;

/** What the search has decided about a tour. */
export const TOUR_UNDECIDED = 0;
export const TOUR_USED = 1;
export const TOUR_UNUSED = 2;

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
  /** Living options of each location. */
  readonly alive: Int32Array;
  readonly mustUse: Uint8Array;
  readonly tourState: Uint8Array;
  readonly trail: number[];
  readonly tours: readonly TourState[];
  /** Changes with every decision and every undoing, so that what is read off the decisions is read once. */
  changes: number;
  preparedAt: number;
  /** The locations that can still be used at all: fixed once the root is done. */
  active: Int32Array;
  /** The offers of each line at those locations, from cheap to dear. */
  lineStart: Int32Array;
  lineOffers: Int32Array;

  readonly paths: PathLengths;

  /** Multipliers: one price per line, one per source beyond the limit, one per parcel beyond the limit. */
  readonly price: Float64Array;
  sourcePrice: number;
  parcelPrice: number;
  /** For each tour, a price per gram and one per cm³ of its load, and what the last evaluation loads. */
  readonly loadPrice: Float64Array;
  readonly tourLoad: Float64Array;

  /** Result of the last evaluation: least reduced cost of each location, the option that has it, and what lines receive. */
  readonly locationValue: Float64Array;
  /** What each location would gain without any capacity. */
  readonly locationFull: Float64Array;
  /** What each location adds to the bound before any tour is counted. */
  readonly locationFloor: Float64Array;
  readonly locationOption: Int32Array;
  /** The same without any tour. */
  readonly aloneValue: Float64Array;
  readonly aloneOption: Int32Array;
  /** Locations that must be served without a tour because tours cannot carry all, and what that adds to the bound. */
  aloneNeeded: number;
  extra: number;
  /** The tour each location joins in the last evaluation (−1: none), and whether it is used there at all. */
  readonly locationTour: Int32Array;
  readonly isTaken: Uint8Array;
  readonly served: Float64Array;
  usedSources: number;
  usedParcels: number;
  bound: number;

  /** Scratch for one location: gain per unit of its offers, the share of each that is taken, all that pays together. */
  readonly gain: Float64Array;
  readonly share: Float64Array;
  readonly order: Int32Array;
  readonly packing: Packing;
  fullGain: number;
  fullUnits: number;
  fullGrams: number;
  fullCm3: number;
  foundOption: number;
  readonly loads: Loads;
  readonly left: Float64Array;
  readonly trial: Trial;

  /** The best plan found: units per offer and the option of each location (−1: not used). */
  best: number;
  readonly bestUnits: Float64Array;
  readonly bestOption: Int32Array;
};

/** A fresh state. `best` is the value a plan must stay under to be of interest. */
export function newState(model: Model, maxNodes: number, best: number, enough: number): SearchState {
  const offers = model.offerLine.length;
  const locations = model.locationCount;
  const perLocation = () => new Float64Array(locations);
  const alive = new Int32Array(locations);
  const active = new Int32Array(locations);
  for (let location = 0; location < locations; location += 1) {
    alive[location] = (model.optionStart[location + 1] ?? 0) - (model.optionStart[location] ?? 0);
    active[location] = location;
  }
  const state: SearchState = {
    model,
    maxNodes,
    nodes: 0,
    isOut: false,
    enough,
    isAlive: new Uint8Array(model.optionFixed.length).fill(1),
    alive,
    mustUse: new Uint8Array(locations),
    tourState: new Uint8Array(model.tourCount),
    trail: [],
    tours: Array.from({ length: model.tourCount }, () => newTourState(model)),
    changes: 0,
    preparedAt: -1,
    active,
    lineStart: model.lineStart,
    lineOffers: model.lineOffers,
    paths: newPathLengths(model.tourCount),
    price: new Float64Array(model.lineCount),
    sourcePrice: 0,
    parcelPrice: 0,
    loadPrice: new Float64Array(2 * model.tourCount),
    tourLoad: new Float64Array(2 * model.tourCount),
    locationValue: perLocation(),
    locationFull: perLocation(),
    locationFloor: perLocation(),
    locationOption: new Int32Array(locations),
    aloneValue: perLocation(),
    aloneOption: new Int32Array(locations).fill(-1),
    aloneNeeded: 0,
    extra: 0,
    locationTour: new Int32Array(locations).fill(-1),
    isTaken: new Uint8Array(locations),
    served: new Float64Array(model.lineCount),
    usedSources: 0,
    usedParcels: 0,
    bound: 0,
    ...newScratch(model),
    best,
    bestUnits: new Float64Array(offers),
    bestOption: new Int32Array(locations).fill(-1),
  };
  if (model.forced >= 0) state.mustUse[model.forced] = MUST_BE_USED;
  return state;
}

// The trail holds one number for each decision: options, then locations, then tours.

/** Forbids an option. */
export function dropOption(state: SearchState, option: number): void {
  const location = state.model.optionLocation[option] ?? 0;
  state.isAlive[option] = 0;
  state.alive[location] = (state.alive[location] ?? 0) - 1;
  state.trail.push(option);
  state.changes += 1;
}

/** Demands that a location be used. */
export function useLocation(state: SearchState, location: number): void {
  if (state.mustUse[location] === MUST_BE_USED) return;
  state.mustUse[location] = MUST_BE_USED;
  state.trail.push(state.isAlive.length + location);
  state.changes += 1;
}

/** Decides whether a tour is ridden. */
export function decideTour(state: SearchState, tour: number, decision: number): void {
  state.tourState[tour] = decision;
  state.trail.push(state.isAlive.length + state.mustUse.length + tour);
  state.changes += 1;
}

/** Takes back every decision made since the trail had `length` entries. */
export function undoTo(state: SearchState, length: number): void {
  const { model } = state;
  if (state.trail.length > length) state.changes += 1;
  while (state.trail.length > length) {
    const entry = state.trail.pop() ?? 0;
    if (entry < state.isAlive.length) {
      const location = model.optionLocation[entry] ?? 0;
      state.isAlive[entry] = 1;
      state.alive[location] = (state.alive[location] ?? 0) + 1;
    } else if (entry < state.isAlive.length + state.mustUse.length) state.mustUse[entry - state.isAlive.length] = UNDECIDED;
    else state.tourState[entry - state.isAlive.length - state.mustUse.length] = TOUR_UNDECIDED;
  }
}

/** Leaves out for good the locations that no decision can bring back: only at the root, where nothing is undone any more. */
export function keepActive(state: SearchState): void {
  const { model } = state;
  state.active = state.active.filter((location) => (state.alive[location] ?? 0) > 0 || state.mustUse[location] === MUST_BE_USED);
  const isActive = new Uint8Array(model.locationCount);
  for (const location of state.active) isActive[location] = 1;
  for (let location = 0; location < model.locationCount; location += 1) {
    if (isActive[location] === 1) continue;
    state.locationValue[location] = Infinity;
    state.locationFloor[location] = 0;
    state.locationOption[location] = -1;
    state.isTaken[location] = 0;
  }
  const starts = new Int32Array(model.lineCount + 1);
  const offers: number[] = [];
  for (let line = 0; line < model.lineCount; line += 1) {
    for (let at = model.lineStart[line] ?? 0; at < (model.lineStart[line + 1] ?? 0); at += 1) {
      const offer = model.lineOffers[at] ?? 0;
      if (isActive[model.offerLocation[offer] ?? 0] === 1) offers.push(offer);
    }
    starts[line + 1] = offers.length;
  }
  state.lineStart = starts;
  state.lineOffers = Int32Array.from(offers);
}
