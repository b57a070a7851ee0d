import { evaluateBound } from './bound';
import { fillLeaf } from './fill';
import { searchNearby, tryLocations } from './improve';
import { ascend, isPruned, loadPrices, polish, provenValue, refine, resetPrices, savePrices } from './multipliers';
import type { Prices } from './multipliers';
import { newDraft, relaxedLocations } from './plan';
import { TOUR_UNUSED, TOUR_USED, decideTour, dropOption, undoTo, useLocation } from './search-state';
import type { SearchState } from './search-state';
import { prepareTours, undecidedTour } from './tour-bound';

const ROOT_STEPS = 120;
const NODE_STEPS = 12;

/**
 * Searches all plans of the state's model by branch and bound.
 *
 * Guarantees: when `state.isOut` is false at the end, the best plan is optimal for the model (or there is none below the starting
 *   value). Returns a proven lower bound on every plan, unscaled: the best value itself when the search completed.
 */
export function branchAndBound(state: SearchState): number {
  resetPrices(state);
  const root = newPrices(state);
  const isOpen = new Uint8Array(state.model.locationCount);
  if (!prepareTours(state)) return Infinity;
  ascend(state, 200);
  evaluateBound(state);
  savePrices(state, root);
  relaxedLocations(state, isOpen);
  searchNearby(state, isOpen, 3);
  if (isDone(state)) return provenValue(state, root.bound);
  refine(state, root, ROOT_STEPS);
  relaxedLocations(state, isOpen);
  searchNearby(state, isOpen, 2);
  const bound = provenValue(state, root.bound);
  searchBelow(state, 0, root);
  return state.isOut ? Math.min(bound, state.best / state.model.scale) : state.best / state.model.scale;
}

function newPrices(state: SearchState): Prices {
  return { price: new Float64Array(state.model.lineCount), source: 0, parcel: 0, bound: -Infinity };
}

function isDone(state: SearchState): boolean {
  return state.best < state.enough;
}

/** Everything below one node. `from`: the multipliers of the parent. */
function searchBelow(state: SearchState, depth: number, from: Prices): void {
  state.nodes += 1;
  if (state.nodes > state.maxNodes) state.isOut = true;
  if (state.isOut || isDone(state)) return;
  const undo = state.trail.length;
  const prices = newPrices(state);
  if (boundNode(state, depth, from, prices)) divide(state, depth, prices);
  undoTo(state, undo);
}

/** Bounds the node and draws its consequences. False when nothing below can be better. */
function boundNode(state: SearchState, depth: number, from: Prices, prices: Prices): boolean {
  loadPrices(state, from);
  for (let round = 0; round < 4; round += 1) {
    if (!prepareTours(state) || !keepLimits(state)) return false;
    evaluateBound(state);
    savePrices(state, prices);
    if (round === 0 && depth > 0 && !isPruned(state, state.bound)) improvePrices(state, prices);
    if (isPruned(state, state.bound)) return false;
    if (round === 0 && depth > 0) tryRelaxed(state);
    if (isPruned(state, state.bound)) return false;
    const before = state.trail.length;
    if (!drawConsequences(state)) return false;
    if (state.trail.length === before) return true;
  }
  return prepareTours(state) && keepLimits(state);
}

function improvePrices(state: SearchState, prices: Prices): void {
  polish(state);
  evaluateBound(state);
  if (state.bound < prices.bound) {
    loadPrices(state, prices);
    evaluateBound(state);
  }
  if (!isPruned(state, state.bound)) refine(state, prices, NODE_STEPS);
}

function tryRelaxed(state: SearchState): void {
  const isOpen = new Uint8Array(state.model.locationCount);
  relaxedLocations(state, isOpen);
  tryLocations(state, isOpen, newDraft(state));
}

