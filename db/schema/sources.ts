import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { ConnectionId, ImportId, OfferId, PersonId, ShopId } from '@/lib/kernel';
import { idColumn, instantColumn } from './columns';
import { shops } from './shops';

/** A shop's link to the till or site it already keeps its goods in: how to ask, where the asking stands, how it went. */
export const sourceConnections = pgTable(
  'source_connections',
  {
    id: idColumn<ConnectionId>().primaryKey(),
    shopId: idColumn<ShopId>()
      .notNull()
      .references(() => shops.id),
    /** Who connected it, and in whose name its goods are taken over. */
    personId: idColumn<PersonId>().notNull(),
    kind: text().notNull(),
    /** What the form asked for and may be shown again. */
    settings: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    /** Keys and passwords, sealed: never shown, never logged. */
    sealed: text().notNull(),
    /** The unguessable part of the address its messages come to. */
    hookToken: text().notNull(),
    state: text().$type<'active' | 'paused' | 'removed'>().notNull(),
    /** Where a pull that is under way goes on; null between pulls. */
    cursor: text(),
    pullSince: instantColumn(),
    pullStartedAt: instantColumn(),
    /** Everything that changed before this moment is known. */
    knownUntil: instantColumn(),
    lastFullAt: instantColumn(),
    lastSuccessAt: instantColumn(),
    heardAt: instantColumn(),
    nextPullAt: instantColumn().notNull(),
    leasedUntil: instantColumn(),
    failures: integer().notNull().default(0),
    fault: jsonb(),
    degradedSince: instantColumn(),
    /** How far the source's clock is ahead of ours, in milliseconds. */
    skewMs: bigint({ mode: 'number' }).notNull().default(0),
    /** How old changed figures were when they reached us, the last time any did: the median, in milliseconds. */
    lagMs: bigint({ mode: 'number' }),
    /** The file that a source of files brought last, told from the next by what is in it. */
    lastFileMark: text(),
    lastImportId: idColumn<ImportId>(),
    createdAt: instantColumn().notNull(),
    removedAt: instantColumn(),
  },
  (table) => [
    unique('one_connection_per_hook').on(table.hookToken),
    index('connections_of_shop').on(table.shopId),
    index('connections_due')
      .on(table.nextPullAt)
      .where(sql`${table.state} = 'active'`),
    check('failures_are_counted', sql`${table.failures} >= 0`),
  ],
);

/** One variant as its source knows it, the offer it became, or why it became none. */
export const sourceItems = pgTable(
  'source_items',
  {
    connectionId: idColumn<ConnectionId>()
      .notNull()
      .references(() => sourceConnections.id),
    externalId: text().notNull(),
    productRef: text().notNull(),
    /** The name under which the source tells counts, where it is another one. */
    stockRef: text().notNull(),
    merchantSku: text(),
    title: text().notNull(),
    offerId: idColumn<OfferId>(),
    /** What was taken over, to tell a change from a repetition and to take the offer off sale later. */
    draft: jsonb(),
    digest: text(),
    reason: text(),
    value: text(),
    toldQuantity: integer(),
    toldAt: instantColumn(),
    isGone: boolean().notNull().default(false),
    seenAt: instantColumn().notNull(),
  },
  (table) => [
    primaryKey({ name: 'one_item_per_external_id', columns: [table.connectionId, table.externalId] }),
    index('items_of_offer').on(table.offerId),
    index('items_by_stock_ref').on(table.connectionId, table.stockRef),
    index('items_by_product_ref').on(table.connectionId, table.productRef),
  ],
);

/** Messages of sources that were acted on: the same message again is the same message. */
export const sourceMessages = pgTable(
  'source_messages',
  {
    connectionId: idColumn<ConnectionId>()
      .notNull()
      .references(() => sourceConnections.id),
    messageId: text().notNull(),
    receivedAt: instantColumn().notNull(),
  },
  (table) => [primaryKey({ name: 'source_message_once', columns: [table.connectionId, table.messageId] })],
);
