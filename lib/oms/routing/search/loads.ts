import type { SearchState } from './search-state';

/** Forgets what the last plan loaded. */
export function clearLoads(state: SearchState): void {
  const { loads } = state;
  for (let index = 0; index < loads.usedCount; index += 1) {
    const location = loads.used[index] ?? 0;
    loads.units[location] = 0;
    loads.grams[location] = 0;
    loads.cm3[location] = 0;
  }
  loads.usedCount = 0;
}

/** Loads a location with units of one of its offers. */
export function addLoad(state: SearchState, offer: number, count: number): void {
  const { model, loads } = state;
  const location = model.offerLocation[offer] ?? 0;
  const line = model.offerLine[offer] ?? 0;
  if (loads.units[location] === 0) {
    loads.used[loads.usedCount] = location;
    loads.usedCount += 1;
  }
  loads.units[location] = (loads.units[location] ?? 0) + count;
  loads.grams[location] = (loads.grams[location] ?? 0) + count * (model.grams[line] ?? 0);
  loads.cm3[location] = (loads.cm3[location] ?? 0) + count * (model.cm3[line] ?? 0);
}

/** Does an option carry what its location is loaded with? */
export function holds({ model, loads }: SearchState, location: number, option: number): boolean {
  return (
    (loads.units[location] ?? 0) <= (model.optionUnits[option] ?? 0) &&
    (loads.grams[location] ?? 0) <= (model.optionGrams[option] ?? 0) &&
    (loads.cm3[location] ?? 0) <= (model.optionCm3[option] ?? 0)
  );
}

/** Cheapest option of a location that carries its load, of one tour or of none; −1 when there is none. */
export function cheapestOption(state: SearchState, location: number, tour: number): number {
  const { model } = state;
  for (let option = model.optionStart[location] ?? 0; option < (model.optionStart[location + 1] ?? 0); option += 1) {
    if ((model.optionTour[option] ?? 0) === tour && holds(state, location, option)) return option;
  }
  return -1;
}
