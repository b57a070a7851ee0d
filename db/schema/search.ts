import { sql } from 'drizzle-orm';
import { bigserial, customType, index, integer, pgTable, primaryKey, text, boolean, date } from 'drizzle-orm/pg-core';
import type { ListingId } from '@/lib/kernel';
import { instantColumn } from './columns';

/** A transaction's number, never reused: tells what became visible between two looks. */
const transactionNumber = customType<{ data: string }>({ dataType: () => 'xid8' });

/**
 * Which listings changed in a way that search shows: written by the database itself (triggers), in the transaction that changes them, one row a
 * statement. Append-only, kept for a quarter of an hour. Without listings: everything is to be read anew.
 */
export const searchChanges = pgTable(
  'search_changes',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    listingIds: text().array().$type<readonly ListingId[]>(),
    notedBy: transactionNumber()
      .notNull()
      .default(sql`pg_current_xact_id()`),
    notedAt: instantColumn()
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [index('changes_by_transaction').on(table.notedBy), index('changes_by_time').on(table.notedAt)],
);

/** One row: the number goes up when every process is asked to read everything anew. */
export const searchGenerations = pgTable('search_generations', { id: integer().primaryKey(), generation: integer().notNull() });

/** The city's own entries of words that mean the same (`patate = pomme de terre`), and the built-in ones it silenced. */
export const searchSynonyms = pgTable('search_synonyms', {
  entry: text().primaryKey(),
  isSilenced: boolean().notNull().default(false),
  changedAt: instantColumn().notNull(),
});

/** How often words were asked for on a day, and how often nothing was found: no person, no place, no hour. */
export const searchDemand = pgTable(
  'search_demand',
  {
    day: date().notNull(),
    words: text().notNull(),
    asked: integer().notNull(),
    foundNothing: integer().notNull(),
  },
  (table) => [primaryKey({ name: 'one_count_per_day_and_words', columns: [table.day, table.words] })],
);
