import { isIdBefore, type CityIndex } from './city-index';
import { firstPlaces } from './first-places';
import { groundsOf, type Grounds } from './grounds';
import { countLots, emptyLotGrounds } from './lot-grounds';
import type { EngineAnswer, EngineQuestion, Sort } from './question';
import type { Relevant } from './relevant';
import { countProfiles, emptyTallies, namedCounts } from './tally';
import { emptyPassed, goThrough, type KeyOf, type Passed, type Walk } from './walk';
import { documentsOfLots, goThroughLots, isAnsweredByLots } from './whole-lots';

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
    return isIdBefore(index, one, other);
  };
}

/** From this share of the city on, going through all of it in order is cheaper than going from lot to lot. */
const BROAD = 1 / 16;

/** Every document of the categories looked in: a department costs what it holds, not what the city holds. */
function documentsWithin(index: CityIndex, { nodeOf }: Grounds): Int32Array {
  const size = index.lots.counts.reduce((sum, { documents }, category) => sum + ((nodeOf[category] ?? -1) < 0 ? 0 : documents), 0);
  if (size > BROAD * index.listingIds.length) return Int32Array.from({ length: index.listingIds.length }, (_, document) => document);
  return documentsOfLots(
    index,
    index.lots.byCategory.flatMap((numbers, category) => ((nodeOf[category] ?? -1) < 0 ? [] : numbers)),
  );
}

/** Goes through what may be shown and gives how many pass; what may be among the first `most` of them is in `walk.passed` then. */
function goThroughAll(walk: Walk, relevant: Relevant | undefined, most: number): number {
  const { index, grounds, passed } = walk;
  if (relevant === undefined && isAnsweredByLots(grounds)) return goThroughLots(walk, most);
  goThrough(walk, relevant?.documents ?? documentsWithin(index, grounds));
  return passed.count;
}

/** Answers a question about an index: the page, the total and all facets, in one walk through what is relevant. */
export function answerQuestion(index: CityIndex, question: EngineQuestion, relevant: Relevant | undefined): EngineAnswer {
  const { sort, isPageOnly } = question;
  const grounds = groundsOf(index, question);
  const lots = emptyLotGrounds(index);
  const passed = emptyPassed();
  const tallies = emptyTallies(index, question, { shops: grounds.names.shopIds.length, nodes: grounds.names.nodes.length });
  const walk: Walk = { index, grounds, lots, tallies, passed, isPageOnly, isByPrice: sort === 'prix', keyOf: keyFor(sort, relevant) };
  const from = (question.page - 1) * question.pageSize;
  const total = goThroughAll(walk, relevant, from + question.pageSize);
  if (!isPageOnly) {
    countLots(index, grounds, lots, tallies);
    countProfiles(tallies, index.priceRanges.length);
  }
  const places = firstPlaces(passed.count, from + question.pageSize, orderOf(index, sort, passed, relevant)).slice(from);
  return {
    total,
    results: places.map((place) => {
      const document = passed.documents[place] ?? 0;
      return {
        listingId: index.listingIds[document] ?? '',
        relevance: relevant?.scores.relevance[document] ?? 0,
        isStrong: relevant?.scores.isStrong[document] === 1,
      };
    }),
    ...namedCounts(index, tallies, { question, total, names: grounds.names }),
    said: relevant?.said,
    isLoose: relevant?.isLoose ?? false,
  };
}
