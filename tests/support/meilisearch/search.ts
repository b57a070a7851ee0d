import type { Document, Federated, Query, Settings } from './requests';

/** An index of the double. */
export type Index = { documents: Map<string, Document>; settings: Settings | undefined };

/** What a real one would refuse too. */
export class Refused extends Error {}

/** `places IN ["a", "b"]` or its negation; an array of them must all hold. */
function readFilter(text: string, allowed: readonly string[]): (one: Document) => boolean {
  const match = /^(NOT )?(\w+) IN \[((?:"(?:[^"\\]|\\.)*"(?:, )?)*)\]$/.exec(text);
  if (!match) throw new Refused(`invalid_search_filter: ${text.slice(0, 80)}`);
  const [, not, name = '', list = ''] = match;
  if (!allowed.includes(name)) throw new Refused(`attribute ${name} is not filterable`);
  const values = new Set([...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((one) => (one[1] ?? '').replace(/\\(.)/g, '$1')));
  return (one) => {
    const own = one[name as keyof Document];
    const has = [own].flat().some((value) => value !== null && values.has(String(value)));
    return has !== (not !== undefined);
  };
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe');
const wordsOf = (text: string) =>
  folded(text)
    .split(/[^a-z0-9%]+/)
    .filter(Boolean);

/** For every word of the query: may it stand for one of these? */
function matcher(
  { q = '', matchingStrategy = 'last', attributesToSearchOn }: Query,
  { stopWords, synonyms, searchableAttributes }: Settings,
) {
  for (const name of attributesToSearchOn ?? []) if (!searchableAttributes.includes(name)) throw new Refused(`${name} is not searchable`);
  const meanings = new Map(Object.entries(synonyms).map(([word, others]) => [folded(word), others.map(wordsOf)]));
  const words = wordsOf(q).filter((word) => !stopWords.includes(word));
  const wanted = words.map((word) => [[word], ...(meanings.get(word) ?? [])]);
  return (one: Document): number => {
    if (words.length === 0) return 1;
    const known = (attributesToSearchOn ?? searchableAttributes).flatMap((name) => wordsOf(String(one[name] ?? '')));
    const has = (word: string) => known.some((other) => other.startsWith(word.replace(/s$/, '')));
    const found = wanted.filter((ways) => ways.some((way) => way.every(has))).length;
    if (found === 0 || (matchingStrategy === 'all' && found < words.length)) return 0;
    return found / words.length;
  };
}

/** Answers one query. Words are matched by their beginnings, accents aside; no typos. */
export function search(index: Index, asked: Query) {
  const { settings: set } = index;
  if (!set) throw new Refused('the index has no settings yet');
  const filters = (asked.filter ?? []).map((text) => readFilter(text, set.filterableAttributes));
  for (const name of asked.facets ?? []) if (!set.filterableAttributes.includes(name)) throw new Refused(`facet ${name} is not filterable`);
  for (const one of asked.sort ?? [])
    if (!set.sortableAttributes.some((name) => one.startsWith(`${name}:`))) throw new Refused(`${one} is not sortable`);
  for (const name of asked.attributesToRetrieve ?? [])
    if (!set.displayedAttributes.includes(name)) throw new Refused(`${name} is not displayed`);
  const score = matcher(asked, set);
  const found = [...index.documents.values()].filter((one) => filters.every((passes) => passes(one)) && score(one) > 0);
  const keys = (asked.sort ?? []).map((one) => one.slice(0, one.indexOf(':')) as keyof Document);
  found.sort((a, b) => {
    for (const key of keys) {
      const [left, right] = [a[key] ?? Number.MAX_SAFE_INTEGER, b[key] ?? Number.MAX_SAFE_INTEGER];
      if (left !== right) return left < right ? -1 : 1;
    }
    return score(b) - score(a) || (a.id < b.id ? -1 : 1);
  });
  const facetDistribution = Object.fromEntries(
    (asked.facets ?? []).map((name) => {
      const counts: Record<string, number> = {};
      for (const one of found)
        for (const value of [one[name]].flat()) if (value !== null) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
      return [name, Object.fromEntries(Object.entries(counts).slice(0, set.faceting.maxValuesPerFacet))];
    }),
  );
  const from = asked.page === undefined ? (asked.offset ?? 0) : (asked.page - 1) * (asked.hitsPerPage ?? 20);
  const hits = found.slice(from, from + (asked.page === undefined ? (asked.limit ?? 20) : (asked.hitsPerPage ?? 20)));
  return {
    indexUid: asked.indexUid,
    query: asked.q ?? '',
    processingTimeMs: 0,
    hits: hits.map((one) => ({
      id: one.id,
      categoryId: one.categoryId,
      ...(asked.showRankingScore === true ? { _rankingScore: score(one) } : {}),
    })),
    ...(asked.facets === undefined ? {} : { facetDistribution }),
    ...(asked.page === undefined
      ? { estimatedTotalHits: found.length }
      : { totalHits: found.length, page: asked.page, hitsPerPage: asked.hitsPerPage }),
  };
}

/** Answers several queries of indexes in one list, best first by weighted score; a document of an index stands in it once. */
export function searchTogether(existing: (uid: string) => Index, { federation, queries }: Federated) {
  const hits = queries.flatMap(({ federationOptions, ...asked }, queriesPosition) =>
    search(existing(asked.indexUid), { ...asked, showRankingScore: true, limit: 1_000 }).hits.map((hit) => ({
      ...hit,
      _federation: {
        indexUid: asked.indexUid,
        queriesPosition,
        weightedRankingScore: (hit._rankingScore ?? 0) * (federationOptions?.weight ?? 1),
      },
    })),
  );
  const sorted = hits.toSorted((a, b) => b._federation.weightedRankingScore - a._federation.weightedRankingScore);
  const once = sorted.filter(({ id }, place) => sorted.findIndex((hit) => hit.id === id) === place);
  const { offset = 0, limit = 20 } = federation;
  return { hits: once.slice(offset, offset + limit), processingTimeMs: 0, offset, limit, estimatedTotalHits: once.length };
}
