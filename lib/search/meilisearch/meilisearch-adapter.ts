import { Meilisearch, type FederatedMultiSearchParams, type MultiSearchQuery, type SearchResponse } from 'meilisearch';
import { conditions } from '../engine/city-index';
import { WAYS, WHEN_CHOICES, type Counted, type EngineAnswer, type EngineQuestion, type EngineResult } from '../engine/question';
import type { SearchEngine } from '../search-engine';
import { folded } from '@/lib/kernel';
import { quantitiesSpelt } from '../text/quantities';
import { filtersOf, passingWindows, type FilterName, type Narrowing } from './filters';
import { MOST_RESULTS } from './settings';
import { tiersOf } from './tiers';

export type MeiliPlace = { readonly host: string; readonly apiKey: string | undefined; readonly indexPrefix: string };

const WAIT_MS = 2_000;
const LONGEST_QUERY = 200;

export const listingsIndex = ({ indexPrefix }: MeiliPlace) => `${indexPrefix}listings`;

export function openMeilisearch({ host, apiKey }: MeiliPlace): Meilisearch {
  return new Meilisearch({ host, timeout: WAIT_MS, ...(apiKey === undefined ? {} : { apiKey }) });
}

type Hit = { readonly id: string; readonly categoryId: string };
type Found = SearchResponse<Hit> & { readonly totalHits?: number; readonly estimatedTotalHits?: number };

/** Control characters and half characters would be refused; whatever else is typed is words. */
const queryText = (text: string) => quantitiesSpelt(folded(text.toWellFormed().replace(/\p{Cc}/gu, ' '))).slice(0, LONGEST_QUERY);

const total = (found: Found | undefined) => found?.totalHits ?? found?.estimatedTotalHits ?? 0;

/** Asks many questions in one request. */
async function ask(client: Meilisearch, queries: readonly MultiSearchQuery[]): Promise<readonly Found[]> {
  const { results } = await client.multiSearch<{ queries: MultiSearchQuery[] }, Hit>({ queries: [...queries] });
  return results;
}

type Asked = {
  readonly uid: string;
  readonly question: EngineQuestion;
  readonly q: string;
  readonly matchingStrategy: 'all' | 'frequency';
};

const base = ({ uid, q, matchingStrategy }: Asked) => ({
  indexUid: uid,
  q,
  matchingStrategy,
  attributesToRetrieve: ['id', 'categoryId'],
  showRankingScore: true,
});

/** How many there are, exactly, with what a narrowing leaves; and how they are distributed. */
const counting = (asked: Asked, narrowing: Narrowing, facets?: string[]): MultiSearchQuery => ({
  ...base(asked),
  filter: filtersOf(asked.question, narrowing),
  page: 1,
  hitsPerPage: 0,
  ...(facets === undefined ? {} : { facets }),
});

type Scored = Hit & { readonly _rankingScore?: number };

const resultOf = ({ q, matchingStrategy }: Asked, hit: Scored): EngineResult => ({
  listingId: hit.id,
  relevance: hit._rankingScore ?? 0,
  isStrong: matchingStrategy === 'all' && q !== '',
});

/** How much more a word of a title is worth than one that stands anywhere, while it is still being typed. */
const TITLE_WEIGHT = 2;

/**
 * The first few for what is being typed, in one request: Meilisearch puts what has it in the title and what has it anywhere into one list. Told
 * twice, a listing stands where it stood first. Nobody reads totals or facets of a glance.
 */
async function glanceOf(client: Meilisearch, asked: Asked): Promise<EngineAnswer> {
  const { question } = asked;
  const anywhere = { ...base(asked), filter: filtersOf(question) };
  const { hits } = await client.multiSearch<FederatedMultiSearchParams, Hit>({
    federation: { offset: 0, limit: 2 * question.pageSize },
    queries: [
      { ...anywhere, attributesToSearchOn: ['title'], federationOptions: { weight: TITLE_WEIGHT } },
      { ...anywhere, federationOptions: { weight: 1 } },
    ],
  });
  const first = hits.filter(({ id }, place) => hits.findIndex((hit) => hit.id === id) === place);
  const results = first.slice(0, question.pageSize).map((hit) => resultOf(asked, hit));
  return { total: results.length, results, ...nothing, said: undefined, isLoose: false };
}

