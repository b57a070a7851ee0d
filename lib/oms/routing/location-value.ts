import type { SearchState } from './search-state';
import { flag, real, whole } from './typed';

/** Counts what the evaluation's best option of a location serves; only right after `valueOfLocation` of that location. */
export function takeShare(state: SearchState, location: number): void {
  const { model } = state;
  const option = whole(state.locationOption, location);
  if (option < 0) return;
  for (let offer = whole(model.offerStart, location); offer < whole(model.offerStart, location + 1); offer += 1) {
    const line = whole(model.offerLine, offer);
    state.served[line] = real(state.served, line) + real(state.bestShare, offer);
  }
  state.usedSources += 1;
  state.usedParcels += whole(model.optionParcels, option);
}

/**
 * Least reduced cost of using a location with one of its living options, of one tour or of none (`tour` −1).
 *
 * Guarantees: a lower bound on opening cost less the gains of anything it could carry; Infinity when no option lives. When it is clear
 *   that nothing pays (and the location may stay closed) a cruder, still valid value is returned.
 */
export function valueOfLocation(state: SearchState, location: number, tour: number): number {
  const { model, price, gain } = state;
  const first = whole(model.offerStart, location);
  const end = whole(model.offerStart, location + 1);
  let full = 0;
  let units = 0;
  let grams = 0;
  let cm3 = 0;
  for (let offer = first; offer < end; offer += 1) {
    const line = whole(model.offerLine, offer);
    const margin = real(price, line) - real(model.offerCost, offer);
    gain[offer] = margin;
    state.bestShare[offer] = 0;
    if (margin <= 0) continue;
    const count = whole(model.offerUnits, offer);
    full += count * margin;
    units += count;
    grams += count * real(model.grams, line);
    cm3 += count * real(model.cm3, line);
  }
  state.locationFull[location] = full;
  let value = Infinity;
  state.locationOption[location] = -1;
  for (let option = whole(model.optionStart, location); option < whole(model.optionStart, location + 1); option += 1) {
    if (flag(state.isAlive, option) === 0 || whole(model.optionTour, option) !== tour) continue;
    const fixed = real(model.optionFixed, option) + state.sourcePrice + state.parcelPrice * whole(model.optionParcels, option);
    const least = fixed - full;
    if (least >= value) {
      if (state.parcelPrice === 0) break; // options come from cheap to dear: none further can do better
      continue;
    }
    const fits =
      units <= real(model.optionUnits, option) && grams <= real(model.optionGrams, option) && cm3 <= real(model.optionCm3, option);
    if (fits || (least >= 0 && flag(state.mustUse, location) === 0)) {
      value = least;
      state.locationOption[location] = option;
      for (let offer = first; offer < end; offer += 1) state.bestShare[offer] = real(gain, offer) > 0 ? whole(model.offerUnits, offer) : 0;
      continue;
    }
    const kept = fixed - limitedGain(state, location, option, full);
    if (kept < value) {
      value = kept;
      state.locationOption[location] = option;
      for (let offer = first; offer < end; offer += 1) state.bestShare[offer] = real(state.share, offer);
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
    const gained = fractionalFill(state, location, capacityOf(state, option, measure), measure);
    if (gained < best) {
      best = gained;
      tightest = measure;
    }
  }
  if (tightest >= 0 && tightest < 2) fractionalFill(state, location, capacityOf(state, option, tightest), tightest);
  if (tightest >= 0) return best;
  for (let offer = whole(model.offerStart, location); offer < whole(model.offerStart, location + 1); offer += 1) {
    state.share[offer] = real(state.gain, offer) > 0 ? whole(model.offerUnits, offer) : 0;
  }
  return full;
}

function capacityOf(state: SearchState, option: number, measure: number): number {
  if (measure === 0) return real(state.model.optionUnits, option);
  return measure === 1 ? real(state.model.optionGrams, option) : real(state.model.optionCm3, option);
}

/** What one unit of a line takes of a capacity: a unit, its grams, its volume. */
export function sizeOf(state: SearchState, line: number, measure: number): number {
  if (measure === 0) return 1;
  return measure === 1 ? real(state.model.grams, line) : real(state.model.cm3, line);
}

/** Fractional knapsack over the offers with a positive gain; rounded up, so that it never understates what can be gained. */
function fractionalFill(state: SearchState, location: number, capacity: number, measure: number): number {
  const { model, gain, share, order } = state;
  const first = whole(model.offerStart, location);
  const end = whole(model.offerStart, location + 1);
  let count = 0;
  for (let offer = first; offer < end; offer += 1) {
    share[offer] = 0;
    if (real(gain, offer) <= 0) continue;
    const size = sizeOf(state, whole(model.offerLine, offer), measure);
    // Insertion by gain per size, best first; sizeless units come before everything.
    let at = count;
    while (at > 0) {
      const other = whole(order, at - 1);
      const otherSize = sizeOf(state, whole(model.offerLine, other), measure);
      if (real(gain, offer) * otherSize <= real(gain, other) * size) break;
      order[at] = other;
      at -= 1;
    }
    order[at] = offer;
    count += 1;
  }
  let left = capacity;
  let gained = 0;
  for (let index = 0; index < count; index += 1) {
    const offer = whole(order, index);
    const size = sizeOf(state, whole(model.offerLine, offer), measure);
    const units = whole(model.offerUnits, offer);
    if (size * units <= left) {
      share[offer] = units;
      gained += units * real(gain, offer);
      left -= size * units;
      continue;
    }
    const part = left / size;
    share[offer] = part;
    return gained + Math.ceil(part * real(gain, offer) * (1 + 2 ** -50)) + 1;
  }
  return gained;
}
