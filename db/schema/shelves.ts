import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import type * as Ids from '@/lib/kernel';
import { idColumn, instantColumn, quantityColumn } from './columns';
import { offers } from './catalogue';
import { subOrders } from './orders';
import { networks, shops, stockLocations } from './shops';

const shopColumn = () =>
  idColumn<Ids.ShopId>()
    .notNull()
    .references(() => shops.id);
const offerColumn = () =>
  idColumn<Ids.OfferId>()
    .notNull()
    .references(() => offers.id);
const locationColumn = () =>
  idColumn<Ids.StockLocationId>()
    .notNull()
    .references(() => stockLocations.id);

/** "Somebody looks for you": a shopper asks whether the thing is really there; the shop answers with one tap, or time does. */
export const shelfChecks = pgTable(
  'shelf_checks',
  {
    id: idColumn<Ids.ShelfCheckId>().primaryKey(),
    offerId: offerColumn(),
    locationId: locationColumn(),
    shopId: shopColumn(),
    /** The first basket that asked; others who ask meanwhile hear the same answer. */
    basketId: idColumn<Ids.BasketId>(),
    state: text().$type<'asked' | 'found' | 'gone' | 'expired'>().notNull(),
    quantity: integer(),
    askedAt: instantColumn().notNull(),
    expiresAt: instantColumn().notNull(),
    answeredAt: instantColumn(),
    answeredBy: idColumn<Ids.PersonId>(),
  },
  (table) => [
    uniqueIndex('one_open_check_per_offer')
      .on(table.offerId)
      .where(sql`${table.state} = 'asked'`),
    index('checks_of_shop').on(table.shopId, table.askedAt),
    index('checks_of_offer').on(table.offerId, table.askedAt),
    index('checks_to_expire')
      .on(table.expiresAt)
      .where(sql`${table.state} = 'asked'`),
    check('an_answer_has_its_time', sql`(${table.state} = 'asked') = (${table.answeredAt} is null)`),
  ],
);

/** Goods on their way to a shelf: future stock, until they are received or given up. */
export const expectedDeliveries = pgTable(
  'expected_deliveries',
  {
    id: idColumn<Ids.DeliveryId>().primaryKey(),
    offerId: offerColumn(),
    locationId: locationColumn(),
    shopId: shopColumn(),
    quantity: quantityColumn().notNull(),
    expectedAt: instantColumn().notNull(),
    state: text().$type<'expected' | 'received' | 'cancelled'>().notNull(),
    receivedQuantity: quantityColumn(),
    endedAt: instantColumn(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [
    index('deliveries_of_offer')
      .on(table.offerId, table.expectedAt)
      .where(sql`${table.state} = 'expected'`),
    index('deliveries_of_shop').on(table.shopId, table.expectedAt),
    check('a_delivery_has_units', sql`${table.quantity} > 0`),
    check('an_ended_delivery_has_its_time', sql`(${table.state} = 'expected') = (${table.endedAt} is null)`),
  ],
);

/** Units going from one shop of a network to another: what was sent is what was received and what was lost on the way. */
export const stockTransfers = pgTable(
  'stock_transfers',
  {
    id: idColumn<Ids.StockTransferId>().primaryKey(),
    networkId: idColumn<Ids.NetworkId>()
      .notNull()
      .references(() => networks.id),
    fromShopId: shopColumn(),
    fromOfferId: offerColumn(),
    fromLocationId: locationColumn(),
    toShopId: shopColumn(),
    toOfferId: offerColumn(),
    toLocationId: locationColumn(),
    quantity: quantityColumn().notNull(),
    state: text().$type<'requested' | 'declined' | 'sent' | 'received' | 'cancelled'>().notNull(),
    /** The part of an order these units are carried for: they are spoken for on either shelf. None: for the other shelf itself. */
    subOrderId: idColumn<Ids.SubOrderId>().references(() => subOrders.id),
    /** Until when they must have left, to keep what the shopper was told. */
    sendBy: instantColumn(),
    sentQuantity: quantityColumn(),
    receivedQuantity: quantityColumn(),
    requestedAt: instantColumn().notNull(),
    sentAt: instantColumn(),
    endedAt: instantColumn(),
  },
  (table) => [
    index('transfers_from_shop').on(table.fromShopId, table.requestedAt),
    index('transfers_for_orders')
      .on(table.subOrderId)
      .where(sql`${table.subOrderId} is not null`),
    index('transfers_to_send')
      .on(table.sendBy)
      .where(sql`${table.state} = 'requested' and ${table.subOrderId} is not null`),
    check('what_an_order_waits_for_has_its_hour', sql`(${table.subOrderId} is null) = (${table.sendBy} is null)`),
    index('transfers_to_shop').on(table.toShopId, table.requestedAt),
    check('a_transfer_has_units', sql`${table.quantity} > 0`),
    check('a_transfer_goes_elsewhere', sql`${table.fromShopId} <> ${table.toShopId}`),
    check('no_unit_is_received_that_was_not_sent', sql`${table.receivedQuantity} <= ${table.sentQuantity}`),
  ],
);

/** What a shop withholds from sale, for one department or, without one, for all the others. */
export const safetyRules = pgTable(
  'safety_rules',
  {
    shopId: shopColumn(),
    categoryId: idColumn<Ids.CategoryId>(),
    safetyStock: quantityColumn().notNull(),
    routingSafetyStock: quantityColumn().notNull(),
    updatedAt: instantColumn().notNull(),
  },
  (table) => [
    unique('one_safety_rule_per_department').on(table.shopId, table.categoryId).nullsNotDistinct(),
    check('a_rule_withholds_no_less_from_sale', sql`${table.routingSafetyStock} between 0 and ${table.safetyStock}`),
  ],
);
