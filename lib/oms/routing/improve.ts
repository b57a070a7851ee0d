import { fillGreedily, keepIfBetter, newDraft, settle } from './plan';
import type { DraftPlan } from './plan';
import type { SearchState } from './search-state';

/** Fills and prices a set of open locations, keeps the plan if it is the best so far, and returns its cost. */
export function tryLocations(state: SearchState, isOpen: Uint8Array, draft: DraftPlan): number {
  fillGreedily(state, draft, isOpen);
  const cost = settle(state, draft, undefined);
  keepIfBetter(state, draft, cost);
  return cost;
}

/**
 * Builds a plan from some open locations: adds whoever serves missing units most cheaply, then drops, adds and swaps locations while
 * that helps. Leaves whatever is better in the state. Guarantees: same state, same plan.
 */
export function searchNearby(state: SearchState, isOpen: Uint8Array, rounds: number): void {
  const draft = newDraft(state);
  let cost = tryLocations(state, isOpen, draft);
  while (draft.missing > 0 && addForMissing(state, isOpen, draft)) cost = tryLocations(state, isOpen, draft);
  for (let round = 0; round < rounds; round += 1) {
    keepUsed(isOpen, draft);
    const before = cost;
    cost = dropWhileBetter(state, isOpen, draft, cost);
    cost = addOrSwap(state, isOpen, draft, cost);
    if (cost >= before) return;
  }
}

/** Opens the closed location that serves the missing units at the least cost per unit. */
function addForMissing(state: SearchState, isOpen: Uint8Array, draft: DraftPlan): boolean {
  const { model } = state;
  const left = new Float64Array(model.qty);
  for (let offer = 0; offer < draft.units.length; offer += 1) {
    const line = model.offerLine[offer] ?? 0;
    left[line] = (left[line] ?? 0) - (draft.units[offer] ?? 0);
  }
  let best = -1;
  let bestRate = Infinity;
  for (let location = 0; location < model.locationCount; location += 1) {
    if (isOpen[location] === 1) continue;
    let cost = model.optionFixed[model.optionStart[location] ?? 0] ?? 0;
    let count = 0;
    for (let offer = model.offerStart[location] ?? 0; offer < (model.offerStart[location + 1] ?? 0); offer += 1) {
      const served = Math.min(left[model.offerLine[offer] ?? 0] ?? 0, model.offerUnits[offer] ?? 0);
      count += served;
      cost += served * (model.offerCost[offer] ?? 0);
    }
    if (count > 0 && cost / count < bestRate) {
      bestRate = cost / count;
      best = location;
    }
  }
  if (best < 0) return false;
  isOpen[best] = 1;
  return true;
}

/** Closes what the plan does not use. */
function keepUsed(isOpen: Uint8Array, draft: DraftPlan): void {
  draft.option.forEach((option, location) => (isOpen[location] = option >= 0 ? 1 : 0));
}

function dropWhileBetter(state: SearchState, isOpen: Uint8Array, draft: DraftPlan, cost: number): number {
  let least = cost;
  for (let location = 0; location < isOpen.length; location += 1) {
    if (isOpen[location] === 0) continue;
    isOpen[location] = 0;
    const without = tryLocations(state, isOpen, draft);
    if (without < least) least = without;
    else isOpen[location] = 1;
  }
  return least;
}

/** Most locations tried as additions: those the multipliers find nearest to paying. */
const PROMISING = 12;

function addOrSwap(state: SearchState, isOpen: Uint8Array, draft: DraftPlan, cost: number): number {
  let least = cost;
  const promising = [...state.locationValue.keys()]
    .filter((location) => isOpen[location] === 0)
    .toSorted((a, b) => (state.locationValue[a] ?? 0) - (state.locationValue[b] ?? 0) || a - b)
    .slice(0, PROMISING);
  for (const added of promising) {
    isOpen[added] = 1;
    const withIt = tryLocations(state, isOpen, draft);
    if (withIt < least) {
      least = withIt;
      continue;
    }
    let isBetter = false;
    for (let dropped = 0; dropped < isOpen.length && !isBetter; dropped += 1) {
      if (isOpen[dropped] === 0 || dropped === added) continue;
      isOpen[dropped] = 0;
      const swapped = tryLocations(state, isOpen, draft);
      isBetter = swapped < least;
      if (isBetter) least = swapped;
      else isOpen[dropped] = 1;
    }
    if (!isBetter) isOpen[added] = 0;
  }
  tryLocations(state, isOpen, draft);
  return least;
}
