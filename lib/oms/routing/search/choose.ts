import { MUST_BE_USED, dropOption } from './search-state';
import type { SearchState } from './search-state';

/** Forbids every option of a location. */
export function closeLocation(state: SearchState, location: number): void {
  const { model } = state;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 1) dropOption(state, option);
  }
}

/** Leaves a location only one of its options. */
export function keepOnly(state: SearchState, kept: number): void {
  const { model } = state;
  const location = model.optionLocation[kept] ?? 0;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (option !== kept && state.isAlive[option] === 1) dropOption(state, option);
  }
}

/**
 * The open question that matters most: of the locations that pay, the one with most to gain; else the one nearest to paying. Open is
 * whether a location is used, and whether one that must be used comes by tour or alone. −1 when nothing is.
 */
export function locationToDecide(state: SearchState): number {
  let best = -1;
  let bestScore = -Infinity;
  for (const location of state.active) {
    if (state.alive[location] === 0) continue;
    if (state.mustUse[location] === MUST_BE_USED && !isMixed(state, location)) continue;
    const value = state.locationValue[location] ?? 0;
    const score = value <= 0 || state.isTaken[location] === 1 ? (state.locationFull[location] ?? 0) : -value;
    if (score > bestScore) {
      bestScore = score;
      best = location;
    }
  }
  return best;
}

/** Can a location still come by more than one of: alone, each tour? */
function isMixed(state: SearchState, location: number): boolean {
  const { model } = state;
  if (model.tourCount === 0) return false;
  let known = -2;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 0) continue;
    const tour = model.optionTour[option] ?? -1;
    if (known !== -2 && tour !== known) return true;
    known = tour;
  }
  return false;
}

/** An option to keep or drop, at a location with several; −1 when every location has one at most. */
export function optionToDecide(state: SearchState): number {
  const { model } = state;
  let best = -1;
  let most = 1;
  for (const location of state.active) {
    if ((state.alive[location] ?? 0) <= most) continue;
    let count = 0;
    let cheapest = -1;
    for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
      if (state.isAlive[option] === 0) continue;
      count += 1;
      if (cheapest < 0) cheapest = option;
    }
    if (count <= most) continue;
    most = count;
    const chosen = state.locationOption[location] ?? 0;
    best = chosen >= 0 && state.isAlive[chosen] === 1 ? chosen : cheapest;
  }
  return best;
}
