import { keepIfBetter, newDraft, settle } from './plan';
import type { DraftPlan } from './scratch';
import type { SearchState } from './search-state';
import { sizeOf, unitsWithin } from './location-value';

/** A capacity at a leaf, and which offers take how much of it for each unit. */
type Capacity = { readonly room: number; readonly offers: readonly number[]; readonly sizes: readonly number[]; price: number };

/** Quantities at a leaf, where every location has one option or none. */
type Leaf = {
  readonly chosen: Int32Array;
  readonly capacities: readonly Capacity[];
  /** For each line, its offers at open locations. */
  readonly offersOf: readonly (readonly number[])[];
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Extra cost of one unit of an offer, from the prices of capacities. */
  readonly extra: Float64Array;
  readonly draft: DraftPlan;
  /** Cost of what is open, tours included, whatever is carried. */
  readonly opening: number;
};

/**
 * Finds the best quantities for one option per location, exactly, and keeps the plan when it is the best so far.
 *
 * `opening` is the cost of the open options and tours. Guarantees: complete unless the node budget ends.
 * Capacities get prices; with them every line chooses alone, which is a lower bound; branching on quantities closes what is left.
 */
export function fillLeaf(state: SearchState, chosen: Int32Array, opening: number): void {
  const { model } = state;
  const high = Float64Array.from(model.offerUnits);
  const leaf: Leaf = {
    chosen,
    capacities: capacitiesOf(state, chosen, high),
    offersOf: Array.from({ length: model.lineCount }, (_, line) =>
      [...model.lineOffers.subarray(model.lineStart[line] ?? 0, model.lineStart[line + 1] ?? 0)].filter(
        (offer) => (chosen[model.offerLocation[offer] ?? 0] ?? 0) >= 0,
      ),
    ),
    low: new Float64Array(model.offerLine.length),
    high,
    extra: new Float64Array(model.offerLine.length),
    draft: newDraft(state),
    opening,
  };
  searchLeaf(state, leaf);
}

/** The capacities that can still bind once no offer (`high`) gives more than each of them holds alone. */
function capacitiesOf(state: SearchState, chosen: Int32Array, high: Float64Array): readonly Capacity[] {
  const { model } = state;
  const capacities: Capacity[] = [];
  const add = (room: number, offers: readonly number[], measure: number) => {
    const sizes = offers.map((offer) => sizeOf(state, model.offerLine[offer] ?? 0, measure));
    offers.forEach((offer, index) => (high[offer] = Math.min(high[offer] ?? 0, unitsWithin(state, offer, sizes[index] ?? 0, room))));
    const most = offers.reduce((sum, offer, index) => sum + (high[offer] ?? 0) * (sizes[index] ?? 0), 0);
    if (most > room) capacities.push({ room, offers, sizes, price: 0 });
  };
  const inTour: number[][] = Array.from({ length: model.tourCount }, () => []);
  for (let location = 0; location < model.locationCount; location += 1) {
    const option = chosen[location] ?? 0;
    if (option < 0) continue;
    const offers = Array.from(
      { length: (model.offerStart[location + 1] ?? 0) - (model.offerStart[location] ?? 0) },
      (_, index) => (model.offerStart[location] ?? 0) + index,
    );
    add(model.optionUnits[option] ?? 0, offers, 0);
    add(model.optionGrams[option] ?? 0, offers, 1);
    add(model.optionCm3[option] ?? 0, offers, 2);
    inTour[model.optionTour[option] ?? 0]?.push(...offers);
  }
  inTour.forEach((offers, tour) => {
    add(model.tourGrams[tour] ?? 0, offers, 1);
    add(model.tourCm3[tour] ?? 0, offers, 2);
  });
  return capacities;
}

const PRICE_STEPS = 24;

function searchLeaf(state: SearchState, leaf: Leaf): void {
  state.nodes += 1;
  if (state.nodes > state.maxNodes) {
    state.isOut = true;
    return;
  }
  let pace = 1;
  let bestBound = -Infinity;
  for (let step = 0; step < PRICE_STEPS; step += 1) {
    const bound = chooseQuantities(state, leaf);
    if (bound >= state.best) return;
    if (bound <= bestBound) pace /= 2;
    bestBound = Math.max(bestBound, bound);
    const usage = leaf.capacities.map((capacity) => usageOf(leaf, capacity));
    const isWithin = usage.every((used, index) => used <= (leaf.capacities[index]?.room ?? 0));
    if (isWithin) {
      keepIfBetter(state, leaf.draft, settle(state, leaf.draft, leaf.chosen));
      if (usage.every((used, index) => leaf.capacities[index]?.price === 0 || used === leaf.capacities[index]?.room)) break;
    }
    if (!movePrices(state, leaf, usage, pace * (state.best - bound))) break;
  }
  branchLeaf(state, leaf);
}

