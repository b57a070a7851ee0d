import type { CityIndex } from './city-index';
import { firstPlaces } from './first-places';
import { FAR, IS_NEAR, IS_OPEN, groundsOf, type Grounds } from './grounds';
import type { EngineAnswer, EngineQuestion, Sort } from './question';
import type { Relevant } from './relevant';
import * as filter from './tally';
import { bitsTogether, count, countOnce, emptyTallies, namedCounts, type Tallies } from './tally';

/** Documents that pass everything, with what orders look at: first the key, the lower the better, then the step. */
type Passed = {
  readonly documents: Int32Array;
  readonly keys: Float64Array;
  readonly steps: Int32Array;
  count: number;
};

/** What an order looks at first, as one number. `step`, `price` and `metres` are the least of the offers that pass. */
type KeyOf = (document: number, step: number, price: number, metres: number) => number;

/** The filters a document fails whatever its offers: department, brand, attributes. */
function documentMask(index: CityIndex, grounds: Grounds, document: number, node: number): number {
  if (grounds.isPlain) return grounds.nodeMask[node] ?? 0;
  let mask = (grounds.nodeMask[node] ?? 0) | grounds.brandMask(index.brandOf.values[document] ?? -1);
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

/** Counts what is the same for all offers of a document. `reached` has the filters that were the only obstacle of some offer. */
function countDocument(index: CityIndex, grounds: Grounds, tallies: Tallies, document: number, reached: number): void {
  const category = index.categoryOf.values[document] ?? 0;
  if ((reached & (PASSES | filter.DEPARTMENT)) !== 0) countOnce(tallies.node, grounds.nodeOf[category] ?? -1);
  if ((reached & (PASSES | filter.BRAND)) !== 0) countOnce(tallies.brand, index.brandOf.values[document] ?? -1);
  const from = index.attributesFrom.values[document] ?? 0;
  const to = from + (index.attributesCount.values[document] ?? 0);
  for (let at = from; at < to; at += 1) {
    const value = index.attributeValues.values[at] ?? 0;
    if ((reached & (PASSES | (grounds.attributeBits[value] ?? 0))) !== 0) count(tallies.attribute, value, document);
  }
}

/** The arrays themselves: they are read half a million times a question. */
function columnsOf({ isAlive, categoryOf, offersFrom, offersCount, offerPlaces, offerPrices, offerConditions }: CityIndex) {
  return {
    isAlive: isAlive.values,
    categoryOf: categoryOf.values,
    offersFrom: offersFrom.values,
    offersCount: offersCount.values,
    offerPlaces: offerPlaces.values,
    offerPrices: offerPrices.values,
    offerConditions: offerConditions.values,
  };
}

type Walk = {
  readonly index: CityIndex;
  readonly grounds: Grounds;
  readonly documents: Int32Array;
  readonly tallies: Tallies;
  readonly isPageOnly: boolean;
  readonly keyOf: KeyOf;
};

/**
 * Goes through the documents once. A facet counts what its own values would give, so an offer that fails one filter alone still counts for
 * that filter's facet; one that fails two counts for nothing and is left at once.
 */
function goThrough({ index, grounds, documents, tallies, isPageOnly, keyOf }: Walk, passed: Passed): void {
  const { isAlive, categoryOf, offersFrom, offersCount, offerPlaces, offerPrices, offerConditions } = columnsOf(index);
  const { nodeOf, shopOf, stepOf, metresOf, placeMask, priceMask, conditionMask, priceOf } = grounds;
  for (const document of documents) {
    const node = nodeOf[categoryOf[document] ?? 0] ?? -1;
    if (node < 0 || isAlive[document] !== 1) continue;
    const own = documentMask(index, grounds, document, node);
    if ((own & (own - 1)) !== 0) continue;
    let step = FAR;
    let price = FAR;
    let metres = FAR;
    let reached = 0;
    let whenBits = 0;
    let wayBits = 0;
    let flags = 0;
    const from = offersFrom[document] ?? 0;
    const to = from + (offersCount[document] ?? 0);
    for (let at = from; at < to; at += 1) {
      const place = offerPlaces[at] ?? 0;
      const shop = shopOf[place] ?? -1;
      if (shop < 0) continue;
      const minor = offerPrices[at] ?? 0;
      const range = priceOf(minor);
      const condition = offerConditions[at] ?? 0;
      const mask = own | (placeMask[place] ?? 0) | (priceMask[range] ?? 0) | (conditionMask[condition] ?? 0);
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
    if (reached === 0) continue;
    if (!isPageOnly) {
      const together = bitsTogether(whenBits, wayBits, flags);
      tallies.together[together] = (tallies.together[together] ?? 0) + 1;
      countDocument(index, grounds, tallies, document, reached);
    }
    if ((reached & PASSES) === 0) continue;
    passed.documents[passed.count] = document;
    passed.keys[passed.count] = keyOf(document, step, price, metres);
    passed.steps[passed.count] = step;
    passed.count += 1;
  }
}

/** What an answer that is not strong stands behind: more than any step, and more than any relevance. */
const BEHIND_STEPS = 2 ** 32;
const BEHIND_RELEVANCE = 2 ** 10;

/** What the orders of the ranking page look at first. */
function keyFor(sort: Sort, relevant: Relevant | undefined): KeyOf {
  const scores = relevant?.scores;
  const isWeak = (document: number) => scores !== undefined && scores.isStrong[document] !== 1;
  const keys: Readonly<Record<Sort, KeyOf>> = {
    tot: (document, step) => (isWeak(document) ? BEHIND_STEPS : 0) + step,
    pres: (_, _step, _price, metres) => metres,
    prix: (_, _step, price) => price,
    pertinence: (document, step) =>
      scores === undefined ? step : (isWeak(document) ? BEHIND_RELEVANCE : 0) - (scores.relevance[document] ?? 0),
  };
  return keys[sort];
}

/**
 * The orders of the ranking page: after the key the earliest promise, then relevance where words were asked and the price was not, in the
 * end the listing's id, so that equal results keep their places on every page and server.
 */
function orderOf(index: CityIndex, sort: Sort, passed: Passed, relevant: Relevant | undefined): (a: number, b: number) => boolean {
  const { documents, keys, steps } = passed;
  const relevance = sort === 'prix' ? undefined : relevant?.scores.relevance;
  return (a, b) => {
    const byKey = (keys[a] ?? 0) - (keys[b] ?? 0);
    if (byKey !== 0) return byKey < 0;
    const byStep = (steps[a] ?? 0) - (steps[b] ?? 0);
    if (byStep !== 0) return byStep < 0;
    const [one, other] = [documents[a] ?? 0, documents[b] ?? 0];
    const byRelevance = relevance === undefined ? 0 : (relevance[other] ?? 0) - (relevance[one] ?? 0);
    if (byRelevance !== 0) return byRelevance < 0;
    if (one < index.inOrder && other < index.inOrder) return one < other;
    return (index.listingIds[one] ?? '') < (index.listingIds[other] ?? '');
  };
}

/** From this share of the city on, going through all of it in order is cheaper than going from category to category. */
const BROAD = 1 / 16;

/** Every document of the categories looked in: a department costs what it holds, not what the city holds. */
function documentsWithin(index: CityIndex, { nodeOf }: Grounds): Int32Array {
  const rows = index.documentsOf.filter((_, category) => (nodeOf[category] ?? -1) >= 0);
  const size = rows.reduce((sum, { length }) => sum + length, 0);
  const all = new Int32Array(size);
  let from = 0;
  if (rows.length > 1 && size > BROAD * index.listingIds.length) {
    const categoryOf = index.categoryOf.values;
    for (let document = 0; document < index.listingIds.length; document += 1) {
      if ((nodeOf[categoryOf[document] ?? 0] ?? -1) < 0) continue;
      all[from] = document;
      from += 1;
    }
    return all;
  }
  for (const { values, length } of rows) {
    all.set(values.subarray(0, length), from);
    from += length;
  }
  return all;
}

/** Answers a question about an index: the page, the total and all facets, in one walk through what is relevant. */
export function answerQuestion(index: CityIndex, question: EngineQuestion, relevant: Relevant | undefined): EngineAnswer {
  const { sort, isPageOnly } = question;
  const grounds = groundsOf(index, question);
  const documents = relevant?.documents ?? documentsWithin(index, grounds);
  const size = documents.length;
  const passed: Passed = { documents: new Int32Array(size), keys: new Float64Array(size), steps: new Int32Array(size), count: 0 };
  const tallies = emptyTallies(index, question, { shops: grounds.names.shopIds.length, nodes: grounds.names.nodes.length });
  goThrough({ index, grounds, documents, tallies, isPageOnly, keyOf: keyFor(sort, relevant) }, passed);
  const from = (question.page - 1) * question.pageSize;
  const places = firstPlaces(passed.count, from + question.pageSize, orderOf(index, sort, passed, relevant)).slice(from);
  return {
    total: passed.count,
    results: places.map((place) => {
      const document = passed.documents[place] ?? 0;
      return {
        listingId: index.listingIds[document] ?? '',
        relevance: relevant?.scores.relevance[document] ?? 0,
        isStrong: relevant?.scores.isStrong[document] === 1,
      };
    }),
    ...namedCounts(index, tallies, { question, total: passed.count, names: grounds.names }),
    said: relevant?.said,
    isLoose: relevant?.isLoose ?? false,
  };
}
