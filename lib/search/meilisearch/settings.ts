import type { Settings } from 'meilisearch';
import { parseSynonym } from '../engine/synonyms';
import { functionWordList } from '../text/words';

/** Deepest result that can be asked for; a page further on than this is empty. */
export const MOST_RESULTS = 100_000;

/** Entries of the city's table as Meilisearch takes them: each word with what else it finds. */
export function meiliSynonyms(entries: readonly string[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const entry of entries) {
    const synonym = parseSynonym(entry.toLowerCase());
    if (!synonym) continue;
    const from = synonym.isWider ? synonym.words.slice(0, 1) : synonym.words;
    for (const word of from) found[word] = [...new Set([...(found[word] ?? []), ...synonym.words.filter((other) => other !== word)])];
  }
  return found;
}

/**
 * How Meilisearch is to search: title before brand before department before properties, words before typos before neighbourhood; a sort that is
 * asked for (the lowest price) comes first. Numbers are never read as other numbers.
 */
export function meiliSettings(entries: readonly string[]): Settings {
  return {
    searchableAttributes: ['title', 'beside', 'quantities', 'department', 'properties'],
    filterableAttributes: ['categoryId', 'brand', 'attributes', 'places', 'shops', 'offers'],
    sortableAttributes: ['lowestPrice', 'id'],
    displayedAttributes: ['id', 'categoryId', 'print'],
    rankingRules: ['sort', 'words', 'typo', 'proximity', 'attribute', 'exactness'],
    stopWords: [...functionWordList],
    synonyms: meiliSynonyms(entries),
    typoTolerance: { minWordSizeForTypos: { oneTypo: 4, twoTypos: 8 }, disableOnNumbers: true },
    faceting: { maxValuesPerFacet: 2_000, sortFacetValuesBy: { '*': 'count' } },
    pagination: { maxTotalHits: MOST_RESULTS },
  };
}
