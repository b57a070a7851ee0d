import { evaluateBound } from './bound';
import { closeLocation, keepOnly, locationToDecide, optionToDecide } from './choose';
import { drawConsequences, keepLimits } from './consequences';
import { fillLeaf } from './fill';
import { searchNearby, tryLocations } from './improve';
import { ascend, loadPrices, polish, refine, resetPrices, savePrices } from './multipliers';
import type { Prices } from './multipliers';
import { relaxedLocations, takenLocations } from './plan';
import { isPruned, provenValue } from './proof';
import { MUST_BE_USED, TOUR_UNUSED, TOUR_USED, decideTour, dropOption, keepActive, undoTo, useLocation } from './search-state';
import type { SearchState } from './search-state';
import { undecidedTour } from '../tours/tour-bound';
import { forbidTour, joinTour, prepareTours } from '../tours/tour-decisions';

const ROOT_STEPS = 120;
/** With tours a step is dear, and few prices settle in few steps. */
const ROOT_STEPS_PER_LINE = 6;
const NODE_STEPS = 12;
/** Deeper than any real search goes, and far less than the stack holds. */
const DEEPEST = 1_000;

/** The root of a search: its multipliers, a proven bound (unscaled), and whether that already ends the search. */
export type Root = { readonly prices: Prices; readonly bound: number; readonly isComplete: boolean };

/**
 * Bounds the whole case, finds a good plan and forbids for good what cannot be better.
 *
 * Guarantees: `bound` is below every plan better than the best known; `isComplete` when there is none, or when any plan was enough.
 */
export function startSearch(state: SearchState): Root {
  const prices = newPrices(state);
  resetPrices(state);
  if (!keepLimits(state) || !prepareTours(state)) return { prices, bound: state.best / state.model.scale, isComplete: true };
  ascend(state, 200);
  evaluateBound(state);
  savePrices(state, prices);
  const { isOpen } = state.trial;
  relaxedLocations(state, isOpen);
  searchNearby(state, isOpen, { rounds: 0, bound: prices.bound });
  if (!isDone(state)) {
    refine(state, prices, { steps: rootSteps(state), tryEvery: 6 });
    takenLocations(state, isOpen);
    if (!isPruned(state, prices.bound)) searchNearby(state, isOpen, { rounds: 2, bound: prices.bound });
  }
  const best = state.best / state.model.scale;
  const bound = Math.min(provenValue(state, prices.bound), best);
  if (isDone(state) || isPruned(state, prices.bound)) return { prices, bound, isComplete: true };
  if (!keepLimits(state) || !drawConsequences(state)) return { prices, bound: best, isComplete: true };
  keepActive(state);
  return { prices, bound, isComplete: false };
}

/**
 * Searches all plans of the state's model by branch and bound.
 *
 * Guarantees: when `state.isOut` is false at the end, the best plan is optimal for the model (or there is none below the starting
 *   value). Returns a proven lower bound on every plan, unscaled: the best value itself when the search completed.
 */
export function finishSearch(state: SearchState, root: Root): number {
  if (!root.isComplete) searchBelow(state, 0, root.prices);
  return state.isOut ? Math.min(root.bound, state.best / state.model.scale) : state.best / state.model.scale;
}

function rootSteps({ model }: SearchState): number {
  return model.tourCount === 0 ? ROOT_STEPS : Math.min(ROOT_STEPS, ROOT_STEPS_PER_LINE * model.lineCount);
}

function newPrices(state: SearchState): Prices {
  return {
    price: new Float64Array(state.model.lineCount),
    source: 0,
    parcel: 0,
    load: new Float64Array(state.loadPrice.length),
    bound: -Infinity,
  };
}

function isDone(state: SearchState): boolean {
  return state.best < state.enough;
}

/** Everything below one node. `from`: the multipliers of the parent. */
function searchBelow(state: SearchState, depth: number, from: Prices): void {
  state.nodes += 1;
  if (state.nodes > state.maxNodes || depth > DEEPEST) state.isOut = true;
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
  if (!isPruned(state, state.bound)) refine(state, prices, { steps: NODE_STEPS, tryEvery: 0 });
}

function tryRelaxed(state: SearchState): void {
  const { isOpen, draft } = state.trial;
  relaxedLocations(state, isOpen);
  tryLocations(state, isOpen, draft);
  if (state.model.tourCount === 0) return;
  takenLocations(state, isOpen);
  tryLocations(state, isOpen, draft);
}

/** Splits the node: on a tour, then on a location, then on how a location is served; at the end, on quantities. */
function divide(state: SearchState, depth: number, prices: Prices): void {
  const split = (first: () => void, second: () => void): void => {
    for (const decide of [first, second]) {
      const undo = state.trail.length;
      decide();
      searchBelow(state, depth + 1, prices);
      undoTo(state, undo);
    }
  };
  const tour = undecidedTour(state);
  if (tour >= 0) {
    split(
      () => decideTour(state, tour, TOUR_USED),
      () => decideTour(state, tour, TOUR_UNUSED),
    );
    return;
  }
  const location = locationToDecide(state);
  if (location >= 0) {
    divideLocation(state, location, split);
    return;
  }
  const option = optionToDecide(state);
  if (option >= 0) {
    split(
      () => keepOnly(state, option),
      () => dropOption(state, option),
    );
    return;
  }
  solveLeaf(state);
}

/** Splits on whether a location joins the tour that suits it best, or on whether it is used at all. */
function divideLocation(state: SearchState, location: number, split: (first: () => void, second: () => void) => void): void {
  const option = state.locationOption[location] ?? -1;
  const tour = option >= 0 && state.isTaken[location] === 1 ? (state.model.optionTour[option] ?? -1) : -1;
  if (tour >= 0) {
    split(
      () => joinTour(state, location, tour),
      () => forbidTour(state, location, tour),
    );
  } else if (state.mustUse[location] === MUST_BE_USED) {
    split(
      () => {
        for (let other = 0; other < state.model.tourCount; other += 1) forbidTour(state, location, other);
      },
      () => forbidTour(state, location, -1),
    );
  } else {
    split(
      () => useLocation(state, location),
      () => closeLocation(state, location),
    );
  }
}

function solveLeaf(state: SearchState): void {
  const { model } = state;
  const chosen = new Int32Array(model.locationCount).fill(-1);
  let opening = 0;
  for (const location of state.active) {
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
