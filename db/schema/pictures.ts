import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { ConnectionId, ImportId, ProductId, ShopId } from '@/lib/kernel';
import { products } from './catalogue';
import { idColumn, instantColumn } from './columns';
import { shops } from './shops';

/**
 * Pictures a shop's file or source names by their address: fetched by the worker, never while anybody waits. Rows stay when they are done, so
 * that the same address is not fetched again, and a picture somebody took back does not return with the next file.
 */
export const pictureWishes = pgTable(
  'picture_wishes',
  {
    productId: idColumn<ProductId>()
      .notNull()
      .references(() => products.id),
    shopId: idColumn<ShopId>()
      .notNull()
      .references(() => shops.id),
    /** SHA-256 of the address: addresses may be longer than a key. */
    digest: text().notNull(),
    address: text().notNull(),
    /** The import or the connection that named it last. */
    origin: idColumn<ImportId | ConnectionId>().notNull(),
    /** Where it is going to stand among the product's pictures. */
    position: integer().notNull(),
    /** `spared`: not needed, because the page has pictures of another shop or enough of them. */
    state: text().$type<'waiting' | 'kept' | 'failed' | 'spared'>().notNull(),
    /** Why it is not kept, as a code for `lib/texts`. */
    reason: text(),
    attempts: integer().notNull().default(0),
    nextTryAt: instantColumn().notNull(),
    /** What the fetched file is kept under, and its SHA-256: two addresses of one file are one picture. */
    key: text(),
    checksum: text(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [
    primaryKey({ name: 'one_wish_per_address', columns: [table.productId, table.shopId, table.digest] }),
    index('wishes_due')
      .on(table.shopId, table.nextTryAt, table.productId, table.position)
      .where(sql`${table.state} = 'waiting'`),
    index('wishes_of_origin').on(table.origin),
  ],
);
