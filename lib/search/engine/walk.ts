import type { CityIndex } from './city-index';
import { FAR, IS_NEAR, IS_OPEN, type Grounds } from './grounds';
import { MIXED, NOTHING, maskOfLot, type LotGrounds } from './lot-grounds';
import * as filter from './tally';
import { bitsTogether, count, countOnce, type Tallies } from './tally';

/** What an order looks at first, as one number. `step`, `price` and `metres` are the least of the offers that pass. */
export type KeyOf = (document: number, step: number, price: number, metres: number) => number;

/** Documents that pass everything, with what orders look at: first the key, the lower the better, then the step. */
export type Passed = { documents: Int32Array; keys: Float64Array; steps: Int32Array; count: number };

export function emptyPassed(): Passed {
  return { documents: new Int32Array(0), keys: new Float64Array(0), steps: new Int32Array(0), count: 0 };
}

/** Room for so many more. */
export function makeRoom(passed: Passed, more: number): void {
  const room = passed.count + more;
  if (room <= passed.documents.length) return;
  const { documents, keys, steps } = passed;
  passed.documents = new Int32Array(room);
  passed.keys = new Float64Array(room);
  passed.steps = new Int32Array(room);
  passed.documents.set(documents);
  passed.keys.set(keys);
  passed.steps.set(steps);
}

/** Whatever goes through documents: what it reads, and where it counts. */
export type Walk = {
  readonly index: CityIndex;
  readonly grounds: Grounds;
  readonly lots: LotGrounds;
  readonly tallies: Tallies;
  readonly passed: Passed;
  readonly isPageOnly: boolean;
  /** The order looks at prices. */
  readonly isByPrice: boolean;
  readonly keyOf: KeyOf;
};

/** Puts a document among those that pass; there must be room. */
export function pass(passed: Passed, document: number, key: number, step: number): void {
  passed.documents[passed.count] = document;
  passed.keys[passed.count] = key;
  passed.steps[passed.count] = step;
  passed.count += 1;
}

/** The filters a document fails whatever its offers and its lot: brand, attributes. */
function ownMask(index: CityIndex, grounds: Grounds, document: number): number {
  if (grounds.isPlain) return 0;
  let mask = grounds.brandMask(index.brandOf.values[document] ?? -1);
  for (const { bit, values } of grounds.attributeFilters) {
    const from = index.attributesFrom.values[document] ?? 0;
    const to = from + (index.attributesCount.values[document] ?? 0);
    let has = false;
    for (let at = from; at < to; at += 1) has ||= values.has(index.attributeValues.values[at] ?? -1);
    if (!has) mask |= bit;
  }
  return mask;
}

/** Stands for "some offer passes all filters" among the bits of `reached`. */
const PASSES = 1 << 20;

/** Counts brand and attributes. `reached` has the filters that were the only obstacle of some offer. */
function countNamed(index: CityIndex, grounds: Grounds, tallies: Tallies, document: number, reached: number): void {
  if ((reached & (PASSES | filter.BRAND)) !== 0) countOnce(tallies.brand, index.brandOf.values[document] ?? -1);
  const from = index.attributesFrom.values[document] ?? 0;
  const to = from + (index.attributesCount.values[document] ?? 0);
  for (let at = from; at < to; at += 1) {
    const value = index.attributeValues.values[at] ?? 0;
    if ((reached & (PASSES | (grounds.attributeBits[value] ?? 0))) !== 0) countOnce(tallies.attribute, value);
  }
}

/** Adds a document's brand and attributes to the counts `times` over: once, or once less. */
export function countNames(index: CityIndex, tallies: Tallies, document: number, times: 1 | -1): void {
  const brand = index.brandOf.values[document] ?? -1;
  if (brand >= 0) tallies.brand.counts[brand] = (tallies.brand.counts[brand] ?? 0) + times;
  const from = index.attributesFrom.values[document] ?? 0;
  const to = from + (index.attributesCount.values[document] ?? 0);
  for (let at = from; at < to; at += 1) {
    const value = index.attributeValues.values[at] ?? 0;
    tallies.attribute.counts[value] = (tallies.attribute.counts[value] ?? 0) + times;
  }
}

/**
 * A document whose offers fare differently, offer by offer. A facet counts what its own values would give, so an offer that fails one filter
 * alone still counts for that filter's facet; one that fails two counts for nothing.
 */
