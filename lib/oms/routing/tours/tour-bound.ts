import { bestOption, takeShare, weighOffers } from '../search/location-value';
import { MUST_BE_USED, TOUR_UNDECIDED, TOUR_UNUSED, TOUR_USED } from '../search/search-state';
import type { SearchState } from '../search/search-state';
import { requireAlone } from './alone-bound';
import { measurePaths, mostMeasured } from './tour-state';
import type { TourState } from './tour-state';

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
  measureCandidates(state, plan);
  const found = leastJoin(state, tour, plan);
  const isSure = state.tourState[tour] === TOUR_USED || plan.stops.length > 0;
  // Who joins without saving anything costs the way to the nearest candidate at least, or nothing where stops are sure.
  const [nearest] = plan.candidates;
  const perUnit = model.tourLength[tour] ?? 0;
  const idle = isSure ? perUnit * plan.length : nearest === undefined ? Infinity : perUnit * (plan.reach[nearest] ?? 0);
  const cost = tourOpening(state, tour) + Math.min(found.least, idle);
  if (!isSure && cost >= 0) return;
  plan.term = cost;
  plan.isRidden = true;
  state.bound += cost;
  state.usedParcels += 1;
  if (found.least >= idle) return;
  plan.measured.forEach((location, bit) => {
    if ((found.mask & (1 << bit)) !== 0) plan.joined.push(location);
  });
  for (const location of plan.unmeasured.slice(0, found.others)) plan.joined.push(location);
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

type Join = { least: number; mask: number; others: number };

/** The best of all ways to let at least one candidate join. Leaves the summed savings of each mask in the plan. */
function leastJoin(state: SearchState, tour: number, plan: TourState): Join {
  const perUnit = state.model.tourLength[tour] ?? 0;
  const most = (state.model.tourStops[tour] ?? 0) - plan.stops.length;
  const found: Join = { least: Infinity, mask: 0, others: 0 };
  const masks = 1 << plan.measured.length;
  for (let mask = 0; mask < masks; mask += 1) {
    const lowest = 31 - Math.clz32(mask & -mask);
    const savings = mask === 0 ? 0 : (plan.savings[mask & (mask - 1)] ?? 0) + (plan.saving[plan.measured[lowest] ?? 0] ?? 0);
    plan.savings[mask] = savings;
    if (bitsOf(mask) > most) continue;
    const length = plan.lengths[mask] ?? 0;
    let cost = perUnit * length + savings;
    if (mask !== 0 && cost < found.least) {
      found.least = cost;
      found.mask = mask;
      found.others = 0;
    }
    let more = 0;
    for (let other = 0; other < plan.unmeasured.length; other += 1) {
      const location = plan.unmeasured[other] ?? 0;
      more += plan.saving[location] ?? 0;
      cost = perUnit * Math.max(length, plan.reach[location] ?? 0) + savings + more;
      if (cost >= found.least) continue;
      found.least = cost;
      found.mask = mask;
      found.others = other + 1;
    }
  }
  return found;
}

/** Number of set bits. */
function bitsOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Evaluations between two measurements: prices move every time, and what is measured stays true. */
const REST = 6;

/** Sees to it that the candidates that save most are measured, and lists the other ones that save anything. */
function measureCandidates(state: SearchState, plan: TourState): void {
  listUnmeasured(plan);
  plan.age += 1;
  if (plan.unmeasured.length === 0 || (plan.measured.length > 0 && plan.age < REST)) return;
  plan.age = 0;
  const most = mostMeasured(plan.stops.length);
  const leading = plan.candidates
    .filter((location) => (plan.saving[location] ?? 0) < 0)
    .sort((a, b) => (plan.saving[a] ?? 0) - (plan.saving[b] ?? 0) || a - b)
    .slice(0, most);
  if (leading.every((location) => plan.isMeasured[location] === 1)) return;
  const kept = plan.measured.filter((location) => !leading.includes(location)).slice(0, most - leading.length);
  plan.isMeasured.fill(0);
  plan.measured = [...leading, ...kept];
  for (const location of plan.measured) plan.isMeasured[location] = 1;
  measurePaths(state.model, [...plan.stops, ...plan.measured], {
    fixed: plan.stops.length,
    into: plan.lengths,
    scratch: state.paths,
  });
  listUnmeasured(plan);
}

/** Lists, nearest first, who saves something without being measured. */
function listUnmeasured(plan: TourState): void {
  plan.unmeasured.length = 0;
  for (const location of plan.candidates) {
    if ((plan.saving[location] ?? 0) < 0 && plan.isMeasured[location] === 0) plan.unmeasured.push(location);
  }
}

/** The first tour the search has not decided about, or −1. */
export function undecidedTour(state: SearchState): number {
  for (let tour = 0; tour < state.model.tourCount; tour += 1) {
    if (state.tourState[tour] === TOUR_UNDECIDED) return tour;
  }
  return -1;
}
