import { boolean, pgTable } from 'drizzle-orm/pg-core';
import type { ShopId } from '@/lib/kernel';
import { idColumn, instantColumn } from './columns';
import { shops } from './shops';

/** The counter page of a shop while somebody has it before them: one row a shop, however often it says so. No row: how this shop answers is not known. */
export const counterPresence = pgTable('counter_presence', {
  shopId: idColumn<ShopId>()
    .primaryKey()
    .references(() => shops.id),
  /** Since when it has been shown without a gap. */
  since: instantColumn().notNull(),
  seenAt: instantColumn().notNull(),
  /** It was once shown long enough to be the way this shop works, not a look in passing. */
  isKeptOpen: boolean().notNull().default(false),
});
