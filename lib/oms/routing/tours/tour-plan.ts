import { cheapestOption } from '../search/loads';
import type { SearchState } from '../search/search-state';
import { pathLength } from './path-length';
import { distance } from './ride';

/** Base and path of a tour; Infinity when its stops or load are too many, −1 when nobody rides. Per-stop cost is part of each option. */
export function tourCost(state: SearchState, options: Int32Array, tour: number): number {
  const { model, loads } = state;
  const stops: number[] = [];
  for (let index = 0; index < loads.usedCount; index += 1) {
    const location = loads.used[index] ?? 0;
    const option = options[location] ?? -1;
    if (option >= 0 && (model.optionTour[option] ?? 0) === tour) stops.push(location);
  }
  return stops.length === 0 ? -1 : costOf(state, tour, stops);
}

function costOf(state: SearchState, tour: number, stops: readonly number[]): number {
  const { model, loads } = state;
  if (stops.length > (model.tourStops[tour] ?? 0)) return Infinity;
  let grams = 0;
  let cm3 = 0;
  for (const stop of stops) {
    grams += loads.grams[stop] ?? 0;
    cm3 += loads.cm3[stop] ?? 0;
  }
  if (grams > (model.tourGrams[tour] ?? 0) || cm3 > (model.tourCm3[tour] ?? 0)) return Infinity;
  return (model.tourBase[tour] ?? 0) + (model.tourLength[tour] ?? 0) * pathLength(state, stops);
}

type Joiner = { readonly location: number; readonly byTour: number; readonly saving: number };

/** Lets locations join a tour where that saves: first whoever cannot do without, then whoever saves most; then lets go who does not pay. */
export function assignTours(state: SearchState, options: Int32Array, tour: number): void {
  const { model, loads } = state;
  const joining: Joiner[] = [];
  for (let index = 0; index < loads.usedCount; index += 1) {
    const location = loads.used[index] ?? 0;
    const byTour = cheapestOption(state, location, tour);
    if (byTour < 0) continue;
    const alone = options[location] ?? -1;
    // Who has no other way saves the cost of a unit unserved: more than any plan.
    const saving = alone < 0 ? model.missingCost : (model.optionFixed[alone] ?? 0) - (model.optionFixed[byTour] ?? 0);
    if (saving > 0) joining.push({ location, byTour, saving });
  }
  if (joining.length === 0) return;
  joining.sort((a, b) => b.saving - a.saving || a.location - b.location);
  let members = joining.slice(0, model.tourStops[tour] ?? 0);
  let worth = worthOf(state, tour, members);
  for (let index = members.length - 1; index >= 0; index -= 1) {
    const without = members.filter((_, other) => other !== index);
    const less = worthOf(state, tour, without);
    if (less < worth) continue;
    members = without;
    worth = less;
  }
  if (joining.length > members.length) members = swapIn(state, tour, members, joining);
  for (const member of members) options[member.location] = member.byTour;
}

/** Lets others take a seat or a free one where that is worth more. */
function swapIn(state: SearchState, tour: number, members: readonly Joiner[], joining: readonly Joiner[]): Joiner[] {
  const { model } = state;
  const perUnit = model.tourLength[tour] ?? 0;
  let best = [...members];
  let worth = worthOf(state, tour, best);
  for (const joiner of joining) {
    if (best.includes(joiner)) continue;
    let better: Joiner[] | undefined;
    const away = distance(model, joiner.location, -1);
    const seats = best.length < (model.tourStops[tour] ?? 0) ? best.length + 1 : best.length;
    for (let seat = 0; seat < seats; seat += 1) {
      const others = best.filter((_, index) => index !== seat);
      // A path is not shorter than through the others alone, nor than the way to the joiner: often that settles it.
      const length = Math.max(
        away,
        pathLength(
          state,
          others.map(({ location }) => location),
        ),
      );
      let saved = joiner.saving;
      for (const other of others) saved += other.saving;
      if (saved - (model.tourBase[tour] ?? 0) - perUnit * length <= worth) continue;
      const changed = [...others, joiner];
      const changedWorth = worthOf(state, tour, changed);
      if (changedWorth <= worth) continue;
      worth = changedWorth;
      better = changed;
    }
    if (better) best = better;
  }
  return best;
}

function worthOf(state: SearchState, tour: number, members: readonly Joiner[]): number {
  if (members.length === 0) return 0;
  let saved = 0;
  const stops: number[] = [];
  for (const member of members) {
    saved += member.saving;
    stops.push(member.location);
  }
  return saved - costOf(state, tour, stops);
}
