import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { PreparedItem } from './prepare-page';

/** Columns of a prepared item and how the database holds them. */
const columns = {
  position: 'int',
  offer_id: 'text',
  made: 'text',
  sku: 'text',
  price_minor: 'bigint',
  is_active: 'boolean',
  condition: 'text',
  shelf: 'text',
  product_key: 'text',
  title: 'text',
  name: 'text',
  label: 'text',
  page_title: 'text',
  slug: 'text',
  key_attribute: 'text',
  brand: 'text',
  description: 'text',
  shared_gtin: 'text',
  category_id: 'text',
  vat_rate_bps: 'int',
  weight_grams: 'int',
  volume_cm3: 'int',
  net_quantity: 'int',
  net_unit: 'text',
  attributes: 'jsonb',
  options: 'jsonb',
  manufacturer: 'jsonb',
  responsible_person: 'jsonb',
  warnings: 'text',
  source: 'text',
  licence: 'text',
  provenance: 'jsonb',
} as const;

/** Prepared items as a part of a statement: something to select from that has a column for each of their facts. */
export type ItemSource = SQL;

const snakeCase = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();

const definition = sql.raw(
  Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', '),
);

/** A handful of items that travel with the statement. */
export function sourceOf(items: readonly PreparedItem[]): ItemSource {
  const rows = items.map((item) => Object.fromEntries(Object.entries(item).map(([name, value]) => [snakeCase(name), value])));
  return sql`(select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(${definition}))`;
}

/**
 * Items that stand in a table with these columns: nothing travels. `where` chooses among them. `offset 0` keeps the planner from looking
 * each item up by itself: it holds for two what are five thousand, and one walk along the stretch is ten times quicker.
 */
export function sourceIn(table: SQL, where: SQL): ItemSource {
  return sql`(select ${sql.raw(Object.keys(columns).join(', '))} from ${table} where ${where} offset 0)`;
}
