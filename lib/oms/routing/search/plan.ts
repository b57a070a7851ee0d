import { addLoad, cheapestOption, clearLoads, holds } from './loads';
import { MUST_BE_USED } from './search-state';
import type { DraftPlan } from './scratch';
import type { SearchState } from './search-state';
import { assignTours, tourCost } from '../tours/tour-plan';

/** An empty plan of the state's shape. */
export function newDraft(state: SearchState): DraftPlan {
  return { units: new Float64Array(state.bestUnits.length), option: new Int32Array(state.bestOption.length).fill(-1), missing: 0 };
}

/** Keeps the plan when it is better than the best known; says whether it was. */
export function keepIfBetter(state: SearchState, draft: DraftPlan, cost: number): boolean {
  if (cost >= state.best) return false;
  state.best = cost;
  state.bestUnits.set(draft.units);
  state.bestOption.set(draft.option);
  return true;
}

/** The row that really applies: the cheapest of the same service that carries the load. */
function rowOfSameService(state: SearchState, location: number, chosen: number): number {
  const { model } = state;
  for (let option = model.optionStart[location] ?? 0; option <= chosen; option += 1) {
    if (model.optionService[option] === model.optionService[chosen] && holds(state, location, option)) return option;
  }
  return -1;
}

/**
 * Prices the quantities of a draft whose locations have their options chosen (a leaf of the search): the scaled cost of the plan,
 * Infinity when a rule is broken.
 */
export function settle(state: SearchState, draft: DraftPlan, chosen: Int32Array): number {
  const { model, loads } = state;
  clearLoads(state);
  let cost = draft.missing * model.missingCost;
  for (let offer = 0; offer < draft.units.length; offer += 1) {
    const count = draft.units[offer] ?? 0;
    if (count === 0) continue;
    cost += count * (model.offerCost[offer] ?? 0);
    addLoad(state, offer, count);
  }
  draft.option.fill(-1);
  for (let index = 0; index < loads.usedCount; index += 1) {
    const location = loads.used[index] ?? 0;
    const given = chosen[location] ?? -1;
    const option = given < 0 ? -1 : rowOfSameService(state, location, given);
    if (option < 0) return Infinity;
    draft.option[location] = option;
  }
  return cost + openingCost(state, draft);
}

/** Cost of the options in use and of the tours they ride; Infinity when there are too many parcels, sources or stops. */
function openingCost(state: SearchState, draft: DraftPlan): number {
  const { model, loads } = state;
  let cost = 0;
  let parcels = 0;
  let isForcedUsed = model.forced < 0;
  for (let index = 0; index < loads.usedCount; index += 1) {
    const location = loads.used[index] ?? 0;
    const option = draft.option[location] ?? -1;
    if (option < 0) return Infinity;
    cost += model.optionFixed[option] ?? 0;
    parcels += model.optionParcels[option] ?? 0;
    if (location === model.forced) isForcedUsed = true;
  }
  for (let tour = 0; tour < model.tourCount; tour += 1) {
    const ridden = tourCost(state, draft.option, tour);
    if (ridden < 0) continue;
    cost += ridden;
    parcels += 1;
  }
  return parcels > model.maxParcels || loads.usedCount > model.maxSources || !isForcedUsed ? Infinity : cost;
}

/**
 * Fills a plan from the locations that are open, line by line from the cheapest offer, within what a location can carry at most; what
 * cannot be placed is missing. Then serves every location in the cheapest way, tours included. Returns the scaled cost, Infinity when
 * a rule is broken.
 */
export function fillGreedily(state: SearchState, draft: DraftPlan, isOpen: Uint8Array): number {
  const { model, loads } = state;
  clearLoads(state);
  draft.units.fill(0);
  draft.missing = 0;
  let cost = 0;
  for (let line = 0; line < model.lineCount; line += 1) {
    let left = model.qty[line] ?? 0;
    const end = model.lineStart[line + 1] ?? 0;
    for (let at = model.lineStart[line] ?? 0; at < end && left > 0; at += 1) {
      const offer = model.lineOffers[at] ?? 0;
      const location = model.offerLocation[offer] ?? 0;
      if (isOpen[location] === 0) continue;
      const wanted = Math.min(left, model.offerUnits[offer] ?? 0);
      const room = model.isUnlimited[location] === 1 ? wanted : roomFor(state, offer, wanted);
      if (room <= 0 || (model.isSplit[line] === 0 && room < left)) continue;
      draft.units[offer] = room;
      left -= room;
      cost += room * (model.offerCost[offer] ?? 0);
      addLoad(state, offer, room);
    }
    draft.missing += left;
  }
  draft.option.fill(-1);
  for (let index = 0; index < loads.usedCount; index += 1) {
    const location = loads.used[index] ?? 0;
    draft.option[location] = cheapestOption(state, location, -1);
  }
  for (let tour = 0; tour < model.tourCount; tour += 1) assignTours(state, draft.option, tour);
  return cost + draft.missing * model.missingCost + openingCost(state, draft);
}

/** How many of `wanted` further units of an offer some option of its location still carries. */
function roomFor({ model, loads }: SearchState, offer: number, wanted: number): number {
  const location = model.offerLocation[offer] ?? 0;
  const line = model.offerLine[offer] ?? 0;
  let room = 0;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    const byUnits = (model.optionUnits[option] ?? 0) - (loads.units[location] ?? 0);
    const byGrams = quotient((model.optionGrams[option] ?? 0) - (loads.grams[location] ?? 0), model.grams[line] ?? 0);
    const byCm3 = quotient((model.optionCm3[option] ?? 0) - (loads.cm3[location] ?? 0), model.cm3[line] ?? 0);
    room = Math.max(room, Math.min(wanted, byUnits, byGrams, byCm3));
  }
  return room;
}

function quotient(room: number, size: number): number {
  if (room < 0) return -Infinity;
  return size === 0 ? Infinity : Math.floor(room / size);
}

/** Marks the locations the last evaluation found worth their opening, beside those that must be used. */
export function relaxedLocations(state: SearchState, isOpen: Uint8Array): void {
  isOpen.fill(0);
  for (let index = 0; index < state.active.length; index += 1) {
    const location = state.active[index] ?? 0;
    const must = state.mustUse[location] === MUST_BE_USED;
    isOpen[location] = must || ((state.locationValue[location] ?? 0) <= 0 && (state.locationOption[location] ?? 0) >= 0) ? 1 : 0;
  }
}

/** Marks the locations the last evaluation really used: fewer, where tours make many look worth it that do not ride together. */
export function takenLocations(state: SearchState, isOpen: Uint8Array): void {
  isOpen.fill(0);
  for (let index = 0; index < state.active.length; index += 1) {
    const location = state.active[index] ?? 0;
    isOpen[location] = state.isTaken[location] ?? 0;
  }
}
