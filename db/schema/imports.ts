import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { CategoryId, ImportId, OfferId, PersonId, ProductId, ShopId } from '@/lib/kernel';
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

/** The rows of a file as they came, two hundred and fifty-six numbers to a block, until the import is finished or forgotten. */
export const importRows = pgTable(
  'import_rows',
  {
    importId: idColumn<ImportId>()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    block: integer().notNull(),
    /** JSON: a list of `[row, cells]`. Read and written whole, so it is text. */
    rows: text().notNull(),
  },
  (table) => [primaryKey({ name: 'import_block_once', columns: [table.importId, table.block] })],
);

/**
 * What is going to happen, or has happened, for one offer of a file; a rejected row has a reason and nothing else. Everything confirming
 * writes is decided by the check and stands here in columns, so that taking over is a few statements a piece.
 */
export const importItems = pgTable(
  'import_items',
  {
    importId: idColumn<ImportId>().notNull(),
    position: integer().notNull(),
    row: integer().notNull(),
    verdict: text().$type<'new' | 'changed' | 'unchanged' | 'rejected'>().notNull(),
    reason: text(),
    value: text(),
    sku: text(),
    priceMinor: bigint({ mode: 'number' }),
    quantity: integer(),
    isActive: boolean(),
    offerId: idColumn<OfferId>(),
    /** What the offer was before, to give it back. */
    before: jsonb().$type<{ readonly priceMinor: number; readonly isActive: boolean; readonly onHand: number | null }>(),
    /** The end of the ids of whatever has to be made. */
    made: text(),
    productKey: text(),
    /** The shop's own words; `name` is what the page is going to be called, by open data where it knows better. */
    title: text(),
    name: text(),
    label: text(),
    pageTitle: text(),
    slug: text(),
    keyAttribute: text(),
    brand: text(),
    description: text(),
    gtin: text(),
    /** The bar code, where it names the same thing in every shop. */
    sharedGtin: text(),
    categoryId: idColumn<CategoryId>(),
    /** What the shop's own file says of VAT: it goes before what the department usually has. */
    vatRateBps: integer(),
    condition: text(),
    shelf: text(),
    weightGrams: integer(),
    volumeCm3: integer(),
    netQuantity: integer(),
    netUnit: text(),
    attributes: jsonb().$type<Readonly<Record<string, string>>>(),
    options: jsonb().$type<Readonly<Record<string, string>>>(),
    manufacturer: jsonb(),
    responsiblePerson: jsonb(),
    warnings: text(),
    source: text(),
    licence: text(),
    provenance: jsonb(),
    /** Addresses of its pictures, in their order. */
    images: jsonb().$type<readonly string[]>(),
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

/**
 * Which product of the commons a shop's own grouping of variants stands for, so that a size that comes later joins its sisters. Without foreign
 * keys: its one writer makes the product in the same statement, and what stands on it (variants, offers) has keys of its own (ADR 0195).
 */
export const shopProducts = pgTable(
  'shop_products',
  {
    shopId: idColumn<ShopId>().notNull(),
    productKey: text().notNull(),
    productId: idColumn<ProductId>().notNull(),
  },
  (table) => [primaryKey({ name: 'one_product_per_key', columns: [table.shopId, table.productKey] })],
);
