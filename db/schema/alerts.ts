import { index, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { ListingId, Locale } from '@/lib/kernel';
import { listings } from './catalogue';
import { idColumn, instantColumn } from './columns';

/**
 * Somebody who wants to be told once: when a thing can be had again, or when a search finds something. Only an address that confirmed is
 * written to; what is told, or never confirmed, is forgotten within days.
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
    toldAt: instantColumn(),
  },
  (table) => [
    unique('one_alert_per_thing_and_address').on(table.email, table.listingId),
    unique('one_alert_per_words_and_address').on(table.email, table.words),
    index('alerts_by_time').on(table.askedAt),
  ],
);