/** The page: one question where Meilisearch makes the order, else one for each tier, put one after another. */
async function pageOf(client: Meilisearch, asked: Asked): Promise<readonly EngineResult[]> {
  const { question } = asked;
  const from = (question.page - 1) * question.pageSize;
  const tiers = tiersOf(question);
  if (tiers === undefined) {
    const sort = question.sort === 'prix' ? { sort: ['lowestPrice:asc', 'id:asc'] } : {};
    const [found] = await ask(client, [{ ...base(asked), ...sort, filter: filtersOf(question), offset: from, limit: question.pageSize }]);
    return (found?.hits ?? []).map((hit) => resultOf(asked, hit));
  }
  const most = Math.min(from + question.pageSize, MOST_RESULTS);
  const queries = tiers.map((tier, place): MultiSearchQuery => {
    const earlier = tiers.slice(0, place);
    const inTier = filtersOf(question, { window: tier });
    const before = filtersOf(question, { window: (window) => earlier.some((one) => one(window)) })[0] ?? '';
    return { ...base(asked), filter: place === 0 ? inTier : [...inTier, `NOT ${before}`], limit: most };
  });
  const found = await ask(client, queries);
  return found
    .flatMap(({ hits }) => hits)
    .map((hit) => resultOf(asked, hit))
    .slice(from, from + question.pageSize);
}

const distribution = (found: Found | undefined, field: string): readonly Counted[] =>
  Object.entries(found?.facetDistribution?.[field] ?? {})
    .map(([value, count]) => ({ value, count }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));

/** A facet whose values are known beforehand: one question for each. */
type Countable = { readonly value: string; readonly narrowing: Narrowing };

function countables(
  question: EngineQuestion,
): Readonly<Record<'when' | 'ways' | 'shop' | 'shops' | 'price' | 'condition' | 'open' | 'near', readonly Countable[]>> {
  const bits = (count: number, of: 'whenBits' | 'wayBits'): readonly Countable[] =>
    Array.from({ length: count }, (_, bit) => ({
      value: String(bit),
      narrowing: { but: 'window', window: (window) => (window[of] & (1 << bit)) !== 0 },
    }));
  const isByPlace = question.filters.prices.length === 0 && question.filters.conditions.length === 0;
  const [slugs, shopIds] = isByPlace
    ? [[], []]
    : [[...new Set(question.windows.map(({ slug }) => slug))], [...new Set(question.windows.map(({ shopId }) => shopId))]];
  return {
    when: bits(WHEN_CHOICES, 'whenBits'),
    ways: bits(WAYS, 'wayBits'),
    shop: slugs.map((slug) => ({ value: slug, narrowing: { but: 'shop', window: (window) => window.slug === slug } })),
    shops: shopIds.map((shopId) => ({ value: shopId, narrowing: { window: (window) => window.shopId === shopId } })),
    price: question.priceRanges.map(({ name }) => ({ value: name, narrowing: { but: 'price', range: name } })),
    condition: conditions.map((condition) => ({ value: condition, narrowing: { but: 'condition', condition } })),
    open: [{ value: 'open', narrowing: { but: 'open', window: (window) => window.isOpen } }],
    near: [{ value: 'near', narrowing: { but: 'near', window: (window) => window.isNear } }],
  };
}

type Facets = Pick<
  EngineAnswer,
  'shops' | 'when' | 'ways' | 'shop' | 'department' | 'price' | 'brand' | 'condition' | 'attributes' | 'open' | 'near'
>;

const MOST_BRANDS = 12;
const nothing: Facets = {
  shops: [],
  when: [],
  ways: [],
  shop: [],
  department: [],
  price: [],
  brand: [],
  condition: [],
  attributes: [],
  open: 0,
  near: 0,
};