/** Drops what breaks the limits on sources and parcels. False when the decisions already break them. */
function keepLimits(state: SearchState): boolean {
  const { model } = state;
  if (model.maxSources === Infinity && model.maxParcels === Infinity) return true;
  let sources = 0;
  let parcels = 0;
  for (let location = 0; location < model.locationCount; location += 1) {
    if (state.mustUse[location] === 0) continue;
    sources += 1;
    parcels += fewestParcels(state, location);
  }
  for (let tour = 0; tour < model.tourCount; tour += 1) parcels += state.tourState[tour] === TOUR_USED ? 1 : 0;
  if (sources > model.maxSources || parcels > model.maxParcels) return false;
  for (let location = 0; location < model.locationCount; location += 1) {
    const must = state.mustUse[location] === 1;
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
function drawConsequences(state: SearchState): boolean {
  const { model } = state;
  for (let location = 0; location < model.locationCount; location += 1) {
    const floor = state.locationFloor[location] ?? 0;
    const base = state.bound - floor;
    const must = state.mustUse[location] === 1;
    if (!must && floor < 0 && isPruned(state, base)) useLocation(state, location);
    let isAlive = false;
    for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
      if (state.isAlive[option] === 0) continue;
      const least =
        (model.optionFixed[option] ?? 0) +
        state.sourcePrice +
        state.parcelPrice * (model.optionParcels[option] ?? 0) -
        (state.locationFull[location] ?? 0);
      if (least >= floor && isPruned(state, base + least)) dropOption(state, option);
      else isAlive = true;
    }
    if (!isAlive && state.mustUse[location] === 1) return false;
  }
  return true;
}

/** Splits the node: on a tour, then on a location, then on how a location is served; at the end, on quantities. */
function divide(state: SearchState, depth: number, prices: Prices): void {
  const tour = undecidedTour(state);
  if (tour >= 0) {
    for (const decision of [TOUR_USED, TOUR_UNUSED]) descend(state, depth, prices, () => decideTour(state, tour, decision));
    return;
  }
  const location = locationToDecide(state);
  if (location >= 0) {
    descend(state, depth, prices, () => useLocation(state, location));
    descend(state, depth, prices, () => closeLocation(state, location));
    return;
  }
  const option = optionToDecide(state);
  if (option >= 0) {
    descend(state, depth, prices, () => keepOnly(state, option));
    descend(state, depth, prices, () => dropOption(state, option));
    return;
  }
  solveLeaf(state);
}

function descend(state: SearchState, depth: number, prices: Prices, decide: () => void): void {
  const undo = state.trail.length;
  decide();
  searchBelow(state, depth + 1, prices);
  undoTo(state, undo);
}

function closeLocation(state: SearchState, location: number): void {
  const { model } = state;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 1) dropOption(state, option);
  }
}

/** Leaves a location only one of its options. */
function keepOnly(state: SearchState, kept: number): void {
  const { model } = state;
  for (let location = 0; location < model.locationCount; location += 1) {
    if (kept < (model.optionStart[location] ?? 0) || kept >= (model.optionStart[location + 1] ?? 0)) continue;
    for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
      if (option !== kept && state.isAlive[option] === 1) dropOption(state, option);
    }
  }
}

/** The open question that matters most: of the locations that pay, the one with most to gain; else the one nearest to paying. */
function locationToDecide(state: SearchState): number {
  const { model } = state;
  let best = -1;
  let bestScore = -Infinity;
  for (let location = 0; location < model.locationCount; location += 1) {
    if (state.mustUse[location] === 1 || !hasOption(state, location)) continue;
    const value = state.locationValue[location] ?? 0;
    const score = value <= 0 ? (state.locationFull[location] ?? 0) : -value;
    if (score > bestScore) {
      bestScore = score;
      best = location;
    }
  }
  return best;
}

function hasOption(state: SearchState, location: number): boolean {
  return state.isAlive.subarray(state.model.optionStart[location] ?? 0, state.model.optionStart[location + 1] ?? 0).includes(1);
}

/** An option to keep or drop, at a location with several; −1 when every location has one at most. */
function optionToDecide(state: SearchState): number {
  const { model } = state;
  let best = -1;
  let most = 1;
  for (let location = 0; location < model.locationCount; location += 1) {
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

function solveLeaf(state: SearchState): void {
  const { model } = state;
  const chosen = new Int32Array(model.locationCount).fill(-1);
  let opening = 0;
  for (let location = 0; location < model.locationCount; location += 1) {
    for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
      if (state.isAlive[option] === 0) continue;
      chosen[location] = option;
      opening += model.optionFixed[option] ?? 0;
    }
  }
  state.tours.forEach((plan, tour) => {
    if (state.tourState[tour] === TOUR_USED) opening += (model.tourBase[tour] ?? 0) + (model.tourLength[tour] ?? 0) * plan.length;
  });
  fillLeaf(state, chosen, opening);
}
