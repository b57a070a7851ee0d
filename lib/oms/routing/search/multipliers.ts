import { evaluateBound } from './bound';
import { searchNearby, tryLocations } from './improve';
import { takenLocations } from './plan';
import { isPruned } from './proof';
import type { SearchState } from './search-state';

/** Starts every line's price at its cheapest offer, which no bound is below. */
export function resetPrices(state: SearchState): void {
  const { model, price } = state;
  for (let line = 0; line < model.lineCount; line += 1) {
    const cheapest = model.lineOffers[model.lineStart[line] ?? 0] ?? 0;
    price[line] = (model.lineStart[line] ?? 0) === (model.lineStart[line + 1] ?? 0) ? model.missingCost : (model.offerCost[cheapest] ?? 0);
  }
  state.sourcePrice = 0;
  state.parcelPrice = 0;
}

/**
 * Raises prices in turn, each to the next point where a location begins to pay or to the next dearer offer, until none can rise.
 * Exact for locations without capacities; a good start for the others. Source: Erlenkotter's dual ascent (1978).
 */
export function ascend(state: SearchState, sweeps: number): void {
  const { model, price } = state;
  evaluateBound(state);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    let hasRisen = false;
    for (let line = 0; line < model.lineCount; line += 1) {
      const from = price[line] ?? 0;
      const to = Math.min(nextOfferCost(state, line, from), restingPrice(state, line), model.missingCost);
      if (to <= from) continue;
      setPrice(state, line, to);
      hasRisen = true;
    }
    if (!hasRisen) return;
  }
}

/** One pass of exact coordinate ascent, up and down, over all lines. */
export function polish(state: SearchState): void {
  for (let line = 0; line < state.model.lineCount; line += 1) {
    const to = Math.min(restingPrice(state, line), state.model.missingCost);
    if (to !== (state.price[line] ?? 0)) setPrice(state, line, to);
  }
}

/** The next dearer offer of a line above a price; the cost of missing when there is none. */
function nextOfferCost(state: SearchState, line: number, above: number): number {
  const { model } = state;
  for (let at = state.lineStart[line] ?? 0; at < (state.lineStart[line + 1] ?? 0); at += 1) {
    const cost = model.offerCost[state.lineOffers[at] ?? 0] ?? 0;
    if (cost > above) return cost;
  }
  return model.missingCost;
}

/**
 * The price at which the bound is greatest when all other prices rest: where the units of the locations that then pay first reach
 * what is wanted.
 */
function restingPrice(state: SearchState, line: number): number {
  const { model, price, locationValue } = state;
  const now = price[line] ?? 0;
  const wanted = model.qty[line] ?? 0;
  let covered = 0;
  let reached = -1;
  while (covered < wanted) {
    let next = Infinity;
    let units = 0;
    for (let at = state.lineStart[line] ?? 0; at < (state.lineStart[line + 1] ?? 0); at += 1) {
      const offer = state.lineOffers[at] ?? 0;
      const cost = model.offerCost[offer] ?? 0;
      if (cost > next) break;
      const location = model.offerLocation[offer] ?? 0;
      const value = locationValue[location] ?? 0;
      if (value === Infinity) continue;
      const count = model.offerUnits[offer] ?? 0;
      const slack = state.mustUse[location] === 1 ? 0 : Math.max(0, value + count * Math.max(0, now - cost));
      const pays = slack === 0 ? cost : cost + Math.ceil(slack / count);
      if (pays <= reached || pays > next) continue;
      if (pays < next) units = 0;
      next = pays;
      units += count;
    }
    if (next === Infinity) return model.missingCost;
    reached = next;
    covered += units;
  }
  return reached;
}

/** Changes a price and what locations are worth at it, as if they had no capacities. */
function setPrice(state: SearchState, line: number, to: number): void {
  const { model, price, locationValue } = state;
  const from = price[line] ?? 0;
  for (let at = state.lineStart[line] ?? 0; at < (state.lineStart[line + 1] ?? 0); at += 1) {
    const offer = state.lineOffers[at] ?? 0;
    const cost = model.offerCost[offer] ?? 0;
    if (cost >= from && cost >= to) break;
    const change = (model.offerUnits[offer] ?? 0) * (Math.max(0, from - cost) - Math.max(0, to - cost));
    const location = model.offerLocation[offer] ?? 0;
    locationValue[location] = (locationValue[location] ?? 0) + change;
  }
  price[line] = to;
}

/** Multipliers worth keeping. */
export type Prices = { readonly price: Float64Array; readonly load: Float64Array; source: number; parcel: number; bound: number };

/** Remembers the state's multipliers and their bound. */
export function savePrices(state: SearchState, into: Prices): void {
  into.price.set(state.price);
  into.load.set(state.loadPrice);
  into.source = state.sourcePrice;
  into.parcel = state.parcelPrice;
  into.bound = state.bound;
}

