import { bestOption, takeShare, weighOffers } from '../search/location-value';
import { MUST_BE_USED, TOUR_UNDECIDED, TOUR_UNUSED, TOUR_USED } from '../search/search-state';
import type { SearchState } from '../search/search-state';
import { requireAlone } from './alone-bound';
import { farthestRide } from './crude-ride';
import { layOut, leastRide } from './ride';

/**
 * Adds what locations and tours contribute to the bound.
 *
 * Every location has a value alone; joining a tour instead saves something, and the tour costs its base and the path through whoever
 * joins. Of the candidates that save most every combination is priced with its exact path; the others are let in for the way to the
 * farthest of them. Guarantees: a lower bound, because a path through more stops is never shorter. Source: a prize-collecting path
 * as the subproblem of the Lagrangian; Balas, The prize collecting traveling salesman problem (1989).
 */
export function addLocationsWithTours(state: SearchState): void {
  const { active } = state;
  for (let index = 0; index < active.length; index += 1) weighLocation(state, active[index] ?? 0);
  for (let tour = 0; tour < state.model.tourCount; tour += 1) addTour(state, tour);
  for (let index = 0; index < active.length; index += 1) {
    const location = active[index] ?? 0;
    if (state.isTaken[location] === 0) continue;
    if ((state.locationTour[location] ?? -1) < 0) takeShare(state, location, state.locationOption[location] ?? -1);
  }
  requireAlone(state);
}

/** Values a location alone and by each tour. */
function weighLocation(state: SearchState, location: number): void {
  const { model, tours } = state;
  const must = state.mustUse[location] === MUST_BE_USED;
  state.locationTour[location] = -1;
  state.isTaken[location] = 0;
  if (state.alive[location] === 0 && !must) {
    for (const plan of tours) plan.saving[location] = 0;
    state.locationValue[location] = Infinity;
    state.aloneValue[location] = Infinity;
    state.locationFloor[location] = 0;
    state.locationOption[location] = -1;
    return;
  }
  weighOffers(state, location, -1);
  state.locationFull[location] = state.fullGain;
  const alone = bestOption(state, location, -1);
  let option = state.foundOption;
  let value = alone;
  state.aloneValue[location] = alone;
  state.aloneOption[location] = option;
  for (let tour = 0; tour < model.tourCount; tour += 1) {
    const plan = tours[tour];
    if (!plan) continue;
    if (isLoadPriced(state, tour)) weighOffers(state, location, tour);
    else if (tour > 0 && isLoadPriced(state, tour - 1)) weighOffers(state, location, -1);
    const byTour = bestOption(state, location, tour);
    plan.option[location] = state.foundOption;
    plan.saving[location] = byTour;
    if (byTour >= value) continue;
    value = byTour;
    if (alone === Infinity) option = state.foundOption;
  }
  // Where only tours reach a location that must be used, its least value by any of them is certain and none of it is a saving.
  const floor = must ? (alone === Infinity ? value : alone) : Math.min(0, alone);
  for (const plan of tours) plan.saving[location] = Math.min(0, (plan.saving[location] ?? 0) - floor);
  state.locationOption[location] = option;
  state.locationFloor[location] = floor;
  state.locationValue[location] = value;
  state.bound += floor;
  if (floor < 0 || must) state.isTaken[location] = 1;
}

/** Adds the least a tour can cost less what joining it saves. */
function addTour(state: SearchState, tour: number): void {
  const { model } = state;
  const plan = state.tours[tour];
  if (!plan) return;
  plan.term = 0;
  plan.isRidden = false;
  plan.joined.length = 0;
  if (state.tourState[tour] === TOUR_UNUSED) return;
  const isSure = state.tourState[tour] === TOUR_USED || plan.stops.length > 0;
  const perUnit = model.tourLength[tour] ?? 0;
  const opening = tourOpening(state, tour);
  // Who joins without saving anything costs the way to the nearest candidate at least, or nothing where stops are sure.
  const [nearest] = plan.candidates;
  const idle = plan.stops.length > 0 ? perUnit * plan.length : nearest === undefined ? Infinity : perUnit * (plan.reach[nearest] ?? 0);
  const ceiling = isSure ? idle : Math.min(idle, -opening);
  const least = joinTour(state, tour, ceiling);
  const cost = opening + Math.min(least, idle);
  if (!isSure && cost >= 0) {
    plan.joined.length = 0;
    return;
  }
  plan.term = cost;
  plan.isRidden = true;
  state.bound += cost;
  state.usedParcels += 1;
  for (const location of plan.joined) {
    state.isTaken[location] = 1;
    state.locationTour[location] = tour;
    state.locationOption[location] = plan.option[location] ?? -1;
    takeShare(state, location, plan.option[location] ?? -1);
  }
}

/** What a tour costs before its path, less what its load may take at the present prices. */
export function tourOpening(state: SearchState, tour: number): number {
  const { model, loadPrice } = state;
  let opening = (model.tourBase[tour] ?? 0) + state.parcelPrice;
  if ((loadPrice[2 * tour] ?? 0) > 0) opening -= (loadPrice[2 * tour] ?? 0) * (model.tourGrams[tour] ?? 0);
  if ((loadPrice[2 * tour + 1] ?? 0) > 0) opening -= (loadPrice[2 * tour + 1] ?? 0) * (model.tourCm3[tour] ?? 0);
  return opening;
}

function isLoadPriced({ loadPrice }: SearchState, tour: number): boolean {
  return (loadPrice[2 * tour] ?? 0) > 0 || (loadPrice[2 * tour + 1] ?? 0) > 0;
}

/** The best of all ways to let candidates join a tour, if it costs less than `ceiling` (else Infinity); lists who joins. */
function joinTour(state: SearchState, tour: number, ceiling: number): number {
  const plan = state.tours[tour];
  if (!plan) return Infinity;
  const { ride } = plan;
  const perUnit = state.model.tourLength[tour] ?? 0;
  const most = state.model.tourStops[tour] ?? 0;
  layOut(ride, state.model, { stops: plan.stops, candidates: plan.candidates, saving: plan.saving, perUnit, most });
  if (ride.isCrude) {
    const found = farthestRide(plan, perUnit, most - plan.stops.length, plan.joined);
    return found < ceiling ? found : Infinity;
  }
  const least = leastRide(ride, ceiling);
  for (let at = 0; at < ride.bestCount; at += 1) {
    const point = ride.best[at] ?? 0;
    if (point >= ride.sure) plan.joined.push(ride.points[point] ?? 0);
  }
  return least;
}

/** The first tour the search has not decided about, or −1. */
export function undecidedTour(state: SearchState): number {
  for (let tour = 0; tour < state.model.tourCount; tour += 1) {
    if (state.tourState[tour] === TOUR_UNDECIDED) return tour;
  }
  return -1;
}
