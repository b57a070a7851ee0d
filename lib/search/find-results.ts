import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { parseId, type CategoryId, type ListingId, type ShopId } from '@/lib/kernel';
import { kept } from '@/lib/platform/kept';
import { reader } from '@/lib/platform/transaction';
import { ranking } from './ranking';
import { priceRanges, type SearchQuery } from './search-query';
import { isNear, type ShopWindow } from './shop-windows';

/** Which node of the department facet a category counts for. */
export type FacetNode = { readonly categoryId: CategoryId; readonly node: string };

export type ResultsQuestion = {
  readonly query: SearchQuery;
  /** Full-text query of the database; empty for a department without words. */
  readonly textQuery: string;
  readonly windows: readonly ShopWindow[];
  /** Every category looked in, with the facet node it counts for; the ones chosen are in `query.departments`. */
  readonly nodes: readonly FacetNode[];
  readonly pageSize: number;
  /** No facets wanted (a shelf, a shop's own page): filters are applied before anything is counted. */
  readonly isPageOnly?: boolean;
};

const counts = z
  .array(z.object({ value: z.string(), count: z.number() }))
  .nullable()
  .transform((rows) => rows ?? []);
const bitCounts = z.array(z.number());

const answer = z.object({
  total: z.number(),
  ids: z
    .array(z.string())
    .nullable()
    .transform((ids): readonly ListingId[] => (ids ?? []).flatMap((id) => parseId('listing', id) ?? [])),
  shops: counts.transform((rows) =>
    rows.flatMap(({ value, count }): readonly { readonly shopId: ShopId; readonly count: number }[] => {
      const shopId = parseId('shop', value);
      return shopId ? [{ shopId, count }] : [];
    }),
  ),
  when: bitCounts,
  ways: bitCounts,
  shop: counts,
  department: counts,
  price: counts,
  brand: counts,
  condition: counts,
  open: z.number(),
  near: z.number(),
});

/** One page of listings, how many there are, and how many each filter would leave. */
export type FoundResults = z.output<typeof answer>;

const filterNames = ['window', 'shop', 'department', 'price', 'brand', 'condition', 'open', 'near'] as const;
type FilterName = (typeof filterNames)[number];

/** All filters but one: a facet counts what its own values would give. */
function others(own: FilterName | undefined): SQL {
  return sql.join(
    filterNames.filter((name) => name !== own).map((name) => sql.raw(`ok_${name}`)),
    sql` and `,
  );
}

const among = (column: SQL, values: readonly string[]): SQL =>
  values.length === 0
    ? sql`true`
    : sql`${column} in (${sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      )})`;

const cents = (euros: number) => euros * 100;

function priceRangeOf(column: SQL): SQL {
  const cases = priceRanges.map((range) => {
    const [, to] = range.split('-');
    return to === '' || to === undefined ? sql`else ${range}` : sql`when ${column} < ${cents(Number(to))} then ${range}`;
  });
  return sql`case ${sql.join(cases, sql` `)} end`;
}

const orders = {
  tot: sql`strong desc, rank, relevance desc, listing_id`,
  pres: sql`metres nulls last, rank, relevance desc, listing_id`,
  prix: sql`price, rank, listing_id`,
  pertinence: sql`strong desc, relevance desc, rank, listing_id`,
} as const;

