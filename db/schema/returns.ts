import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgSequence, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import type * as Ids from '@/lib/kernel';
import { idColumn, instantColumn, minorColumn, quantityColumn } from './columns';
import { orderLines, orders, subOrders, withdrawalStatements } from './orders';
import { shops } from './shops';

/** Where the numbers people read come from: R-1001, R-1002, … */
export const returnNumbers = pgSequence('return_numbers', { startWith: 1001 });

export const returnCauses = ['withdrawal', 'defect', 'exchange'] as const;
export const returnStates = ['stated', 'accepted', 'sent-back', 'received', 'settled', 'refused', 'dropped'] as const;

/** What the shopper is to have: money, another variant, the thing mended, the same thing anew. */
export const returnRemedies = ['refund', 'exchange', 'repair', 'replacement'] as const;

/** What becomes of the goods: the selling shop's own shelf, bought by the shop they came to, on their way home, put aside because they are not good. */
export const returnDestinations = ['shelf', 'bought', 'home', 'aside'] as const;

/** Goods of one contract on their way back, until money, goods or a repair were given for them (architecture §7, issue of returns). */
export const returnCases = pgTable(
  'return_cases',
  {
    id: idColumn<Ids.ReturnId>().primaryKey(),
    number: text().notNull(),
    orderId: idColumn<Ids.OrderId>()
      .notNull()
      .references(() => orders.id),
    subOrderId: idColumn<Ids.SubOrderId>()
      .notNull()
      .references(() => subOrders.id),
    /** The selling shop: party to the contract, whoever takes the goods in. */
    shopId: idColumn<Ids.ShopId>()
      .notNull()
      .references(() => shops.id),
    cause: text().$type<(typeof returnCauses)[number]>().notNull(),
    remedy: text().$type<(typeof returnRemedies)[number]>().notNull(),
    state: text().$type<(typeof returnStates)[number]>().notNull(),
    way: text().$type<'shop' | 'parcel'>().notNull(),
    /** The shop the shopper means to go to; any other that takes returns may take it all the same. */
    chosenShopId: idColumn<Ids.ShopId>().references(() => shops.id),
    statementId: idColumn<Ids.EventId>().references(() => withdrawalStatements.id),
    /** In the shopper's words, never asked for (BO-08). */
    reason: text(),
    /** Four characters said or scanned at the counter. */
    code: text().notNull(),
    statedAt: instantColumn().notNull(),
    /** Until when the goods are to be brought or sent (CRD 14(1)). */
    bringBy: instantColumn().notNull(),
    remindedAt: instantColumn(),
    sentBackAt: instantColumn(),
    /** What the carrier calls it: the proof of despatch. */
    tracking: text(),
    receivedAt: instantColumn(),
    receivedShopId: idColumn<Ids.ShopId>().references(() => shops.id),
    /** What the counter wants the selling shop to look at; null when there is no doubt (any more). */
    question: text(),
    /** A repair or a replacement is to be given by then (L.217-10). */
    remedyDueAt: instantColumn(),
    refusedReason: text(),
    endedAt: instantColumn(),
  },
  (table) => [
    unique('one_return_per_number').on(table.number),
    uniqueIndex('one_return_per_statement_and_part').on(table.statementId, table.subOrderId),
    index('returns_of_order').on(table.orderId),
    index('returns_of_part').on(table.subOrderId),
    index('returns_of_origin').on(table.shopId, table.statedAt),
    index('returns_received_in').on(table.receivedShopId, table.receivedAt),
    index('returns_open')
      .on(table.statedAt)
      .where(sql`${table.endedAt} is null`),
    check('a_received_return_has_its_shop', sql`(${table.receivedAt} is null) = (${table.receivedShopId} is null)`),
    check('an_ended_return_has_its_time', sql`(${table.state} in ('settled', 'refused', 'dropped')) = (${table.endedAt} is not null)`),
    check('a_withdrawal_is_never_refused', sql`not (${table.cause} = 'withdrawal' and ${table.state} = 'refused')`),
  ],
);

