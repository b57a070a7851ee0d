import { MUST_BE_USED } from './search-state';
import type { SearchState } from './search-state';
import { pathLength } from './tour-bound';

/** Quantities per offer, and the option each location uses (−1: none). */
export type DraftPlan = { readonly units: Float64Array; readonly option: Int32Array; missing: number };

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

type Load = { units: number; grams: number; cm3: number };

/** What a location carries in a plan. */
export function loadAt(state: SearchState, units: Float64Array, location: number): Load {
  const { model } = state;
  const load = { units: 0, grams: 0, cm3: 0 };
  for (let offer = model.offerStart[location] ?? 0; offer < (model.offerStart[location + 1] ?? 0); offer += 1) {
    const count = units[offer] ?? 0;
    if (count === 0) continue;
    const line = model.offerLine[offer] ?? 0;
    load.units += count;
    load.grams += count * (model.grams[line] ?? 0);
    load.cm3 += count * (model.cm3[line] ?? 0);
  }
  return load;
}

/** Cheapest option of a location that carries a load, of one tour or of none; −1 when there is none. */
function cheapestOption(state: SearchState, location: number, load: Load, tour: number): number {
  const { model } = state;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if ((model.optionTour[option] ?? 0) === tour && holds(state, option, load)) return option;
  }
  return -1;
}

function holds(state: SearchState, option: number, load: Load): boolean {
  const { model } = state;
  return (
    load.units <= (model.optionUnits[option] ?? 0) &&
    load.grams <= (model.optionGrams[option] ?? 0) &&
    load.cm3 <= (model.optionCm3[option] ?? 0)
  );
}

/** The row that really applies: the cheapest of the same service that carries the load. */
function rowOfSameService(state: SearchState, location: number, load: Load, chosen: number): number {
  const { model } = state;
  for (let option = model.optionStart[location] ?? 0; option <= chosen; option += 1) {
    if (model.optionService[option] === model.optionService[chosen] && holds(state, option, load)) return option;
  }
  return -1;
}

/**
 * Chooses an option for every location that carries something and returns the scaled cost of the plan, Infinity when a rule is broken.
 * With `chosen`, the service of each location is given (a leaf of the search); without, the cheapest is taken, tours included.
 */
export function settle(state: SearchState, draft: DraftPlan, chosen: Int32Array | undefined): number {
  const { model } = state;
  let cost = draft.missing * model.missingCost;
  const loads: Load[] = [];
  const used: number[] = [];
  for (let location = 0; location < model.locationCount; location += 1) {
    draft.option[location] = -1;
    const load = loadAt(state, draft.units, location);
    if (load.units === 0) continue;
    used.push(location);
    loads[location] = load;
    const given = chosen ? (chosen[location] ?? 0) : -1;
    draft.option[location] = given >= 0 ? rowOfSameService(state, location, load, given) : cheapestOption(state, location, load, -1);
    if (chosen && (draft.option[location] ?? 0) < 0) return Infinity;
  }
  if (!chosen && model.tourCount > 0) joinTours(state, draft, used, loads);
  let parcels = 0;
  for (const location of used) {
    const option = draft.option[location] ?? 0;
    if (option < 0) return Infinity;
    cost += model.optionFixed[option] ?? 0;
    parcels += model.optionParcels[option] ?? 0;
    for (let offer = model.offerStart[location] ?? 0; offer < (model.offerStart[location + 1] ?? 0); offer += 1) {
      cost += (draft.units[offer] ?? 0) * (model.offerCost[offer] ?? 0);
    }
  }
  for (let tour = 0; tour < model.tourCount; tour += 1) {
    const stops = used.filter((location) => (model.optionTour[draft.option[location] ?? 0] ?? 0) === tour);
    if (stops.length === 0) continue;
    parcels += 1;
    cost += tourCost(state, tour, stops, loads);
  }
  if (parcels > model.maxParcels || used.length > model.maxSources) return Infinity;
  return model.forced >= 0 && !used.includes(model.forced) ? Infinity : cost;
}

