import type { SearchState } from './search-state';

/** Counts what the evaluation's best option of a location serves; only right after `valueOfLocation` of that location. */
export function takeShare(state: SearchState, location: number): void {
  const { model } = state;
  const option = state.locationOption[location] ?? 0;
  if (option < 0) return;
  for (let offer = model.offerStart[location] ?? 0; offer < (model.offerStart[location + 1] ?? 0); offer += 1) {
    const line = model.offerLine[offer] ?? 0;
    state.served[line] = (state.served[line] ?? 0) + (state.bestShare[offer] ?? 0);
  }
  state.usedSources += 1;
  state.usedParcels += model.optionParcels[option] ?? 0;
}

/**
 * Least reduced cost of using a location with one of its living options, of one tour or of none (`tour` −1).
 *
 * Guarantees: a lower bound on opening cost less the gains of anything it could carry; Infinity when no option lives. When it is clear
 *   that nothing pays (and the location may stay closed) a cruder, still valid value is returned.
 */
export function valueOfLocation(state: SearchState, location: number, tour: number): number {
  const { model, price, gain } = state;
  const first = model.offerStart[location] ?? 0;
  const end = model.offerStart[location + 1] ?? 0;
  let full = 0;
  let units = 0;
  let grams = 0;
  let cm3 = 0;
  for (let offer = first; offer < end; offer += 1) {
    const line = model.offerLine[offer] ?? 0;
    const margin = (price[line] ?? 0) - (model.offerCost[offer] ?? 0);
    gain[offer] = margin;
    state.bestShare[offer] = 0;
    if (margin <= 0) continue;
    const count = model.offerUnits[offer] ?? 0;
    full += count * margin;
    units += count;
    grams += count * (model.grams[line] ?? 0);
    cm3 += count * (model.cm3[line] ?? 0);
  }
  state.locationFull[location] = full;
  let value = Infinity;
  state.locationOption[location] = -1;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if (state.isAlive[option] === 0 || (model.optionTour[option] ?? 0) !== tour) continue;
    const fixed = (model.optionFixed[option] ?? 0) + state.sourcePrice + state.parcelPrice * (model.optionParcels[option] ?? 0);
    const least = fixed - full;
    if (least >= value) {
      if (state.parcelPrice === 0) break; // options come from cheap to dear: none further can do better
      continue;
    }
    const fits =
      units <= (model.optionUnits[option] ?? 0) && grams <= (model.optionGrams[option] ?? 0) && cm3 <= (model.optionCm3[option] ?? 0);
    if (fits || (least >= 0 && state.mustUse[location] === 0)) {
      value = least;
      state.locationOption[location] = option;
      for (let offer = first; offer < end; offer += 1) state.bestShare[offer] = (gain[offer] ?? 0) > 0 ? (model.offerUnits[offer] ?? 0) : 0;
      continue;
    }
    const kept = fixed - limitedGain(state, location, option, full);
    if (kept < value) {
      value = kept;
      state.locationOption[location] = option;
      for (let offer = first; offer < end; offer += 1) state.bestShare[offer] = state.share[offer] ?? 0;
    }
  }
  return value;
}

/** Most that can be gained within an option's capacities: the tightest of the fractional fills of each; `state.share` is that fill. */
function limitedGain(state: SearchState, location: number, option: number, full: number): number {
  const { model } = state;
  let best = full;
  let tightest = -1;
  for (let measure = 0; measure < 3; measure += 1) {
    const capacity = capacityOf(state, option, measure);
    if (capacity === Infinity) continue;
    const gained = fractionalFill(state, location, option, measure);
    if (gained < best) {
      best = gained;
      tightest = measure;
    }
  }
  if (tightest >= 0 && tightest < 2) fractionalFill(state, location, option, tightest);
  if (tightest >= 0) return best;
  for (let offer = model.offerStart[location] ?? 0; offer < (model.offerStart[location + 1] ?? 0); offer += 1) {
    state.share[offer] = (state.gain[offer] ?? 0) > 0 ? (model.offerUnits[offer] ?? 0) : 0;
  }
  return full;
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
