import { MUST_BE_USED } from './search-state';
import type { SearchState } from './search-state';

/** Offers that are packed exactly at most; more are filled in fractions, which is cruder and as true. */
const MOST_PACKED = 9;

/**
 * Works out what each unit of a location's offers gains at the present prices, and all that pays together; by tour, what it takes of the
 * tour's load is charged.
 */
export function weighOffers(state: SearchState, location: number, tour: number): void {
  const { model, price, gain } = state;
  const perGram = tour < 0 ? 0 : (state.loadPrice[2 * tour] ?? 0);
  const perCm3 = tour < 0 ? 0 : (state.loadPrice[2 * tour + 1] ?? 0);
  let full = 0;
  let units = 0;
  let grams = 0;
  let cm3 = 0;
  const end = model.offerStart[location + 1] ?? 0;
  for (let offer = model.offerStart[location] ?? 0; offer < end; offer += 1) {
    const line = model.offerLine[offer] ?? 0;
    let margin = (price[line] ?? 0) - (model.offerCost[offer] ?? 0);
    if (perGram > 0) margin -= perGram * (model.grams[line] ?? 0);
    if (perCm3 > 0) margin -= perCm3 * (model.cm3[line] ?? 0);
    gain[offer] = margin;
    if (margin <= 0) continue;
    const count = model.offerUnits[offer] ?? 0;
    full += count * margin;
    units += count;
    grams += count * (model.grams[line] ?? 0);
    cm3 += count * (model.cm3[line] ?? 0);
  }
  state.fullGain = full;
  state.fullUnits = units;
  state.fullGrams = grams;
  state.fullCm3 = cm3;
}

/**
 * Least reduced cost of using a location with one of its living options, of one tour or of none (`tour` −1); the option is left in
 * `state.foundOption` (−1: none lives). Only right after `weighOffers` of that location for that tour.
 *
 * Guarantees: a lower bound on opening cost less the gains of anything it could carry; Infinity when no option lives. When it is clear
 *   that nothing pays (and the location may stay closed) a cruder, still valid value is returned.
 */
export function bestOption(state: SearchState, location: number, tour: number): number {
  const { model } = state;
  const full = state.fullGain;
  let value = Infinity;
  state.foundOption = -1;
  if (state.alive[location] === 0) return value;
  const end = model.optionStart[location + 1] ?? 0;
  for (let option = model.optionStart[location] ?? 0; option < end; option += 1) {
    if (state.isAlive[option] === 0 || (model.optionTour[option] ?? 0) !== tour) continue;
    const fixed = (model.optionFixed[option] ?? 0) + state.sourcePrice + state.parcelPrice * (model.optionParcels[option] ?? 0);
    const least = fixed - full;
    if (least >= value) {
      if (state.parcelPrice === 0) break; // options come from cheap to dear: none further can do better
      continue;
    }
    const isCrude = least >= 0 && state.mustUse[location] !== MUST_BE_USED;
    const kept = isCrude || fitsAll(state, option) ? least : fixed - limitedGain(state, location, option);
    if (kept < value) {
      value = kept;
      state.foundOption = option;
    }
  }
  return value;
}

/** Does an option carry everything that pays? */
function fitsAll(state: SearchState, option: number): boolean {
  const { model } = state;
  return (
    state.fullUnits <= (model.optionUnits[option] ?? 0) &&
    state.fullGrams <= (model.optionGrams[option] ?? 0) &&
    state.fullCm3 <= (model.optionCm3[option] ?? 0)
  );
}

/** Counts what a location serves with an option at the present prices. */
export function takeShare(state: SearchState, location: number, option: number): void {
  const { model, gain, share, served } = state;
  if (option < 0) return;
  const tour = model.optionTour[option] ?? -1;
  weighOffers(state, location, tour);
  const isAll = fitsAll(state, option);
  if (!isAll) limitedGain(state, location, option);
  for (let offer = model.offerStart[location] ?? 0; offer < (model.offerStart[location + 1] ?? 0); offer += 1) {
    if ((gain[offer] ?? 0) <= 0) continue;
    const line = model.offerLine[offer] ?? 0;
    const units = isAll ? (model.offerUnits[offer] ?? 0) : (share[offer] ?? 0);
    served[line] = (served[line] ?? 0) + units;
    if (tour < 0) continue;
    state.tourLoad[2 * tour] = (state.tourLoad[2 * tour] ?? 0) + units * (model.grams[line] ?? 0);
    state.tourLoad[2 * tour + 1] = (state.tourLoad[2 * tour + 1] ?? 0) + units * (model.cm3[line] ?? 0);
  }
  state.usedSources += 1;
  state.usedParcels += model.optionParcels[option] ?? 0;
}