/** The shops' promises as rows. */
function windowRows(windows: readonly ShopWindow[]): SQL {
  const rows = windows.map((window) => ({
    shop_id: window.shopId,
    slug: window.slug,
    lead: window.leadTimeMinutes,
    rank: window.rank ?? null,
    when_bits: window.whenBits,
    way_bits: window.wayBits,
    open: window.isOpen,
    near: isNear(window),
    metres: window.metres ?? null,
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as
    (shop_id text, slug text, lead int, rank bigint, when_bits int, way_bits int, open boolean, near boolean, metres int)`;
}

function nodeRows(nodes: readonly FacetNode[]): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(nodes.map(({ categoryId, node }) => ({ category_id: categoryId, node })))}::jsonb) as (category_id text, node text)`;
}

function matchedDocuments(textQuery: string): SQL {
  const { title, brand, department, properties } = ranking.fieldWeights;
  const weights = sql`${`{${properties},${department},${brand},${title}}`}::real[]`;
  if (textQuery === '') return sql`select d.listing_id, d.category_id, 0::real as relevance, false as strong from search_documents d`;
  return sql`
    select d.listing_id, d.category_id, ts_rank_cd(${weights}, d.vector, t.q) as relevance,
      ts_filter(d.vector, '{a,b}') @@ t.q as strong
    from search_documents d, (select to_tsquery('fr_unaccent', ${textQuery}) as q) t
    where d.vector @@ t.q`;
}

const openFilter = (query: SearchQuery) => (query.openNow ? sql`w.open` : sql`true`);
const nearFilter = (query: SearchQuery) => (query.near ? sql`w.near` : sql`true`);

/** Offers that can be had, with one column per filter saying whether they pass it. */
function candidates({ query, textQuery, windows, nodes, isPageOnly = false }: ResultsQuestion): SQL {
  const early = isPageOnly ? sql` and w.rank is not null and ${among(sql`w.slug`, query.shops)}` : sql``;
  const range = priceRangeOf(sql`o.price`);
  // What is on shelves is joined first and apart: the planner cannot know how few promises there are, and would multiply them by the places.
  return sql`
    w as materialized (select * from ${windowRows(windows)}),
    n as (select * from ${nodeRows(nodes)}),
    m as (${matchedDocuments(textQuery)}),
    o as materialized (
      select m.listing_id, m.relevance, m.strong, n.node, l.brand, f.shop_id, f.condition, f.price_minor as price, k.lead_time_minutes as lead
      from m
      join n on n.category_id = m.category_id
      join listings l on l.id = m.listing_id and l.is_published
      join offers f on f.listing_id = m.listing_id and f.is_active
      join stock_levels s on s.offer_id = f.id and s.on_hand - s.reserved - s.allocated - s.safety_stock > 0
      join stock_locations k on k.id = s.location_id),
    c as materialized (
      select o.listing_id, o.shop_id, w.slug, o.node, o.brand, o.condition, o.price, ${range} as price_range,
        w.rank, w.metres, w.when_bits, w.way_bits, w.open, w.near, o.relevance, o.strong,
        w.rank is not null as ok_window,
        ${among(sql`w.slug`, query.shops)} as ok_shop,
        ${among(sql`o.node`, query.departments)} as ok_department,
        ${among(range, query.prices)} as ok_price,
        ${among(sql`coalesce(o.brand, '')`, query.brands)} as ok_brand,
        ${among(sql`o.condition`, query.conditions)} as ok_condition,
        ${openFilter(query)} as ok_open,
        ${nearFilter(query)} as ok_near
      from o join w on w.shop_id = o.shop_id and w.lead = o.lead
      where true${early})`;
}

/** How many listings each value would leave. */
function facet(name: FilterName, column: string, limit = 100): SQL {
  const value = sql.raw(column);
  return sql`(select json_agg(json_build_object('value', value, 'count', count) order by count desc, value) from (
    select ${value} as value, count(distinct listing_id)::int as count from c
    where ${value} is not null and ${others(name)} group by 1 order by 2 desc, 1 limit ${limit}) f)`;
}

/** The same for values that one row may have several of, kept as bits. */
function bitFacet(column: string, bits: number, own: SQL): SQL {
  const counted = Array.from(
    { length: bits },
    (_, bit) => sql`count(distinct listing_id) filter (where ${sql.raw(column)} & ${1 << bit} <> 0)::int`,
  );
  return sql`(select json_build_array(${sql.join(counted, sql`, `)}) from c where ${own})`;
}

const nothingCounted = sql`'when', '[]'::json, 'ways', '[]'::json, 'shop', null, 'department', null, 'price', null, 'brand', null, 'condition', null, 'open', 0, 'near', 0`;

const count = (where: SQL) => sql`(select count(distinct listing_id)::int from c where ${where})`;

function allFacets(): SQL {
  const withoutWindow = others('window');
  return sql`
      'when', ${bitFacet('when_bits', 4, withoutWindow)},
      'ways', ${bitFacet('way_bits', 3, withoutWindow)},
      'shop', ${facet('shop', 'slug')},
      'department', ${facet('department', 'node')},
      'price', ${facet('price', 'price_range')},
      'brand', ${facet('brand', 'brand', 12)},
      'condition', ${facet('condition', 'condition')},
      'open', ${count(sql`open and ${others('open')}`)},
      'near', ${count(sql`near and ${others('near')}`)}`;
}

/** Stock is never older than this on a page. */
const LIVE_MS = 2_000;

const keptResults = kept(
  async (key) => {
    const question: ResultsQuestion = JSON.parse(key);
    return runQuestion(question);
  },
  { milliseconds: LIVE_MS, limit: 300 },
);

/** As `runQuestion`; the same question within two seconds (a crowd on one department) gets the same answer. */
export function findResults(question: ResultsQuestion): Promise<FoundResults> {
  return keptResults(JSON.stringify(question));
}

/** Runs the whole question as one statement: candidates once, then the page, the total and all facets from them. */
async function runQuestion(question: ResultsQuestion): Promise<FoundResults> {
  const { query, pageSize } = question;
  const [row] = await reader().execute<{ found: unknown }>(sql`
    with ${candidates(question)}
    select json_build_object(
      'total', ${count(others(undefined))},
      'ids', (select json_agg(listing_id order by place) from (
        select listing_id, row_number() over (order by ${orders[query.sort]}) as place from (
          select listing_id, bool_or(strong) as strong, min(rank) as rank, max(relevance) as relevance, min(price) as price, min(metres) as metres
          from c where ${others(undefined)} group by listing_id) grouped
        order by place limit ${pageSize} offset ${(query.page - 1) * pageSize}) p),
      'shops', (select json_agg(json_build_object('value', shop_id, 'count', count) order by count desc, shop_id) from (
        select shop_id, count(distinct listing_id)::int as count from c where ${others(undefined)} group by shop_id) s),
      ${question.isPageOnly === true ? nothingCounted : allFacets()}
    ) as found`);
  return answer.parse(row?.found);
}
