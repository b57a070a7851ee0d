import { takeShare } from '../search/location-value';
import { MUST_BE_USED, TOUR_UNUSED } from '../search/search-state';
import type { SearchState } from '../search/search-state';

/**
 * How many locations must be served without a tour, beside those that surely are, because the tours cannot carry everything.
 *
 * Guarantees: no plan that leaves nothing missing has fewer; Infinity when no number would do. Zero while plans with something missing
 *   are of interest. Source: cover inequalities of the knapsack; Balas (1975), Wolsey (1975).
 */
export function countAlone(state: SearchState): number {
  const { model } = state;
  if (!model.hasLoadLimits || state.best > model.missingCost) return 0;
  return Math.max(countBy(state, model.grams, model.tourGrams), countBy(state, model.cm3, model.tourCm3));
}

function countBy(state: SearchState, size: Float64Array, room: Float64Array): number {
  const { model, active } = state;
  let excess = 0;
  for (let line = 0; line < model.lineCount; line += 1) excess += (model.qty[line] ?? 0) * (size[line] ?? 0);
  for (let tour = 0; tour < model.tourCount; tour += 1) if (state.tourState[tour] !== TOUR_UNUSED) excess -= room[tour] ?? 0;
  if (excess <= 0) return 0;
  const loads: number[] = [];
  for (const location of active) {
    const load = state.alive[location] === 0 ? 0 : loadAlone(state, location, size);
    if (load === 0) continue;
    if (isSurelyAlone(state, location)) excess -= load;
    else loads.push(load);
  }
  loads.sort((a, b) => b - a);
  let count = 0;
  while (excess > 0) {
    const load = loads[count];
    if (load === undefined) return Infinity;
    excess -= load;
    count += 1;
  }
  return count;
}

/** The most a location could carry without a tour. */
function loadAlone(state: SearchState, location: number, size: Float64Array): number {
  const { model } = state;
  const capacity = size === model.grams ? model.optionGrams : model.optionCm3;
  let most = 0;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 1 && (model.optionTour[option] ?? 0) < 0) most = Math.max(most, capacity[option] ?? 0);
  }
  if (most === 0) return 0;
  let load = 0;
  for (let offer = model.offerStart[location] ?? 0; offer < (model.offerStart[location + 1] ?? 0); offer += 1) {
    load += (model.offerUnits[offer] ?? 0) * (size[model.offerLine[offer] ?? 0] ?? 0);
  }
  return Math.min(most, load);
}

function isSurelyAlone(state: SearchState, location: number): boolean {
  const { model } = state;
  if (state.mustUse[location] !== MUST_BE_USED) return false;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 1 && (model.optionTour[option] ?? 0) >= 0) return false;
  }
  return true;
}

/** Adds to the bound what the cheapest locations cost that must be served alone beyond those that pay for it anyway. */
export function requireAlone(state: SearchState): void {
  state.extra = 0;
  let needed = state.aloneNeeded;
  if (needed === 0) return;
  const chosen = new Set<number>();
  for (const location of state.active) {
    if (!isAloneNow(state, location) || isSurelyAlone(state, location)) continue;
    chosen.add(location);
    needed -= 1;
  }
  for (; needed > 0; needed -= 1) {
    let cheapest = -1;
    let least = Infinity;
    for (const location of state.active) {
      const extra = (state.aloneValue[location] ?? 0) - (state.locationFloor[location] ?? 0);
      if (extra >= least || chosen.has(location) || isSurelyAlone(state, location)) continue;
      least = extra;
      cheapest = location;
    }
    state.extra += least;
    if (cheapest < 0) break;
    chosen.add(cheapest);
    takeShare(state, cheapest, state.aloneOption[cheapest] ?? -1);
    state.isTaken[cheapest] = 1;
  }
  state.bound += state.extra;
}

/** Does the last evaluation serve a location without a tour? */
function isAloneNow(state: SearchState, location: number): boolean {
  const floor = state.locationFloor[location] ?? 0;
  const isUsed = floor < 0 || state.mustUse[location] === MUST_BE_USED;
  return isUsed && state.aloneValue[location] === floor;
}
