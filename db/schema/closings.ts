import { sql } from 'drizzle-orm';
import { check, date, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { MerchantId } from '@/lib/kernel';
import { idColumn, instantColumn } from './columns';
import { merchants } from './shops';

export const closingPeriods = ['day', 'month', 'year'] as const;
export type ClosingPeriod = (typeof closingPeriods)[number];

/**
 * A merchant's day, month or year of sales, closed: its totals, the totals since the beginning, and where its series stood (ME-24).
 * Append-only; each holds the hash of the one before it of its kind. A period in which nothing was issued has none.
 */
export const closings = pgTable(
  'closings',
  {
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    period: text().$type<ClosingPeriod>().notNull(),
    sequence: integer().notNull(),
    /** The first day of the period, on the city's clock. */
    startsOn: date().notNull(),
    content: jsonb().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
    closedAt: instantColumn().notNull(),
  },
  (table) => [
    primaryKey({ name: 'one_closing_per_number', columns: [table.merchantId, table.period, table.sequence] }),
    unique('period_is_closed_once').on(table.merchantId, table.period, table.startsOn),
    index('closings_of_period').on(table.period, table.startsOn),
    check('closing_counts_up', sql`${table.sequence} >= 1`),
  ],
);

/**
 * How far each series of closings goes, kept beside it: a closing that is taken off its end leaves no gap, but its head stays. Only goes forward.
 */
export const closingHeads = pgTable(
  'closing_heads',
  {
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    period: text().$type<ClosingPeriod>().notNull(),
    sequence: integer().notNull(),
    startsOn: date().notNull(),
    hash: text().notNull(),
  },
  (table) => [primaryKey({ name: 'one_head_per_series', columns: [table.merchantId, table.period] })],
);

/** When a merchant's closings were last looked through, and what was found; written by the worker and by whoever verifies by hand. */
export const closingChecks = pgTable('closing_checks', {
  merchantId: idColumn<MerchantId>()
    .primaryKey()
    .references(() => merchants.id),
  checkedAt: instantColumn().notNull(),
  closings: integer().notNull(),
  /** The first that is not what was closed; none where all hold. */
  broken: jsonb(),
  /** The merchant's invoices and credit notes that were looked through with them, and the first number that is not what was issued. */
  documents: integer().notNull().default(0),
  seriesBroken: text(),
});