/** Prices of capacities move towards what is overfull; false when nothing moved. */
function movePrices(state: SearchState, leaf: Leaf, usage: readonly number[], gap: number): boolean {
  const excess = leaf.capacities.map(({ room, price }, index) => {
    const over = (usage[index] ?? 0) - room;
    return over > 0 || price > 0 ? over / Math.max(1, room) : 0;
  });
  const square = excess.reduce((sum, over) => sum + over * over, 0);
  if (square === 0) return false;
  let hasMoved = false;
  leaf.capacities.forEach((capacity, index) => {
    const to = Math.max(0, Math.round(capacity.price + ((gap / square) * (excess[index] ?? 0)) / Math.max(1, capacity.room)));
    if (to !== capacity.price) hasMoved = true;
    capacity.price = to;
  });
  chargeCapacities(leaf);
  return hasMoved;
}

/** Charges every unit for the capacities it takes. */
function chargeCapacities(leaf: Leaf): void {
  leaf.extra.fill(0);
  for (const capacity of leaf.capacities) {
    capacity.offers.forEach(
      (offer, index) => (leaf.extra[offer] = (leaf.extra[offer] ?? 0) + capacity.price * (capacity.sizes[index] ?? 0)),
    );
  }
}

function usageOf(leaf: Leaf, capacity: Capacity): number {
  return capacity.offers.reduce((sum, offer, index) => sum + (leaf.draft.units[offer] ?? 0) * (capacity.sizes[index] ?? 0), 0);
}

/** Every line takes its cheapest units at the present prices. Returns the bound: a lower limit on every filling of this leaf. */
function chooseQuantities(state: SearchState, leaf: Leaf): number {
  const { model } = state;
  leaf.draft.units.fill(0);
  leaf.draft.missing = 0;
  let bound = leaf.opening;
  for (const capacity of leaf.capacities) bound -= capacity.price * capacity.room;
  for (let line = 0; line < model.lineCount; line += 1) {
    bound += model.isSplit[line] === 1 ? chooseSplit(state, leaf, line) : chooseWhole(state, leaf, line);
    if (bound === Infinity) return Infinity;
  }
  return bound;
}

function unitCost(state: SearchState, leaf: Leaf, offer: number): number {
  return (state.model.offerCost[offer] ?? 0) + (leaf.extra[offer] ?? 0);
}

function chooseSplit(state: SearchState, leaf: Leaf, line: number): number {
  const { model } = state;
  const offers = (leaf.offersOf[line] ?? []).toSorted((a, b) => unitCost(state, leaf, a) - unitCost(state, leaf, b) || a - b);
  let left = model.qty[line] ?? 0;
  let cost = 0;
  for (const offer of offers) {
    const low = leaf.low[offer] ?? 0;
    leaf.draft.units[offer] = low;
    left -= low;
    cost += low * unitCost(state, leaf, offer);
  }
  if (left < 0) return Infinity;
  for (const offer of offers) {
    const unit = unitCost(state, leaf, offer);
    if (unit >= model.missingCost) break;
    const more = Math.min(left, (leaf.high[offer] ?? 0) - (leaf.low[offer] ?? 0));
    leaf.draft.units[offer] = (leaf.draft.units[offer] ?? 0) + more;
    left -= more;
    cost += more * unit;
  }
  leaf.draft.missing += left;
  return cost + left * model.missingCost;
}

function chooseWhole(state: SearchState, leaf: Leaf, line: number): number {
  const { model } = state;
  const qty = model.qty[line] ?? 0;
  const offers = leaf.offersOf[line] ?? [];
  const bound = offers.filter((offer) => (leaf.low[offer] ?? 0) > 0);
  if (bound.length > 1) return Infinity;
  let best = -1;
  let cost = bound.length > 0 ? Infinity : qty * model.missingCost;
  for (const offer of bound.length > 0 ? bound : offers) {
    if ((leaf.high[offer] ?? 0) < qty || qty * unitCost(state, leaf, offer) >= cost) continue;
    best = offer;
    cost = qty * unitCost(state, leaf, offer);
  }
  if (best >= 0) leaf.draft.units[best] = qty;
  else leaf.draft.missing += qty;
  return cost;
}

