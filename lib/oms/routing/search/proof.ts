import type { SearchState } from './search-state';

/** The unscaled value below which no plan under the current decisions can lie, rounded up criterion by criterion, and to what amounts can add up to. */
export function provenValue(state: SearchState, bound: number): number {
  const { model } = state;
  if (bound === Infinity) return Infinity;
  let value = Math.ceil(bound / model.scale);
  if (model.grain > 1) value = Math.ceil(value / model.grain) * model.grain;
  const rest = value - Math.floor(value / model.level) * model.level;
  return rest > model.belowLevel ? value - rest + model.level : value;
}

/** Is every plan under the current decisions at least as dear as the best known? */
export function isPruned(state: SearchState, bound: number): boolean {
  return provenValue(state, bound) * state.model.scale >= state.best;
}