/** Base and path of a tour; Infinity when its stops or load are too many. Per-stop cost is part of each option. */
function tourCost(state: SearchState, tour: number, stops: readonly number[], loads: readonly Load[]): number {
  const { model } = state;
  const grams = stops.reduce((sum, stop) => sum + (loads[stop]?.grams ?? 0), 0);
  const cm3 = stops.reduce((sum, stop) => sum + (loads[stop]?.cm3 ?? 0), 0);
  const fits = stops.length <= (model.tourStops[tour] ?? 0) && grams <= (model.tourGrams[tour] ?? 0) && cm3 <= (model.tourCm3[tour] ?? 0);
  return fits ? (model.tourBase[tour] ?? 0) + (model.tourLength[tour] ?? 0) * pathLength(state, stops) : Infinity;
}

/** Lets locations join tours where that saves: first whoever cannot do without, then greedily. */
function joinTours(state: SearchState, draft: DraftPlan, used: readonly number[], loads: readonly Load[]): void {
  const { model } = state;
  for (let tour = 0; tour < model.tourCount; tour += 1) {
    const joining = used
      .map((location) => {
        const byTour = cheapestOption(state, location, loads[location] ?? { units: 0, grams: 0, cm3: 0 }, tour);
        const alone = draft.option[location] ?? 0;
        const saving = byTour < 0 ? -Infinity : alone < 0 ? Infinity : (model.optionFixed[alone] ?? 0) - (model.optionFixed[byTour] ?? 0);
        return { location, byTour, alone, saving };
      })
      .filter(({ saving }) => saving > 0)
      .toSorted((a, b) => b.saving - a.saving || a.location - b.location);
    let members = joining.slice(0, model.tourStops[tour] ?? 0);
    const worth = (stops: typeof members) =>
      stops.length === 0
        ? 0
        : stops.reduce((sum, stop) => sum + Math.min(stop.saving, model.missingCost), 0) -
          tourCost(
            state,
            tour,
            stops.map((stop) => stop.location),
            loads,
          );
    for (let index = members.length - 1; index >= 0; index -= 1) {
      const without = members.filter((_, other) => other !== index);
      if (worth(without) >= worth(members)) members = without;
    }
    for (const member of members) draft.option[member.location] = member.byTour;
  }
}

/**
 * Fills a plan from the locations that are open, line by line from the cheapest offer, within what a location can carry at most.
 * What cannot be placed is missing.
 */
export function fillGreedily(state: SearchState, draft: DraftPlan, isOpen: Uint8Array): void {
  const { model } = state;
  draft.units.fill(0);
  draft.missing = 0;
  for (let line = 0; line < model.lineCount; line += 1) {
    let left = model.qty[line] ?? 0;
    for (let at = model.lineStart[line] ?? 0; at < (model.lineStart[line + 1] ?? 0) && left > 0; at += 1) {
      const offer = model.lineOffers[at] ?? 0;
      const location = model.offerLocation[offer] ?? 0;
      if (isOpen[location] === 0) continue;
      const wanted = Math.min(left, model.offerUnits[offer] ?? 0);
      const room = model.isUnlimited[location] === 1 ? wanted : roomFor(state, draft.units, offer, wanted);
      if (room === 0 || (model.isSplit[line] === 0 && room < left)) continue;
      draft.units[offer] = room;
      left -= room;
    }
    draft.missing += left;
  }
}

/** How many of `wanted` further units of an offer some option of its location still carries. */
export function roomFor(state: SearchState, units: Float64Array, offer: number, wanted: number): number {
  const { model } = state;
  const location = model.offerLocation[offer] ?? 0;
  const line = model.offerLine[offer] ?? 0;
  const load = loadAt(state, units, location);
  let room = 0;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    const byUnits = (model.optionUnits[option] ?? 0) - load.units;
    const byGrams = quotient((model.optionGrams[option] ?? 0) - load.grams, model.grams[line] ?? 0);
    const byCm3 = quotient((model.optionCm3[option] ?? 0) - load.cm3, model.cm3[line] ?? 0);
    room = Math.max(room, Math.min(wanted, byUnits, byGrams, byCm3));
  }
  return room;
}

function quotient(room: number, size: number): number {
  if (room < 0) return -Infinity;
  return size === 0 ? Infinity : Math.floor(room / size);
}

/** Marks the locations the last evaluation opened, beside those that must be used. */
export function relaxedLocations(state: SearchState, isOpen: Uint8Array): void {
  for (let location = 0; location < state.model.locationCount; location += 1) {
    const must = state.mustUse[location] === MUST_BE_USED;
    isOpen[location] = must || ((state.locationValue[location] ?? 0) <= 0 && (state.locationOption[location] ?? 0) >= 0) ? 1 : 0;
  }
}
