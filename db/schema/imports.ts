import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { ImportId, OfferId, PersonId, ProductId, ShopId } from '@/lib/kernel';
import { products } from './catalogue';
import { idColumn, instantColumn } from './columns';
import { shops } from './shops';

/** What a check of an import counted; rows of a file that make an offer are new, changed or unchanged. */
export type ImportCounts = { readonly new: number; readonly changed: number; readonly unchanged: number; readonly rejected: number };

/** A file a shop brought: staged, checked, confirmed by a person, taken over piece by piece, undone within a day (architecture §6). */
export const imports = pgTable(
  'imports',
  {
    id: idColumn<ImportId>().primaryKey(),
    shopId: idColumn<ShopId>()
      .notNull()
      .references(() => shops.id),
    personId: idColumn<PersonId>().notNull(),
    fileName: text().notNull(),
    format: text().notNull(),
    encoding: text(),
    separator: text(),
    shape: text(),
    header: jsonb().$type<readonly string[]>().notNull(),
    /** Meaning of each column by its place; null where nobody knows. */
    mapping: jsonb().$type<readonly (string | null)[]>().notNull(),
    state: text().$type<'staged' | 'checked' | 'applying' | 'done' | 'undoing' | 'undone'>().notNull(),
    rows: integer().notNull(),
    counts: jsonb().$type<ImportCounts>(),
    warnings: jsonb().$type<readonly { readonly code: string; readonly count: number; readonly rows: readonly number[] }[]>().notNull(),
    /** Position of the last item that was taken over (or given back): where the work goes on after an interruption. */
    progress: integer().notNull().default(0),
    items: integer().notNull().default(0),
    createdAt: instantColumn().notNull(),
    confirmedAt: instantColumn(),
    finishedAt: instantColumn(),
  },
  (table) => [index('imports_of_shop').on(table.shopId, table.createdAt)],
);

/** The rows of a file as they came, until the import is finished or forgotten. */
export const importRows = pgTable(
  'import_rows',
  {
    importId: idColumn<ImportId>()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    row: integer().notNull(),
    cells: jsonb().$type<readonly string[]>().notNull(),
  },
  (table) => [primaryKey({ name: 'import_row_once', columns: [table.importId, table.row] })],
);

/** What is going to happen, or has happened, for one offer of a file; a rejected row has a reason and no draft. */
export const importItems = pgTable(
  'import_items',
  {
    importId: idColumn<ImportId>()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    row: integer().notNull(),
    verdict: text().$type<'new' | 'changed' | 'unchanged' | 'rejected'>().notNull(),
    reason: text(),
    value: text(),
    sku: text(),
    gtin: text(),
    priceMinor: bigint({ mode: 'number' }),
    quantity: integer(),
    isActive: boolean(),
    draft: jsonb(),
    offerId: idColumn<OfferId>(),
    /** What the offer was before, to give it back. */
    before: jsonb().$type<{ readonly priceMinor: number; readonly isActive: boolean; readonly onHand: number | null }>(),
  },
  (table) => [primaryKey({ name: 'import_item_once', columns: [table.importId, table.position] })],
);

/** What a shop said the columns of its usual file mean: the next file with the same headings is understood at once. */
export const importMappings = pgTable(
  'import_mappings',
  {
    shopId: idColumn<ShopId>()
      .notNull()
      .references(() => shops.id),
    signature: text().notNull(),
    mapping: jsonb().$type<readonly (string | null)[]>().notNull(),
    updatedAt: instantColumn().notNull(),
  },
  (table) => [primaryKey({ name: 'one_mapping_per_heading', columns: [table.shopId, table.signature] })],
);

/** Which product of the commons a shop's own grouping of variants stands for, so that a size that comes later joins its sisters. */
export const shopProducts = pgTable(
  'shop_products',
  {
    shopId: idColumn<ShopId>()
      .notNull()
      .references(() => shops.id),
    productKey: text().notNull(),
    productId: idColumn<ProductId>()
      .notNull()
      .references(() => products.id),
  },
  (table) => [primaryKey({ name: 'one_product_per_key', columns: [table.shopId, table.productKey] })],
);
