import { sql } from 'drizzle-orm';
import { index, pgTable, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import type { ListingId, Locale } from '@/lib/kernel';
import { listings } from './catalogue';
import { idColumn, instantColumn } from './columns';

/**
 * Somebody who wants to be told once: when a thing can be had again, when a search finds something or, where neither is named, when the city
 * opens. Only an address that confirmed is written to; what is told, or never confirmed, is forgotten within days.
 */
export const stockAlerts = pgTable(
  'stock_alerts',
  {
    token: text().primaryKey(),
    listingId: idColumn<ListingId>().references(() => listings.id, { onDelete: 'cascade' }),
    words: text(),
    email: text().notNull(),
    locale: text().$type<Locale>().notNull(),
    askedAt: instantColumn().notNull(),
    confirmMailedAt: instantColumn(),
    confirmedAt: instantColumn(),
    /** When it was last seen whether the thing is there; of many that wait, those seen longest ago come next. */
    lookedAt: instantColumn(),
    toldAt: instantColumn(),
  },
  (table) => [
    unique('one_alert_per_thing_and_address').on(table.email, table.listingId),
    unique('one_alert_per_words_and_address').on(table.email, table.words),
    uniqueIndex('one_alert_for_the_opening_and_address')
      .on(table.email)
      .where(sql`${table.listingId} is null and ${table.words} is null`),
    index('alerts_by_time').on(table.askedAt),
  ],
);