/** Splits the leaf on a quantity in the most overfull capacity; when none is overfull, on a quantity its prices hold back. */
function branchLeaf(state: SearchState, leaf: Leaf): void {
  if (chooseQuantities(state, leaf) >= state.best) return;
  const overfull = mostOverfull(state, leaf);
  if (overfull === 'infeasible') return;
  const { forced } = state.model;
  if (!overfull && forced >= 0 && isUnused(state, leaf, forced)) {
    branchOnForced(state, leaf, forced);
    return;
  }
  const split = overfull ?? heldBack(state, leaf);
  if (!split) return;
  const { offer, at } = split;
  const [low, high] = [leaf.low[offer] ?? 0, leaf.high[offer] ?? 0];
  const prices = leaf.capacities.map((capacity) => capacity.price);
  leaf.high[offer] = at;
  searchLeaf(state, leaf);
  leaf.high[offer] = high;
  if (state.isOut) return;
  leaf.low[offer] = at + 1;
  leaf.capacities.forEach((capacity, index) => (capacity.price = prices[index] ?? 0));
  chargeCapacities(leaf);
  searchLeaf(state, leaf);
  leaf.low[offer] = low;
}

type Split = { readonly offer: number; readonly at: number };

/** The quantity that takes most of the relatively most overfull capacity, split where the excess would be gone. */
function mostOverfull(state: SearchState, leaf: Leaf): Split | 'infeasible' | undefined {
  let worst = 0;
  let found: Split | undefined;
  for (const capacity of leaf.capacities) {
    const over = usageOf(leaf, capacity) - capacity.room;
    if (over <= 0 || over / (capacity.room + 1) <= worst) continue;
    worst = over / (capacity.room + 1);
    let most = 0;
    capacity.offers.forEach((offer, index) => {
      const size = capacity.sizes[index] ?? 0;
      const units = leaf.draft.units[offer] ?? 0;
      const isSplit = state.model.isSplit[state.model.offerLine[offer] ?? 0] === 1;
      const low = isSplit ? (leaf.low[offer] ?? 0) : (leaf.low[offer] ?? 0) > 0 ? units : 0;
      if ((units - low) * size <= most) return;
      most = (units - low) * size;
      found = { offer, at: isSplit ? Math.max(low, units - Math.ceil(over / size)) : 0 };
    });
    if (most === 0) return 'infeasible'; // overfull by what must be carried
  }
  return found;
}

/** A quantity that is still open in a capacity with a price; undefined when the prices explain nothing any more. */
function heldBack(state: SearchState, leaf: Leaf): Split | undefined {
  for (const capacity of leaf.capacities) {
    if (capacity.price === 0) continue;
    for (const offer of capacity.offers) {
      const [low, high] = [leaf.low[offer] ?? 0, leaf.high[offer] ?? 0];
      const units = leaf.draft.units[offer] ?? 0;
      if (state.model.isSplit[state.model.offerLine[offer] ?? 0] === 0) {
        if (low === 0 && high > 0) return { offer, at: 0 };
      } else if (low < high) return { offer, at: units < high ? units : units - 1 };
    }
  }
  return undefined;
}

function isUnused(state: SearchState, leaf: Leaf, location: number): boolean {
  const { offerStart } = state.model;
  return leaf.draft.units.subarray(offerStart[location] ?? 0, offerStart[location + 1] ?? 0).every((units) => units === 0);
}

/** A location every plan must use carries at least one unit of one of its offers: tries each. */
function branchOnForced(state: SearchState, leaf: Leaf, location: number): void {
  const { offerStart } = state.model;
  for (let offer = offerStart[location] ?? 0; offer < (offerStart[location + 1] ?? 0) && !state.isOut; offer += 1) {
    if ((leaf.high[offer] ?? 0) === 0 || (leaf.low[offer] ?? 0) > 0) continue;
    leaf.low[offer] = 1;
    searchLeaf(state, leaf);
    leaf.low[offer] = 0;
  }
}
