import { isPruned } from './proof';
import { fillGreedily, keepIfBetter, newDraft } from './plan';
import type { DraftPlan } from './scratch';
import type { SearchState } from './search-state';
import { leastDetour } from '../tours/tour-state';

/** Fills and prices a set of open locations, keeps the plan if it is the best so far, and returns its cost. */
export function tryLocations(state: SearchState, isOpen: Uint8Array, draft: DraftPlan): number {
  const cost = fillGreedily(state, draft, isOpen);
  keepIfBetter(state, draft, cost);
  return cost;
}

/**
 * Builds a plan from some open locations: adds whoever serves missing units most cheaply, then drops locations while that helps; in
 * further rounds adds and swaps as well. Leaves whatever is better in the state. Guarantees: same state, same plan; stops early once
 * the best plan meets `bound`.
 */
export function searchNearby(state: SearchState, isOpen: Uint8Array, { rounds, bound }: { rounds: number; bound: number }): void {
  const draft = newDraft(state);
  let cost = tryLocations(state, isOpen, draft);
  while (draft.missing > 0 && addForMissing(state, isOpen, draft)) cost = tryLocations(state, isOpen, draft);
  keepUsed(isOpen, draft);
  if (isPruned(state, bound)) return;
  cost = dropWhileBetter(state, isOpen, draft, cost);
  for (let round = 0; round < rounds && !isPruned(state, bound); round += 1) {
    const before = cost;
    cost = addOrSwap(state, isOpen, draft, cost);
    keepUsed(isOpen, draft);
    cost = dropWhileBetter(state, isOpen, draft, cost);
    if (cost >= before) return;
  }
}

/** Opens the closed location that serves the missing units at the least cost per unit. */
function addForMissing(state: SearchState, isOpen: Uint8Array, draft: DraftPlan): boolean {
  const { model, left } = state;
  left.set(model.qty);
  for (let offer = 0; offer < draft.units.length; offer += 1) {
    const line = model.offerLine[offer] ?? 0;
    left[line] = (left[line] ?? 0) - (draft.units[offer] ?? 0);
  }
  const riders = ridersOf(state, draft);
  let best = -1;
  let bestRate = Infinity;
  for (let location = 0; location < model.locationCount; location += 1) {
    if (isOpen[location] === 1) continue;
    let cost = 0;
    let count = 0;
    for (let offer = model.offerStart[location] ?? 0; offer < (model.offerStart[location + 1] ?? 0); offer += 1) {
      const served = Math.min(left[model.offerLine[offer] ?? 0] ?? 0, model.offerUnits[offer] ?? 0);
      count += served;
      cost += served * (model.offerCost[offer] ?? 0);
    }
    if (count === 0) continue;
    cost += openingOf(state, location, riders);
    if (cost / count < bestRate) {
      bestRate = cost / count;
      best = location;
    }
  }
  if (best < 0) return false;
  isOpen[best] = 1;
  return true;
}

/** Who rides each tour in a draft. */
function ridersOf({ model, loads }: SearchState, draft: DraftPlan): readonly (readonly number[])[] {
  const riders: number[][] = Array.from({ length: model.tourCount }, () => []);
  if (model.tourCount === 0) return riders;
  for (let index = 0; index < loads.usedCount; index += 1) {
    const location = loads.used[index] ?? 0;
    const option = draft.option[location] ?? -1;
    if (option >= 0) riders[model.optionTour[option] ?? -1]?.push(location);
  }
  return riders;
}

/** What opening one more location costs at least: alone, or by a tour that has room, for the way it adds. */
function openingOf({ model }: SearchState, location: number, riders: readonly (readonly number[])[]): number {
  let least = Infinity;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    let cost = model.optionFixed[option] ?? 0;
    if (cost >= least) break; // options come from cheap to dear
    const tour = model.optionTour[option] ?? -1;
    const stops = riders[tour];
    if (stops) {
      if (stops.length >= (model.tourStops[tour] ?? 0)) continue;
      cost += (model.tourLength[tour] ?? 0) * leastDetour(model, stops, location) + (stops.length === 0 ? (model.tourBase[tour] ?? 0) : 0);
    }
    least = Math.min(least, cost);
  }
  return least;
}

/** Closes what the plan does not use. */
function keepUsed(isOpen: Uint8Array, draft: DraftPlan): void {
  for (let location = 0; location < isOpen.length; location += 1) isOpen[location] = (draft.option[location] ?? -1) >= 0 ? 1 : 0;
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

/** The closed locations nearest to paying, best first. */
function promisingLocations(state: SearchState, isOpen: Uint8Array): readonly number[] {
  const found: number[] = [];
  const value = (location: number) => state.locationValue[location] ?? 0;
  for (let index = 0; index < state.active.length; index += 1) {
    const location = state.active[index] ?? 0;
    if (isOpen[location] === 1) continue;
    if (found.length === PROMISING && value(location) >= value(found.at(-1) ?? 0)) continue;
    let at = Math.min(found.length, PROMISING - 1);
    for (; at > 0 && value(found[at - 1] ?? 0) > value(location); at -= 1) found[at] = found[at - 1] ?? 0;
    found[at] = location;
  }
  return found;
}

function addOrSwap(state: SearchState, isOpen: Uint8Array, draft: DraftPlan, cost: number): number {
  let least = cost;
  for (const added of promisingLocations(state, isOpen)) {
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
