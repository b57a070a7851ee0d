import { sql } from 'drizzle-orm';
import { check, index, pgTable, text } from 'drizzle-orm/pg-core';
import type { PersonId, ShopId } from '@/lib/kernel';
import { idColumn, instantColumn } from './columns';
import { shops } from './shops';

/** Where a new shop says its catalogue comes from. */
export const catalogueSources = ['scan', 'file', 'till', 'hand'] as const;
export type CatalogueSource = (typeof catalogueSources)[number];

/** How far a shop founded by its own keeper has come, from its first field to the city's yes. Shops the city brought have no row. */
export const shopBeginnings = pgTable(
  'shop_beginnings',
  {
    shopId: idColumn<ShopId>()
      .primaryKey()
      .references(() => shops.id),
    personId: idColumn<PersonId>().notNull(),
    state: text().$type<'preparing' | 'asked' | 'approved' | 'refused'>().notNull(),
    source: text().$type<CatalogueSource>(),
    /** When a step was first complete: how long it takes people is measured in the product (F8 a). */
    companyAt: instantColumn(),
    hoursAt: instantColumn(),
    receivingAt: instantColumn(),
    moneyAt: instantColumn(),
    askedAt: instantColumn(),
    decidedAt: instantColumn(),
    decidedBy: idColumn<PersonId>(),
    /** What the city wrote to a shop it did not open. */
    reason: text(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [
    index('beginnings_by_state').on(table.state, table.askedAt),
    index('beginnings_of_person').on(table.personId),
    check('asked_is_dated', sql`${table.state} = 'preparing' or ${table.askedAt} is not null`),
    check('refusal_has_a_reason', sql`${table.state} <> 'refused' or ${table.reason} is not null`),
  ],
);
