import { isPruned } from '../search/proof';
import { MUST_BE_USED, TOUR_UNDECIDED, TOUR_UNUSED, TOUR_USED, decideTour, dropOption, useLocation } from '../search/search-state';
import type { SearchState } from '../search/search-state';
import { pathLength } from './path-length';
import { countAlone } from './alone-bound';
import { tourOpening } from './tour-bound';
import { farthestThrough } from './crude-ride';
import { leastThrough } from './ride-through';
import { leastDetour } from './tour-state';
import type { TourState } from './tour-state';

/**
 * Reads from the decisions which stops each tour surely has and which could join; forbids joining a full tour.
 *
 * Guarantees: false when a tour has more sure stops than it may. Call again whenever decisions changed.
 */
export function prepareTours(state: SearchState): boolean {
  const { model } = state;
  if (model.tourCount === 0 || state.preparedAt === state.changes) return true;
  for (let tour = 0; tour < model.tourCount; tour += 1) {
    const plan = state.tours[tour];
    if (plan && !prepareTour(state, tour, plan)) return false;
  }
  state.aloneNeeded = countAlone(state);
  state.preparedAt = state.changes;
  return state.aloneNeeded < Infinity;
}

function prepareTour(state: SearchState, tour: number, plan: TourState): boolean {
  const { model, active } = state;
  const joining: number[] = [];
  const stops: number[] = [];
  for (let index = 0; index < active.length; index += 1) {
    const location = active[index] ?? 0;
    if (state.alive[location] === 0) continue;
    const byTour = optionsByTour(state, location, tour);
    if (byTour === 0) continue;
    if (byTour === state.alive[location] && state.mustUse[location] === MUST_BE_USED) stops.push(location);
    else joining.push(location);
  }
  const most = model.tourStops[tour] ?? 0;
  if (stops.length > most || (stops.length > 0 && state.tourState[tour] === TOUR_UNUSED)) return false;
  if (stops.length === 0 && joining.length === 0) {
    if (state.tourState[tour] === TOUR_USED) return false;
    if (state.tourState[tour] === TOUR_UNDECIDED) decideTour(state, tour, TOUR_UNUSED);
  }
  if (stops.length > 0 && state.tourState[tour] === TOUR_UNDECIDED) decideTour(state, tour, TOUR_USED);
  if (stops.join() !== plan.stops.join()) {
    plan.stops = stops;
    plan.length = pathLength(state, stops);
  }
  if (stops.length === most || state.tourState[tour] === TOUR_UNUSED) {
    for (const location of joining) forbidTour(state, location, tour);
    plan.candidates = [];
    return true;
  }
  for (const location of joining) plan.reach[location] = plan.length + leastDetour(model, stops, location);
  plan.candidates = joining.toSorted((a, b) => (plan.reach[a] ?? 0) - (plan.reach[b] ?? 0) || a - b);
  return true;
}

function optionsByTour(state: SearchState, location: number, tour: number): number {
  const { model } = state;
  let count = 0;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 1 && (model.optionTour[option] ?? 0) === tour) count += 1;
  }
  return count;
}

/** Drops a location's options of one tour. */
export function forbidTour(state: SearchState, location: number, tour: number): void {
  const { model } = state;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 1 && (model.optionTour[option] ?? 0) === tour) dropOption(state, option);
  }
}

/** Demands that a location be served by one tour. */
export function joinTour(state: SearchState, location: number, tour: number): void {
  const { model } = state;
  useLocation(state, location);
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 1 && (model.optionTour[option] ?? 0) !== tour) dropOption(state, option);
  }
}

/**
 * Draws from the last evaluation whether a tour must or cannot be ridden, and who must or cannot be among its stops.
 * Guarantees: forbids nothing that could be part of a better plan than the best known.
 */
export function drawTourConsequences(state: SearchState): void {
  for (let tour = 0; tour < state.model.tourCount; tour += 1) {
    const plan = state.tours[tour];
    if (!plan || state.tourState[tour] === TOUR_UNUSED || plan.candidates.length === 0) continue;
    const opening = tourOpening(state, tour);
    const isSure = state.tourState[tour] === TOUR_USED;
    if (!isSure && isPruned(state, state.bound - plan.term)) decideTour(state, tour, TOUR_USED);
    for (const location of plan.candidates) {
      if (state.alive[location] === 0) continue;
      dropJoining(state, tour, { location, opening, least: leastWith(state, tour, plan, location) });
    }
  }
}

type Joining = { readonly location: number; readonly opening: number; readonly least: number };

/** Drops the options of a tour with which a location would lift the bound to the best value. */
function dropJoining(state: SearchState, tour: number, { location, opening, least }: Joining): void {
  const { model } = state;
  const base = state.bound - (state.locationFloor[location] ?? 0) - (state.tours[tour]?.term ?? 0) + opening + least;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 0 || (model.optionTour[option] ?? 0) !== tour) continue;
    const value =
      (model.optionFixed[option] ?? 0) +
      state.sourcePrice +
      state.parcelPrice * (model.optionParcels[option] ?? 0) -
      (state.locationFull[location] ?? 0);
    if (isPruned(state, base + value)) dropOption(state, option);
  }
}

/** Least cost of the path and the others' savings when a candidate joins, its own saving left out. */
function leastWith({ model }: SearchState, tour: number, plan: TourState, location: number): number {
  const perUnit = model.tourLength[tour] ?? 0;
  const crude = farthestThrough(plan, perUnit, (model.tourStops[tour] ?? 0) - plan.stops.length, location);
  return plan.ride.isCrude ? crude : Math.max(crude, leastThrough(plan.ride, model, location, perUnit));
}
