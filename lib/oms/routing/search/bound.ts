import { bestOption, takeShare, weighOffers } from './location-value';
import { MUST_BE_USED } from './search-state';
import type { SearchState } from './search-state';
import { addLocationsWithTours } from '../tours/tour-bound';

/**
 * Evaluates the Lagrangian bound for the state's multipliers.
 *
 * With a price for each unit of a line, locations decide alone: each takes what pays for itself, or stays closed when that does not
 * pay its opening. Prices of all demand plus those savings is a lower bound on every plan the decisions still allow.
 *
 * Guarantees: `state.bound` never exceeds the scaled cost of such a plan, whatever the multipliers. Units: scaled cost.
 * Source: Geoffrion (1974); Cornuéjols, Nemhauser & Wolsey, The Uncapacitated Facility Location Problem (1990).
 */
export function evaluateBound(state: SearchState): number {
  const { model, price, served, active } = state;
  let bound = 0;
  for (let line = 0; line < model.lineCount; line += 1) {
    bound += (model.qty[line] ?? 0) * (price[line] ?? 0);
    served[line] = 0;
  }
  if (state.sourcePrice > 0) bound -= state.sourcePrice * model.maxSources;
  if (state.parcelPrice > 0) bound -= state.parcelPrice * model.maxParcels;
  state.usedSources = 0;
  state.tourLoad.fill(0);
  state.usedParcels = 0;
  state.bound = bound;
  if (model.tourCount > 0) {
    addLocationsWithTours(state);
    return state.bound;
  }
  for (let index = 0; index < active.length; index += 1) {
    const location = active[index] ?? 0;
    const must = state.mustUse[location] === MUST_BE_USED;
    if (state.alive[location] === 0 && !must) {
      state.locationValue[location] = Infinity;
      state.locationFloor[location] = 0;
      state.locationOption[location] = -1;
      state.isTaken[location] = 0;
      continue;
    }
    weighOffers(state, location, -1);
    state.locationFull[location] = state.fullGain;
    const value = bestOption(state, location, -1);
    state.locationValue[location] = value;
    state.locationOption[location] = state.foundOption;
    state.locationFloor[location] = 0;
    state.isTaken[location] = value < 0 || must ? 1 : 0;
    if (value < 0 || must) {
      state.locationFloor[location] = value;
      state.bound += value;
      takeShare(state, location, state.foundOption);
    }
  }
  return state.bound;
}