async function facetsOf(client: Meilisearch, asked: Asked): Promise<Facets> {
  const { question } = asked;
  const known = countables(question);
  const flat = Object.values(known).flat();
  const own = question.filters.attributes.map(({ name }): FilterName => ({ attribute: name }));
  const found = await ask(client, [
    ...flat.map(({ narrowing }) => counting(asked, narrowing)),
    counting(asked, { but: 'department' }, ['categoryId']),
    counting(asked, { but: 'brand' }, ['brand']),
    counting(asked, {}, ['attributes', 'shops']),
    counting(asked, { but: 'shop' }, ['shops']),
    ...own.map((but) => counting(asked, { but }, ['attributes'])),
  ]);
  let at = 0;
  const counted = (values: readonly Countable[]): readonly Counted[] => values.map(({ value }) => ({ value, count: total(found[at++]) }));
  const numbers = (values: readonly Countable[]) => counted(values).map(({ count }) => count);
  const some = (values: readonly Counted[]) =>
    values.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  const [when, ways] = [numbers(known.when), numbers(known.ways)];
  const [shop, shops, price, condition] = [
    some(counted(known.shop)),
    some(counted(known.shops)),
    some(counted(known.price)),
    some(counted(known.condition)),
  ];
  const [[open = 0], [near = 0]] = [numbers(known.open), numbers(known.near)];
  const [categories, brands, attributes, everyShop, ...ownAttributes] = found.slice(at);
  const isByPlace = known.shop.length === 0;
  const slugOf = new Map(question.windows.map(({ shopId, slug }) => [shopId, slug]));
  const nodeOf = new Map(question.nodes.map(({ categoryId, node }) => [categoryId, node]));
  const byNode = Map.groupBy(distribution(categories, 'categoryId'), ({ value }) => nodeOf.get(value) ?? '');
  return {
    when,
    ways,
    shop: isByPlace ? shopsOf(question, everyShop, 'shop').map(({ value, count }) => ({ value: slugOf.get(value) ?? '', count })) : shop,
    shops: isByPlace ? shopsOf(question, attributes, undefined) : shops,
    price,
    condition,
    open,
    near,
    department: some([...byNode].map(([value, rows]) => ({ value, count: rows.reduce((sum, { count }) => sum + count, 0) }))),
    brand: distribution(brands, 'brand').slice(0, MOST_BRANDS),
    attributes: attributesOf(question, distribution(attributes, 'attributes'), ownAttributes),
  };
}

/**
 * Shops of a distribution that have a window which passes. Exact as long as a shop's offers of one listing all come from the same place, or
 * all its windows pass; with a price or condition filter each shop is counted by itself instead.
 */
function shopsOf(question: EngineQuestion, found: Found | undefined, but: 'shop' | undefined): readonly Counted[] {
  const passing = new Set(passingWindows(question, but === undefined ? {} : { but }).map(({ shopId }) => shopId));
  return distribution(found, 'shops').filter(({ value }) => passing.has(value));
}

function attributesOf(question: EngineQuestion, all: readonly Counted[], own: readonly Found[]): EngineAnswer['attributes'] {
  const nameOf = (value: string) => value.slice(0, value.indexOf('='));
  const filtered = question.filters.attributes.map(({ name }) => name);
  const rows = [
    ...all.filter(({ value }) => !filtered.includes(nameOf(value))),
    ...filtered.flatMap((name, place) => distribution(own[place], 'attributes').filter(({ value }) => nameOf(value) === name)),
  ];
  return [...Map.groupBy(rows, ({ value }) => nameOf(value))].map(([name, values]) => ({
    name,
    values: values.map(({ value, count }) => ({ value: value.slice(name.length + 1), count })),
  }));
}

/** The engine of cities that run a Meilisearch. The same contract test as for the other. */
export function meilisearchEngine(place: MeiliPlace): SearchEngine {
  const client = openMeilisearch(place);
  const uid = listingsIndex(place);
  return {
    name: 'meilisearch',
    answer: async (question) => {
      const q = queryText(question.text);
      const strict: Asked = { uid, question, q, matchingStrategy: 'all' };
      if (question.isGlance === true) return glanceOf(client, strict);
      const [first, anywhere] = await ask(client, [counting(strict, {}), { ...base(strict), page: 1, hitsPerPage: 0 }]);
      const isLoose = q.trim() !== '' && total(first) === 0 && total(anywhere) === 0;
      const asked: Asked = isLoose ? { ...strict, matchingStrategy: 'frequency' } : strict;
      const [[counted], results, facets] = await Promise.all([
        isLoose ? ask(client, [counting(asked, {})]) : [first],
        pageOf(client, asked),
        question.isPageOnly ? nothing : facetsOf(client, asked),
      ]);
      return { total: total(counted), results, ...facets, said: undefined, isLoose: isLoose && total(counted) > 0 };
    },
    categoriesOf: async (text, most) => {
      const [found] = await ask(client, [
        {
          indexUid: uid,
          q: queryText(text),
          matchingStrategy: 'frequency',
          page: 1,
          hitsPerPage: 0,
          facets: ['categoryId'],
          attributesToRetrieve: ['id'],
        },
      ]);
      return distribution(found, 'categoryId')
        .slice(0, most)
        .map(({ value }) => value);
    },
  };
}
