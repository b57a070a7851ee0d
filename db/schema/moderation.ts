import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
import { instantColumn } from './columns';

/** A report of illegal content by anyone (OP-09): received, then decided with a reason. */
export const notices = pgTable('notices', {
  id: text().primaryKey(),
  url: text().notNull(),
  reason: text().notNull(),
  reporterName: text().notNull(),
  reporterEmail: text().notNull(),
  inGoodFaith: boolean().notNull(),
  state: text().$type<'received' | 'decided'>().notNull(),
  receivedAt: instantColumn().notNull(),
  decidedAt: instantColumn(),
  decision: text(),
});
