import { z } from 'zod';

/** The requests we make, exactly: a key that Meilisearch does not know, or that we do not mean, is refused. */
export const document = z.strictObject({
  id: z.string().regex(/^[a-zA-Z0-9_-]{1,511}$/),
  title: z.string(),
  beside: z.string(),
  department: z.string(),
  properties: z.string(),
  quantities: z.string(),
  categoryId: z.string(),
  brand: z.string().nullable(),
  attributes: z.array(z.string()),
  places: z.array(z.string()),
  shops: z.array(z.string()),
  offers: z.array(z.string()),
  lowestPrice: z.number().int().nullable(),
  print: z.string().regex(/^[\w-]{27}$/),
});
export type Document = z.output<typeof document>;
const fields = Object.keys(document.shape) as (keyof Document)[];
export const field = z.enum(fields as [keyof Document, ...(keyof Document)[]]);

export const settings = z.strictObject({
  searchableAttributes: z.array(field),
  filterableAttributes: z.array(field),
  sortableAttributes: z.array(field),
  displayedAttributes: z.array(field),
  rankingRules: z.array(z.enum(['words', 'typo', 'proximity', 'attribute', 'sort', 'exactness'])),
  stopWords: z.array(z.string()),
  synonyms: z.record(z.string(), z.array(z.string())),
  typoTolerance: z.strictObject({
    minWordSizeForTypos: z.strictObject({ oneTypo: z.int().min(0), twoTypos: z.int().min(0) }),
    disableOnNumbers: z.boolean(),
  }),
  faceting: z.strictObject({ maxValuesPerFacet: z.int().positive(), sortFacetValuesBy: z.record(z.string(), z.enum(['count', 'alpha'])) }),
  pagination: z.strictObject({ maxTotalHits: z.int().positive() }),
});
export type Settings = z.output<typeof settings>;

export const query = z
  .strictObject({
    indexUid: z.string(),
    q: z.string().max(1_000),
    matchingStrategy: z.enum(['all', 'last', 'frequency']),
    attributesToRetrieve: z.array(field),
    showRankingScore: z.boolean(),
    filter: z.array(z.string()),
    facets: z.array(field),
    sort: z.array(z.string().regex(/^\w+:(asc|desc)$/)),
    offset: z.int().min(0),
    limit: z.int().min(0),
    page: z.int().positive(),
    hitsPerPage: z.int().min(0),
    attributesToSearchOn: z.array(field).min(1),
  })
  .partial()
  .required({ indexUid: true })
  .refine((asked) => asked.page === undefined || (asked.offset === undefined && asked.limit === undefined), 'page with offset');
export type Query = z.output<typeof query>;

const { facets: _facets, offset: _offset, limit: _limit, page: _page, hitsPerPage: _hitsPerPage, ...alone } = query.shape;

/** Questions whose answers become one list: how many of it is said once for all of them, and how much each counts beside it. */
export const federated = z.strictObject({
  federation: z.strictObject({ offset: z.int().min(0), limit: z.int().min(0) }).partial(),
  queries: z.array(z.strictObject({ ...alone, federationOptions: z.strictObject({ weight: z.number().min(0) }).optional() })).min(1),
});
export type Federated = z.output<typeof federated>;
