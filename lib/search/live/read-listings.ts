import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Reader } from '@/lib/platform/transaction';
import { conditions, placeKey, type IndexedListing } from '../engine/city-index';
import { LABEL, labelsIn } from './labels';

const row = z.object({
  id: z.string(),
  category_id: z.string(),
  title: z.string(),
  brand: z.string().nullable(),
  beside: z.string(),
  description: z.string().nullable(),
  gtin: z.string().nullable(),
  attributes: z.record(z.string(), z.string()),
  offers: z.array(z.tuple([z.string(), z.number(), z.number(), z.enum(conditions)])).nullable(),
});

type Row = z.output<typeof row>;

/** A property whose value is long is a sentence, not something to filter by. */
const LONGEST_VALUE = 40;

/** The names of the departments a category lies in, by category: what a listing in it may be called too. */
export type DepartmentWords = ReadonlyMap<string, string>;

export async function readDepartmentWords(db: Reader): Promise<DepartmentWords> {
  const rows = await db.execute<{ id: string; words: string }>(sql`
    select c.id, concat_ws(' ', c.name->>'fr', p.name->>'fr', c.name->>'en', p.name->>'en') as words
    from categories c left join categories p on p.id = c.parent_id`);
  return new Map([...rows].map(({ id, words }) => [id, words]));
}

/** Words the law wants read on a page: whoever looks for milk does not look for every biscuit that holds some. Whose label it is, is no word. */
const notSearched = new Set(['ingredients', 'allergens', 'nutrition', 'alcohol', 'warnings', 'hazards', 'energyKind']);

function indexed(found: Row, departments: DepartmentWords): IndexedListing {
  const told = Object.entries(found.attributes).filter(([name]) => !notSearched.has(name));
  const properties = [...told.map(([, value]) => value), found.description ?? '', found.gtin ?? ''].join(' ');
  const attributes = told
    .filter(([, value]) => value.length <= LONGEST_VALUE)
    .map(([name, value]) => `${name.replaceAll('=', ' ').replaceAll('*', '')}=${value}`);
  return {
    listingId: found.id,
    categoryId: found.category_id,
    text: { title: found.title, brand: found.beside, department: departments.get(found.category_id) ?? '', properties },
    brand: found.brand ?? undefined,
    attributes: [...attributes, ...labelsIn(`${found.title} ${found.beside} ${properties}`).map((label) => `${LABEL}=${label}`)],
    offers: (found.offers ?? []).map(([shopId, lead, priceMinor, condition]) => ({ place: placeKey(shopId, lead), priceMinor, condition })),
  };
}

/** Published listings as the index takes them, with the offers that have units now. One statement. */
async function readWhere(db: Reader, departments: DepartmentWords, where: SQL): Promise<readonly IndexedListing[]> {
  const rows = await db.execute(sql`
    with l as materialized (select * from listings where is_published and ${where})
    select l.id, l.category_id, l.title, l.brand, concat_ws(' ', l.brand, l.key_attribute, v.label) as beside, p.description, v.gtin,
      p.attributes || v.attributes as attributes, o.offers
    from l join variants v on v.id = l.variant_id join products p on p.id = v.product_id
    left join lateral (
      select json_agg(json_build_array(f.shop_id, k.lead_time_minutes, f.price_minor, f.condition) order by f.id, k.id) as offers
      from offers f
      join stock_levels s on s.offer_id = f.id and s.on_hand - s.reserved - s.allocated - s.safety_stock > 0
      join stock_locations k on k.id = s.location_id
      where f.listing_id = l.id and f.is_active) o on true
    order by l.id`);
  return z
    .array(row)
    .parse([...rows])
    .map((found) => indexed(found, departments));
}

/** The listings with these ids that are published; the others are left out. */
export function readListings(db: Reader, departments: DepartmentWords, ids: readonly string[]): Promise<readonly IndexedListing[]> {
  return readWhere(db, departments, sql`id = any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)))`);
}

/** The next listings after an id, in the order of ids. */
export function readListingsAfter(
  db: Reader,
  departments: DepartmentWords,
  after: string,
  most: number,
): Promise<readonly IndexedListing[]> {
  return readWhere(db, departments, sql`id > ${after} order by id limit ${most}`);
}