/** Most that can be gained within an option's capacities, and the share of each offer for it. */
function limitedGain(state: SearchState, location: number, option: number): number {
  const { model, gain, packing } = state;
  let count = 0;
  for (let offer = model.offerStart[location] ?? 0; offer < (model.offerStart[location + 1] ?? 0); offer += 1) {
    state.share[offer] = 0;
    if ((gain[offer] ?? 0) <= 0) continue;
    packing.order[count] = offer;
    count += 1;
  }
  packing.count = count;
  return count <= MOST_PACKED && isCountable(state) ? pack(state, option) : fractionalGain(state, location, option);
}

/** Are there few enough ways to fill the location to try them all? */
function isCountable({ model, packing }: SearchState): boolean {
  let ways = 1;
  for (let index = 0; index < packing.count; index += 1) {
    const offer = packing.order[index] ?? 0;
    ways *= model.isSplit[model.offerLine[offer] ?? 0] === 1 ? (model.offerUnits[offer] ?? 0) + 1 : 2;
  }
  return ways <= 512;
}

/** The best filling in whole units under all three capacities at once. */
function pack(state: SearchState, option: number): number {
  const { model, packing, gain } = state;
  const { order, worth, rest, count } = packing;
  // Dearest first: what cannot be beaten any more is then left early.
  for (let index = 0; index < count; index += 1) {
    const offer = order[index] ?? 0;
    const own = (model.offerUnits[offer] ?? 0) * (gain[offer] ?? 0);
    let at = index;
    for (; at > 0 && (worth[at - 1] ?? 0) < own; at -= 1) {
      worth[at] = worth[at - 1] ?? 0;
      order[at] = order[at - 1] ?? 0;
    }
    worth[at] = own;
    order[at] = offer;
  }
  rest[count] = 0;
  for (let index = count - 1; index >= 0; index -= 1) rest[index] = (rest[index + 1] ?? 0) + (worth[index] ?? 0);
  packing.units[0] = model.optionUnits[option] ?? 0;
  packing.grams[0] = model.optionGrams[option] ?? 0;
  packing.cm3[0] = model.optionCm3[option] ?? 0;
  packing.gained[0] = 0;
  packing.best = -1;
  packFrom(state, 0);
  return packing.best;
}

/** Tries every amount of one offer in what room is left, most first. No object is made here: this is the innermost work of a search. */
function packFrom(state: SearchState, at: number): void {
  const { model, packing } = state;
  const gained = packing.gained[at] ?? 0;
  if (at === packing.count) {
    if (gained <= packing.best) return;
    packing.best = gained;
    for (let index = 0; index < at; index += 1) state.share[packing.order[index] ?? 0] = packing.taken[index] ?? 0;
    return;
  }
  if (gained + (packing.rest[at] ?? 0) <= packing.best) return;
  const offer = packing.order[at] ?? 0;
  const line = model.offerLine[offer] ?? 0;
  const grams = model.grams[line] ?? 0;
  const cm3 = model.cm3[line] ?? 0;
  const wanted = model.offerUnits[offer] ?? 0;
  let most = Math.min(wanted, packing.units[at] ?? 0);
  if (grams > 0) most = Math.min(most, Math.floor((packing.grams[at] ?? 0) / grams));
  if (cm3 > 0) most = Math.min(most, Math.floor((packing.cm3[at] ?? 0) / cm3));
  const step = model.isSplit[line] === 1 ? 1 : wanted;
  if (most < wanted && step > 1) most = 0;
  const each = state.gain[offer] ?? 0;
  for (let units = most; units >= 0; units -= step) {
    packing.taken[at] = units;
    packing.units[at + 1] = (packing.units[at] ?? 0) - units;
    packing.grams[at + 1] = (packing.grams[at] ?? 0) - units * grams;
    packing.cm3[at + 1] = (packing.cm3[at] ?? 0) - units * cm3;
    packing.gained[at + 1] = gained + units * each;
    packFrom(state, at + 1);
  }
}