/** Puts remembered multipliers back; evaluate again before reading anything else. */
export function loadPrices(state: SearchState, from: Prices): void {
  state.price.set(from.price);
  state.loadPrice.set(from.load);
  state.sourcePrice = from.source;
  state.parcelPrice = from.parcel;
}

/**
 * Improves the multipliers by subgradient steps and leaves the best ones evaluated.
 *
 * Guarantees: never worse than what it started from; stops as soon as the bound proves that nothing better remains.
 * Source: Held, Wolfe & Crowder (1974), with Polyak's step towards the best known value.
 */
export function refine(state: SearchState, best: Prices, { steps, tryEvery }: { steps: number; tryEvery: number }): void {
  const { model, price } = state;
  let pace = 1;
  let stale = 0;
  evaluateBound(state);
  savePrices(state, best);
  for (let step = 0; step < steps && !isPruned(state, best.bound); step += 1) {
    const target = Math.min(state.best, best.bound + Math.max(model.scale, Math.abs(best.bound) * 0.3));
    const length = stepLength(state, (target - state.bound) * pace);
    if (length === 0) break;
    for (let line = 0; line < model.lineCount; line += 1) {
      const moved = Math.floor((price[line] ?? 0) + length * ((model.qty[line] ?? 0) - (state.served[line] ?? 0)));
      price[line] = Math.min(model.missingCost, Math.max(0, moved));
    }
    if (model.maxSources < Infinity)
      state.sourcePrice = limitPrice(state, state.sourcePrice, { length, used: state.usedSources, most: model.maxSources });
    if (model.maxParcels < Infinity)
      state.parcelPrice = limitPrice(state, state.parcelPrice, { length, used: state.usedParcels, most: model.maxParcels });
    if (model.hasLoadLimits) moveLoadPrices(state, length);
    evaluateBound(state);
    if (state.bound > best.bound) {
      savePrices(state, best);
      stale = 0;
    } else if ((stale += 1) >= 10) {
      stale = 0;
      pace *= 0.7;
    }
    if (tryEvery > 0 && step % tryEvery === tryEvery - 1) tryTaken(state);
  }
  loadPrices(state, best);
  evaluateBound(state);
}

/** The next price of a limited count: never so high that the price of all that is allowed would leave the exact numbers. */
function limitPrice(state: SearchState, price: number, { length, used, most }: { length: number; used: number; most: number }): number {
  return Math.min(Math.floor(state.model.missingCost / (most + 1)), Math.max(0, Math.floor(price + length * (used - most))));
}

/** Tries the plan of the locations that pay at the present prices; where tours have few seats, it seldom serves all and is completed. */
function tryTaken(state: SearchState): void {
  const { draft, isOpen } = state.trial;
  takenLocations(state, isOpen);
  if (state.model.tourCount > 0) searchNearby(state, isOpen, { rounds: 0, bound: -Infinity });
  else tryLocations(state, isOpen, draft);
}

/** Polyak's step for a gap, over the square of the subgradient; zero when every constraint holds. */
function stepLength(state: SearchState, gap: number): number {
  const { model } = state;
  let square = 0;
  for (let line = 0; line < model.lineCount; line += 1) square += ((model.qty[line] ?? 0) - (state.served[line] ?? 0)) ** 2;
  if (model.maxSources < Infinity && (state.usedSources > model.maxSources || state.sourcePrice > 0))
    square += (state.usedSources - model.maxSources) ** 2;
  if (model.maxParcels < Infinity && (state.usedParcels > model.maxParcels || state.parcelPrice > 0))
    square += (state.usedParcels - model.maxParcels) ** 2;
  for (let at = 0; model.hasLoadLimits && at < state.loadPrice.length; at += 1) square += overload(state, at) ** 2;
  return square === 0 ? 0 : gap / square;
}

/** By how much a tour is overloaded, as a share of what it holds: of the size of the other subgradients. Zero where it is free anyway. */
function overload(state: SearchState, at: number): number {
  const { model, loadPrice, tourLoad } = state;
  const most = (at % 2 === 0 ? model.tourGrams[at >> 1] : model.tourCm3[at >> 1]) ?? Infinity;
  if (most === Infinity || most === 0 || !state.tours[at >> 1]?.isRidden) return 0;
  const over = (tourLoad[at] ?? 0) - most;
  return over > 0 || (loadPrice[at] ?? 0) > 0 ? (model.lineCount * over) / most : 0;
}

function moveLoadPrices(state: SearchState, length: number): void {
  const { model, loadPrice } = state;
  const moves = Array.from(loadPrice, (_, at) => overload(state, at));
  moves.forEach((over, at) => {
    if (over === 0) return;
    const most = (at % 2 === 0 ? model.tourGrams[at >> 1] : model.tourCm3[at >> 1]) ?? Infinity;
    const moved = Math.floor((loadPrice[at] ?? 0) + (length * over * model.lineCount) / most);
    // No more than makes every gram too dear to carry: sums stay exact.
    loadPrice[at] = Math.min(Math.floor(model.missingCost / most), Math.max(0, moved));
  });
}