/** How many of which line come back, what was found of them, and what becomes of them. */
export const returnLines = pgTable(
  'return_lines',
  {
    returnId: idColumn<Ids.ReturnId>()
      .notNull()
      .references(() => returnCases.id),
    lineId: idColumn<Ids.OrderLineId>()
      .notNull()
      .references(() => orderLines.id),
    quantity: quantityColumn().notNull(),
    /** Counted at the counter; null until then. */
    broughtQuantity: quantityColumn(),
    /** Of these, as good as new: they may be sold again. */
    goodQuantity: quantityColumn(),
    /** What the goods lost by more handling than trying needs, kept back from a withdrawal (CRD 14(2)). */
    deductionMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    destination: text().$type<(typeof returnDestinations)[number]>(),
    /** On whose shelf they are counted: the selling shop's offer, or the buyer's for goods that were bought. */
    shelfOfferId: idColumn<Ids.OfferId>(),
    /** What the shop that bought them pays the selling shop, with VAT. */
    clearingMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    sentHomeAt: instantColumn(),
    backHomeAt: instantColumn(),
    /** What is given instead, once it was: the wish until then. */
    exchangeOfferId: idColumn<Ids.OfferId>(),
    /** What the new thing costs beyond the old one, rung on the shop's own till. */
    supplementMinor: minorColumn()
      .notNull()
      .default(sql`0`),
  },
  (table) => [
    primaryKey({ name: 'one_return_line_per_line', columns: [table.returnId, table.lineId] }),
    index('returns_of_line').on(table.lineId),
    index('returns_to_send_home')
      .on(table.returnId)
      .where(sql`${table.destination} = 'home' and ${table.backHomeAt} is null`),
    check('a_return_line_has_units', sql`${table.quantity} > 0`),
    check('no_more_is_brought_than_stated', sql`${table.broughtQuantity} between 0 and ${table.quantity}`),
    check('no_more_is_good_than_brought', sql`${table.goodQuantity} between 0 and ${table.broughtQuantity}`),
    check('return_money_not_negative', sql`${table.deductionMinor} >= 0 and ${table.clearingMinor} >= 0 and ${table.supplementMinor} >= 0`),
  ],
);

/**
 * What a return takes off a contract: units and money of a line, money alone (a cheaper thing was given instead), or its delivery (no line). Append-only: what is owed, the refund, the credit
 * note and the commission all follow it.
 */
export const returnCredits = pgTable(
  'return_credits',
  {
    id: idColumn<Ids.EventId>().primaryKey(),
    returnId: idColumn<Ids.ReturnId>()
      .notNull()
      .references(() => returnCases.id),
    subOrderId: idColumn<Ids.SubOrderId>()
      .notNull()
      .references(() => subOrders.id),
    lineId: idColumn<Ids.OrderLineId>().references(() => orderLines.id),
    quantity: integer().notNull(),
    /** Back to the shopper, and back to the rescue account that paid part of it. */
    shopperMinor: minorColumn().notNull(),
    rescueMinor: minorColumn().notNull(),
    /** Nothing had been taken yet: less is taken instead of given back. */
    isBeforeCapture: boolean().notNull(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [
    unique('a_line_is_credited_once_per_return').on(table.returnId, table.lineId).nullsNotDistinct(),
    index('credits_of_part').on(table.subOrderId),
    check('credits_not_negative', sql`${table.shopperMinor} >= 0 and ${table.rescueMinor} >= 0 and ${table.quantity} >= 0`),
    check('delivery_has_no_units', sql`${table.lineId} is not null or ${table.quantity} = 0`),
  ],
);

/** Everything that happened to a return, with who and when; append-only. */
export const returnEvents = pgTable(
  'return_events',
  {
    id: idColumn<Ids.EventId>().primaryKey(),
    returnId: idColumn<Ids.ReturnId>()
      .notNull()
      .references(() => returnCases.id),
    event: text().notNull(),
    toState: text().$type<(typeof returnStates)[number]>().notNull(),
    actorKind: text().$type<'shopper' | 'shop' | 'operator' | 'courier' | 'carrier' | 'system'>().notNull(),
    actorId: text(),
    /** The shop at whose counter it happened. */
    shopId: idColumn<Ids.ShopId>(),
    detail: jsonb(),
    occurredAt: instantColumn().notNull(),
  },
  (table) => [index('events_of_return').on(table.returnId, table.occurredAt)],
);
