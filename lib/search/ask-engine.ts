import type { EngineAnswer, EngineQuestion } from './engine/question';
import type { FacetNode } from './grounds';
import { priceRangeBounds } from './search-query';
import type { SearchEngine } from './search-engine';
import type { SearchQuery } from './views';
import { isNear, type ShopWindow } from './shop-windows';
import { placeKey } from './engine/city-index';
import { LABEL } from './live/labels';

export type ResultsQuestion = {
  readonly query: SearchQuery;
  readonly windows: readonly ShopWindow[];
  /** Every category looked in, with the facet node it counts for; the ones chosen are in `query.departments`. */
  readonly nodes: readonly FacetNode[];
  readonly pageSize: number;
  /** No facets wanted (a shelf, a shop's own page). */
  readonly isPageOnly?: boolean;
  /** A few of the best will do, and nobody reads the total. */
  readonly isGlance?: boolean;
};

const MOST_KEPT = 500;
/** Answers by the windows they were given for: windows are of one second, so the answers are no older, and go with them. */
const keptAnswers = new WeakMap<readonly ShopWindow[], Map<string, Promise<EngineAnswer>>>();

/**
 * Asks an engine, or gives the answer another page was given within the same second: the words a crowd searches, the shelf of the season.
 * `within` names where the nodes of the question come from.
 */
export function askEngine(engine: SearchEngine, question: ResultsQuestion, within: string): Promise<EngineAnswer> {
  const { windows, nodes: _nodes, ...rest } = question;
  const kept = keptAnswers.get(windows) ?? new Map<string, Promise<EngineAnswer>>();
  keptAnswers.set(windows, kept);
  const key = `${within}|${JSON.stringify(rest)}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const answer = engine.answer(engineQuestion(question));
  kept.set(key, answer);
  answer.catch(() => kept.delete(key)); // the next one asks again
  return answer;
}

/** A result page's question as engines take it: what depends on the shopper's place and the hour is already in the windows. */
export function engineQuestion({ query, windows, nodes, pageSize, isPageOnly = false, isGlance = false }: ResultsQuestion): EngineQuestion {
  return {
    text: query.words,
    windows: windows.map((window) => ({
      key: placeKey(window.shopId, window.leadTimeMinutes),
      shopId: window.shopId,
      slug: window.slug,
      rank: window.rank,
      whenBits: window.whenBits,
      wayBits: window.wayBits,
      isOpen: window.isOpen,
      isNear: isNear(window),
      metres: window.metres,
    })),
    nodes,
    filters: {
      shops: query.shops,
      departments: query.departments,
      prices: query.prices,
      brands: query.brands,
      conditions: query.conditions,
      attributes: [...query.attributes, ...(query.labels.length > 0 ? [{ name: LABEL, values: query.labels }] : [])],
      isOpenOnly: query.openNow,
      isNearOnly: query.near,
    },
    priceRanges: priceRangeBounds,
    sort: query.sort,
    page: query.page,
    pageSize,
    isPageOnly,
    isGlance,
  };
}