/** The tightest of the fractional fills of each capacity. */
function fractionalGain(state: SearchState, location: number, option: number): number {
  const { model } = state;
  let best = Infinity;
  let tightest = -1;
  for (let measure = 0; measure < 3; measure += 1) {
    if (capacityOf(state, option, measure) === Infinity) continue;
    const gained = fractionalFill(state, location, option, measure);
    if (gained < best) {
      best = gained;
      tightest = measure;
    }
  }
  if (tightest >= 0) return fractionalFill(state, location, option, tightest);
  for (let index = 0; index < state.packing.count; index += 1) {
    const offer = state.packing.order[index] ?? 0;
    state.share[offer] = model.offerUnits[offer] ?? 0;
  }
  return state.fullGain;
}

function capacityOf(state: SearchState, option: number, measure: number): number {
  if (measure === 0) return state.model.optionUnits[option] ?? 0;
  return measure === 1 ? (state.model.optionGrams[option] ?? 0) : (state.model.optionCm3[option] ?? 0);
}

/** What one unit of a line takes of a capacity: a unit, its grams, its volume. */
export function sizeOf(state: SearchState, line: number, measure: number): number {
  if (measure === 0) return 1;
  return measure === 1 ? (state.model.grams[line] ?? 0) : (state.model.cm3[line] ?? 0);
}

/** Units of an offer that a whole capacity could hold: whole ones, and all or none of a line that may not be split. */
export function unitsWithin(state: SearchState, offer: number, size: number, capacity: number): number {
  const units = state.model.offerUnits[offer] ?? 0;
  if (size * units <= capacity) return units;
  return state.model.isSplit[state.model.offerLine[offer] ?? 0] === 1 ? Math.floor(capacity / size) : 0;
}

/** Units of an offer that an option could carry if it carried nothing else. */
function unitsUnder(state: SearchState, offer: number, option: number): number {
  const line = state.model.offerLine[offer] ?? 0;
  let units = state.model.offerUnits[offer] ?? 0;
  for (let measure = 0; measure < 3; measure += 1) {
    units = Math.min(units, unitsWithin(state, offer, sizeOf(state, line, measure), capacityOf(state, option, measure)));
  }
  return units;
}

/** Fractional knapsack over the offers with a positive gain; rounded up, so that it never understates what can be gained. */
function fractionalFill(state: SearchState, location: number, option: number, measure: number): number {
  const { model, gain, share, order } = state;
  const first = model.offerStart[location] ?? 0;
  const end = model.offerStart[location + 1] ?? 0;
  let count = 0;
  for (let offer = first; offer < end; offer += 1) {
    share[offer] = 0;
    if ((gain[offer] ?? 0) <= 0) continue;
    const size = sizeOf(state, model.offerLine[offer] ?? 0, measure);
    // Insertion by gain per size, best first; sizeless units come before everything.
    let at = count;
    while (at > 0) {
      const other = order[at - 1] ?? 0;
      const otherSize = sizeOf(state, model.offerLine[other] ?? 0, measure);
      if ((gain[offer] ?? 0) * otherSize <= (gain[other] ?? 0) * size) break;
      order[at] = other;
      at -= 1;
    }
    order[at] = offer;
    count += 1;
  }
  let left = capacityOf(state, option, measure);
  let gained = 0;
  for (let index = 0; index < count; index += 1) {
    const offer = order[index] ?? 0;
    const size = sizeOf(state, model.offerLine[offer] ?? 0, measure);
    const units = unitsUnder(state, offer, option);
    if (size * units <= left) {
      share[offer] = units;
      gained += units * (gain[offer] ?? 0);
      left -= size * units;
      continue;
    }
    const part = left / size;
    share[offer] = part;
    return gained + Math.ceil(part * (gain[offer] ?? 0) * (1 + 2 ** -50)) + 1;
  }
  return gained;
}
