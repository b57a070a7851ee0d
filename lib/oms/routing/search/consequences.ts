import { isPruned } from './proof';
import { MUST_BE_USED, TOUR_USED, dropOption, useLocation } from './search-state';
import type { SearchState } from './search-state';
import { drawTourConsequences } from '../tours/tour-decisions';

/** Drops what breaks the limits on sources and parcels. False when the decisions already break them. */
export function keepLimits(state: SearchState): boolean {
  const { model } = state;
  if (model.maxSources === Infinity && model.maxParcels === Infinity) return true;
  let sources = 0;
  let parcels = 0;
  for (const location of state.active) {
    if (state.mustUse[location] !== MUST_BE_USED) continue;
    sources += 1;
    parcels += fewestParcels(state, location);
  }
  for (let tour = 0; tour < model.tourCount; tour += 1) parcels += state.tourState[tour] === TOUR_USED ? 1 : 0;
  if (sources > model.maxSources || parcels > model.maxParcels) return false;
  for (const location of state.active) {
    const must = state.mustUse[location] === MUST_BE_USED;
    const spare = model.maxParcels - parcels + (must ? fewestParcels(state, location) : 0);
    for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
      if (state.isAlive[option] === 0) continue;
      if ((model.optionParcels[option] ?? 0) > spare || (!must && sources === model.maxSources)) dropOption(state, option);
    }
  }
  return true;
}

/** Infinity when no option lives. */
function fewestParcels(state: SearchState, location: number): number {
  const { model } = state;
  let fewest = Infinity;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 1) fewest = Math.min(fewest, model.optionParcels[option] ?? 0);
  }
  return fewest;
}

/** Forbids options that would lift the bound to the best value, demands locations whose absence would. False when nothing is left. */
export function drawConsequences(state: SearchState): boolean {
  const { model } = state;
  drawTourConsequences(state);
  for (const location of state.active) {
    if (state.alive[location] === 0 && state.mustUse[location] !== MUST_BE_USED) continue;
    const floor = state.locationFloor[location] ?? 0;
    const base = state.bound - floor;
    const must = state.mustUse[location] === MUST_BE_USED;
    if (!must && floor < 0 && isPruned(state, base)) useLocation(state, location);
    let isAlive = false;
    for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
      if (state.isAlive[option] === 0) continue;
      const least =
        (model.optionFixed[option] ?? 0) +
        state.sourcePrice +
        state.parcelPrice * (model.optionParcels[option] ?? 0) -
        (state.locationFull[location] ?? 0);
      // Who is served alone may be the one that must be: what that adds to the bound is then not added again.
      const beside = (model.optionTour[option] ?? 0) < 0 ? base - state.extra : base;
      if (least >= floor && isPruned(state, beside + least)) dropOption(state, option);
      else isAlive = true;
    }
    if (!isAlive && state.mustUse[location] === MUST_BE_USED) return false;
  }
  return true;
}