function goThroughOffers({ index, grounds, tallies, passed, isPageOnly, keyOf }: Walk, document: number, own: number): void {
  const { shopOf, stepOf, metresOf, placeMask, priceMask, conditionMask } = grounds;
  const node = grounds.nodeOf[index.categoryOf.values[document] ?? 0] ?? -1;
  const whole = own | (grounds.nodeMask[node] ?? 0);
  let [step, price, metres] = [FAR, FAR, FAR];
  let [reached, whenBits, wayBits, flags] = [0, 0, 0, 0];
  const from = index.offersFrom.values[document] ?? 0;
  const to = from + (index.offersCount.values[document] ?? 0);
  for (let at = from; at < to; at += 1) {
    const place = index.offerPlaces.values[at] ?? 0;
    const shop = shopOf[place] ?? -1;
    if (shop < 0) continue;
    const minor = index.offerPrices.values[at] ?? 0;
    const range = grounds.priceOf(minor);
    const condition = index.offerConditions.values[at] ?? 0;
    const mask = whole | (placeMask[place] ?? 0) | (priceMask[range] ?? 0) | (conditionMask[condition] ?? 0);
    if ((mask & (mask - 1)) !== 0) continue;
    reached |= mask === 0 ? PASSES : mask;
    if (mask === 0) {
      step = Math.min(step, stepOf[place] ?? FAR);
      price = Math.min(price, minor);
      metres = Math.min(metres, metresOf[place] ?? FAR);
    }
    if (isPageOnly) continue;
    if (mask === 0) count(tallies.all, shop, document);
    if ((mask & ~filter.WINDOW) === 0) {
      whenBits |= grounds.whenBits[place] ?? 0;
      wayBits |= grounds.wayBits[place] ?? 0;
    }
    if ((mask & ~filter.SHOP) === 0) count(tallies.shop, shop, document);
    if ((mask & ~filter.PRICE) === 0) count(tallies.price, range, document);
    if ((mask & ~filter.CONDITION) === 0) count(tallies.condition, condition, document);
    if ((mask & ~filter.OPEN) === 0) flags |= (grounds.flags[place] ?? 0) & IS_OPEN;
    if ((mask & ~filter.NEAR) === 0) flags |= (grounds.flags[place] ?? 0) & IS_NEAR;
  }
  if (reached !== 0 && !isPageOnly) {
    const together = bitsTogether(whenBits, wayBits, flags);
    tallies.together[together] = (tallies.together[together] ?? 0) + 1;
    if ((reached & (PASSES | filter.DEPARTMENT)) !== 0) countOnce(tallies.node, node);
    countNamed(index, grounds, tallies, document, reached);
  }
  if ((reached & PASSES) !== 0) pass(passed, document, keyOf(document, step, price, metres), step);
}

/** The least price of a document's offers. */
function leastPrice({ offersFrom, offersCount, offerPrices }: CityIndex, document: number): number {
  const from = offersFrom.values[document] ?? 0;
  const to = from + (offersCount.values[document] ?? 0);
  let least = FAR;
  for (let at = from; at < to; at += 1) least = Math.min(least, offerPrices.values[at] ?? FAR);
  return least;
}

/** Goes through the documents once; what their lot already answers is counted by lot, prices and conditions by profile. */
export function goThrough(walk: Walk, documents: Int32Array): void {
  const { index, grounds, lots, tallies, passed, isPageOnly, isByPrice, keyOf } = walk;
  const { isPlain, hasOfferFilter, profileMasks } = grounds;
  const profiled = tallies.profile;
  const lotOf = index.lots.lotOf.values;
  const profileOf = index.lots.profileOf.values;
  const offersCount = index.offersCount.values;
  makeRoom(passed, documents.length);
  for (const document of documents) {
    const lot = lotOf[document] ?? -1;
    if (lot < 0) continue;
    const ofLot = maskOfLot(index, grounds, lots, lot);
    if (ofLot === NOTHING) continue;
    const own = isPlain ? 0 : ownMask(index, grounds, document);
    if (ofLot === MIXED || (hasOfferFilter && offersCount[document] !== 1)) {
      if ((own & (own - 1)) === 0) goThroughOffers(walk, document, own);
      continue;
    }
    const profile = profileOf[document] ?? 0;
    const mask = ofLot | own | (profileMasks[profile] ?? 0);
    if ((mask & (mask - 1)) !== 0) continue;
    if (mask === 0) {
      const step = lots.steps[lot] ?? FAR;
      lots.passing[lot] = (lots.passing[lot] ?? 0) + 1;
      pass(passed, document, keyOf(document, step, isByPrice ? leastPrice(index, document) : FAR, lots.metres[lot] ?? FAR), step);
      if (isPageOnly) continue;
      profiled[profile] = (profiled[profile] ?? 0) + 1;
      countNames(index, tallies, document, 1);
    } else if (mask === ofLot) lots.hindered[lot] = (lots.hindered[lot] ?? 0) + 1;
    else if (!isPageOnly) goThroughOffers(walk, document, own);
  }
}
