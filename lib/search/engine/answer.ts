import type { CityIndex } from './city-index';
import { firstPlaces } from './first-places';
import { FAR, IS_NEAR, IS_OPEN, groundsOf, type Grounds } from './grounds';
import type { EngineAnswer, EngineQuestion, Sort } from './question';
import type { Relevant } from './relevant';
import * as filter from './tally';
import { count, countBits, emptyTallies, namedCounts, type Tallies } from './tally';

/** Documents that pass everything, with what orders look at. */
type Passed = {
  readonly documents: Int32Array;
  readonly steps: Int32Array;
  readonly prices: Int32Array;
  readonly metres: Int32Array;
  count: number;
};

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
  if ((reached & (PASSES | filter.DEPARTMENT)) !== 0) count(tallies.node, grounds.nodeOf[category] ?? -1, document);
  if ((reached & (PASSES | filter.BRAND)) !== 0) count(tallies.brand, index.brandOf.values[document] ?? -1, document);
  const from = index.attributesFrom.values[document] ?? 0;
  const to = from + (index.attributesCount.values[document] ?? 0);
  for (let at = from; at < to; at += 1) {
    const value = index.attributeValues.values[at] ?? 0;
    if ((reached & (PASSES | (grounds.attributeBits[value] ?? 0))) !== 0) count(tallies.attribute, value, document);
  }
}

/**
 * Goes through the documents once. A facet counts what its own values would give, so an offer that fails one filter alone still counts for
 * that filter's facet; one that fails two counts for nothing and is left at once.
 */
function goThrough(index: CityIndex, grounds: Grounds, documents: Int32Array, tallies: Tallies | undefined, passed: Passed): void {
  const { offersFrom, offersCount, offerPlaces, offerPrices, offerConditions } = index;
  for (const document of documents) {
    const node = grounds.nodeOf[index.categoryOf.values[document] ?? 0] ?? -1;
    if (node < 0 || index.isAlive.values[document] !== 1) continue;
    const own = documentMask(index, grounds, document, node);
    if ((own & (own - 1)) !== 0) continue;
    let step = FAR;
    let price = FAR;
    let metres = FAR;
    let reached = 0;
    let whenBits = 0;
    let wayBits = 0;
    let flags = 0;
    const from = offersFrom.values[document] ?? 0;
    const to = from + (offersCount.values[document] ?? 0);
    for (let at = from; at < to; at += 1) {
      const place = offerPlaces.values[at] ?? 0;
      const shop = grounds.shopOf[place] ?? -1;
      const minor = offerPrices.values[at] ?? 0;
      const range = grounds.priceOf(minor);
      const condition = offerConditions.values[at] ?? 0;
      const mask = own | (grounds.placeMask[place] ?? 0) | (grounds.priceMask[range] ?? 0) | (grounds.conditionMask[condition] ?? 0);
      if (shop < 0 || (mask & (mask - 1)) !== 0) continue;
      reached |= mask === 0 ? PASSES : mask;
      if (mask === 0) {
        step = Math.min(step, grounds.stepOf[place] ?? FAR);
        price = Math.min(price, minor);
        metres = Math.min(metres, grounds.metresOf[place] ?? FAR);
      }
      if (tallies === undefined) continue;
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
    if (tallies !== undefined && reached !== 0) {
      countBits(tallies.when, whenBits);
      countBits(tallies.ways, wayBits);
      tallies.open += (flags & IS_OPEN) === 0 ? 0 : 1;
      tallies.near += (flags & IS_NEAR) === 0 ? 0 : 1;
      countDocument(index, grounds, tallies, document, reached);
    }
    if ((reached & PASSES) === 0) continue;
    passed.documents[passed.count] = document;
    passed.steps[passed.count] = step;
    passed.prices[passed.count] = price;
    passed.metres[passed.count] = metres;
    passed.count += 1;
  }
}

type Order = (a: number, b: number) => number;

/** The orders of the ranking page; each ends in the listing's id, so that equal results keep their places on every page and server. */
function orderOf(index: CityIndex, sort: Sort, passed: Passed, relevant: Relevant | undefined): (a: number, b: number) => boolean {
  const { documents, steps, prices, metres } = passed;
  const document = (place: number) => documents[place] ?? 0;
  const ascending =
    (row: Int32Array): Order =>
    (a, b) =>
      (row[a] ?? 0) - (row[b] ?? 0);
  const strength: Order = (a, b) => (relevant?.scores.isStrong[document(b)] ?? 0) - (relevant?.scores.isStrong[document(a)] ?? 0);
  const relevance: Order = (a, b) => (relevant?.scores.relevance[document(b)] ?? 0) - (relevant?.scores.relevance[document(a)] ?? 0);
  const rank = ascending(steps);
  const words: readonly Order[] = relevant === undefined ? [] : [relevance];
  const orders: Readonly<Record<Sort, readonly Order[]>> = {
    tot: [...(relevant === undefined ? [] : [strength]), rank, ...words],
    pres: [ascending(metres), rank, ...words],
    prix: [ascending(prices), rank],
    pertinence: relevant === undefined ? [rank] : [strength, relevance, rank],
  };
  const chosen = orders[sort];
  return (a, b) => {
    for (const order of chosen) {
      const difference = order(a, b);
      if (difference !== 0) return difference < 0;
    }
    return (index.listingIds[document(a)] ?? '') < (index.listingIds[document(b)] ?? '');
  };
}

/** Every document of the categories looked in: a department costs what it holds, not what the city holds. */
function documentsWithin(index: CityIndex, { nodeOf }: Grounds): Int32Array {
  const rows = index.documentsOf.filter((_, category) => (nodeOf[category] ?? -1) >= 0);
  const all = new Int32Array(rows.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const { values, length } of rows) {
    all.set(values.subarray(0, length), from);
    from += length;
  }
  return all;
}

/** Answers a question about an index: the page, the total and all facets, in one walk through what is relevant. */
export function answerQuestion(index: CityIndex, question: EngineQuestion, relevant: Relevant | undefined): EngineAnswer {
  const grounds = groundsOf(index, question);
  const documents = relevant?.documents ?? documentsWithin(index, grounds);
  const size = documents.length;
  const row = () => new Int32Array(size);
  const passed: Passed = { documents: row(), steps: row(), prices: row(), metres: row(), count: 0 };
  const tallies = emptyTallies(index, question, { shops: grounds.names.shopIds.length, nodes: grounds.names.nodes.length });
  goThrough(index, grounds, documents, question.isPageOnly ? undefined : tallies, passed);
  const from = (question.page - 1) * question.pageSize;
  const order = orderOf(index, question.sort, passed, relevant);
  const places = firstPlaces(passed.count, from + question.pageSize, order).slice(from);
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
