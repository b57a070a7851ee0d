import { answerQuestion } from './engine/answer';
import { emptyCityIndex, placeKey, putListing } from './engine/city-index';
import { noFilters, type EngineQuestion, type EngineResult } from './engine/question';
import { emptyWorkplace, findRelevant, warmUp } from './engine/relevant';
import { compileSynonyms, parseSynonym } from './engine/synonyms';
import { relevanceWeights } from './ranking';
import { priceRangeBounds } from './search-query';
import { defaultSynonyms } from './text/default-synonyms';

/** An index of its own with nothing but titles in it: for measuring how well queries are answered. */
export type ScratchIndex = {
  readonly size: number;
  /** The best for a query, best first, strong answers before others. */
  answer(query: string, most: number): readonly EngineResult[];
};

const place = placeKey('scratch', 0);
const CATEGORY = 'everything';

/** Indexes titles by the storefront's own code, and answers by it: one shop, always open, that has one of each. */
export function openScratchIndex(titles: Iterable<{ readonly id: string; readonly title: string }>): ScratchIndex {
  const index = emptyCityIndex(priceRangeBounds);
  for (const { id, title } of titles) {
    putListing(index, {
      listingId: id,
      categoryId: CATEGORY,
      text: { title, brand: '', department: '', properties: '' },
      brand: undefined,
      attributes: [],
      offers: [{ place, priceMinor: 100, condition: 'new' }],
    });
  }
  const workplace = emptyWorkplace();
  const synonyms = compileSynonyms(defaultSynonyms.flatMap((line) => parseSynonym(line) ?? []));
  const ask: Omit<EngineQuestion, 'text' | 'pageSize'> = {
    windows: [
      { key: place, shopId: 'scratch', slug: 'scratch', rank: 0, whenBits: 1, wayBits: 1, isOpen: true, isNear: true, metres: undefined },
    ],
    nodes: [{ categoryId: CATEGORY, node: CATEGORY }],
    filters: noFilters,
    priceRanges: priceRangeBounds,
    sort: 'pertinence',
    page: 1,
    isPageOnly: true,
  };
  const answer = (text: string, pageSize: number) => {
    const relevant = findRelevant(index, workplace, { text, synonyms, weights: relevanceWeights, isWhole: true });
    return answerQuestion(index, { ...ask, text, pageSize }, relevant).results;
  };
  warmUp(index, (text) => answer(text, 1));
  return {
    size: index.listingIds.length,
    answer,
  };
}
