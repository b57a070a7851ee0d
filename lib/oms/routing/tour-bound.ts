import { takeShare, valueOfLocation } from './location-value';
import { TOUR_UNDECIDED, TOUR_UNUSED, TOUR_USED, dropOption } from './search-state';
import type { SearchState } from './search-state';
import { shortestTour } from './tour-path';

/** Length of the shortest path through some locations and home. Grid units; remembered, since searches ask again and again. */
export function pathLength(state: SearchState, locations: readonly number[]): number {
  const sorted = locations.toSorted((a, b) => a - b);
  const key = sorted.join();
  const known = state.pathLengths.get(key);
  if (known !== undefined) return known;
  const points = sorted.flatMap((index) => {
    const location = state.model.locations[index];
    return location ? [location.at] : [];
  });
  const { length } = shortestTour(points, state.model.home);
  state.pathLengths.set(key, length);
  return length;
}

/**
 * Reads from the decisions which stops each tour surely has and which could join; forbids joining a full tour.
 *
 * Guarantees: false when a tour has more sure stops than it may. Call again whenever decisions changed.
 */
export function prepareTours(state: SearchState): boolean {
  const { model } = state;
  for (let tour = 0; tour < model.tourCount; tour += 1) {
    const plan = state.tours[tour];
    if (!plan) continue;
    const joining: number[] = [];
    const stops: number[] = [];
    for (let location = 0; location < model.locationCount; location += 1) {
      const reach = reachOf(state, location, tour);
      if (reach === 'only' && state.mustUse[location] === 1) stops.push(location);
      else if (reach !== 'none') joining.push(location);
    }
    const most = model.tourStops[tour] ?? 0;
    if (stops.length > most) return false;
    plan.stops = stops;
    plan.length = pathLength(state, stops);
    if (stops.length === most || state.tourState[tour] === TOUR_UNUSED) {
      for (const location of joining) forbidTour(state, location, tour);
      plan.candidates = [];
      continue;
    }
    plan.candidates = joining
      .map((location) => ({ location, length: pathLength(state, [...stops, location]) }))
      .toSorted((a, b) => a.length - b.length || a.location - b.location);
  }
  return true;
}

/** Can the location be reached by this tour, and by nothing else? */
function reachOf(state: SearchState, location: number, tour: number): 'only' | 'also' | 'none' {
  const { model } = state;
  let byTour = false;
  let otherwise = false;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 0) continue;
    if ((model.optionTour[option] ?? 0) === tour) byTour = true;
    else otherwise = true;
  }
  if (!byTour) return 'none';
  return otherwise ? 'also' : 'only';
}

function forbidTour(state: SearchState, location: number, tour: number): void {
  const { model } = state;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 1 && (model.optionTour[option] ?? 0) === tour) dropOption(state, option);
  }
}

/**
 * Adds what locations and tours contribute to the bound.
 *
 * A tour costs at least its base and the path through its sure stops; of those that may join, whichever lies farthest lengthens the
 * path, and nearer ones are let in for nothing. Guarantees: a lower bound, because a path through more stops is never shorter.
 */
export function addLocationsWithTours(state: SearchState): void {
  const { model } = state;
  for (let location = 0; location < model.locationCount; location += 1) {
    const must = state.mustUse[location] === 1;
    const alone = valueOfLocation(state, location, -1);
    const optionAlone = state.locationOption[location] ?? 0;
    let floor = must ? alone : Math.min(0, alone);
    let value = alone;
    state.tours.forEach((plan) => (plan.saving[location] = 0));
    if (must && alone === Infinity) {
      // Only tours reach it: its least value by any of them is certain, and none of it is a saving.
      for (let tour = 0; tour < model.tourCount; tour += 1) floor = Math.min(floor, valueOfLocation(state, location, tour));
      value = floor;
      takeBest(state, location, floor);
    } else {
      for (let tour = 0; tour < model.tourCount; tour += 1) {
        const byTour = valueOfLocation(state, location, tour);
        value = Math.min(value, byTour);
        const plan = state.tours[tour];
        if (plan && byTour < floor) plan.saving[location] = byTour - floor;
      }
      if (floor < 0 || must) takeOption(state, location, -1);
      else state.locationOption[location] = optionAlone;
    }
    state.locationFloor[location] = floor;
    state.locationValue[location] = value;
    state.bound += floor;
  }
  for (let tour = 0; tour < model.tourCount; tour += 1) addTour(state, tour);
}

function addTour(state: SearchState, tour: number): void {
  const { model } = state;
  const plan = state.tours[tour];
  if (!plan || state.tourState[tour] === TOUR_UNUSED) return;
  const perUnit = model.tourLength[tour] ?? 0;
  let least = perUnit * plan.length;
  let saved = 0;
  let last = -1;
  plan.candidates.forEach(({ location, length }, index) => {
    saved += plan.saving[location] ?? 0;
    if (perUnit * length + saved < least) {
      least = perUnit * length + saved;
      last = index;
    }
  });
  state.bound += least;
  const isSure = state.tourState[tour] === TOUR_USED || plan.stops.length > 0;
  if (isSure) {
    state.bound += (model.tourBase[tour] ?? 0) + state.parcelPrice;
    state.usedParcels += 1;
  }
  for (const { location } of plan.candidates.slice(0, last + 1)) {
    if ((plan.saving[location] ?? 0) < 0) exchangeShare(state, location, tour);
  }
}

/** A location joins a tour instead of what it did alone. */
function exchangeShare(state: SearchState, location: number, tour: number): void {
  const { model } = state;
  if ((state.locationFloor[location] ?? 0) < 0 || state.mustUse[location] === 1) {
    valueOfLocation(state, location, -1);
    for (let offer = model.offerStart[location] ?? 0; offer < (model.offerStart[location + 1] ?? 0); offer += 1) {
      const line = model.offerLine[offer] ?? 0;
      state.served[line] = (state.served[line] ?? 0) - (state.bestShare[offer] ?? 0);
    }
    state.usedSources -= 1;
    state.usedParcels -= model.optionParcels[state.locationOption[location] ?? 0] ?? 0;
  }
  takeOption(state, location, tour);
}

function takeOption(state: SearchState, location: number, tour: number): void {
  valueOfLocation(state, location, tour);
  takeShare(state, location);
}

function takeBest(state: SearchState, location: number, floor: number): void {
  for (let tour = 0; tour < state.model.tourCount; tour += 1) {
    if (valueOfLocation(state, location, tour) !== floor) continue;
    takeShare(state, location);
    return;
  }
}

/** The first tour the search has not decided about, or −1. */
export function undecidedTour(state: SearchState): number {
  for (let tour = 0; tour < state.model.tourCount; tour += 1) {
    if (state.tourState[tour] === TOUR_UNDECIDED) return tour;
  }
  return -1;
}
