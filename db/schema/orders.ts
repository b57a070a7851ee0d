import { sql } from 'drizzle-orm';
import { boolean, check, doublePrecision, index, integer, jsonb, pgSequence, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type {
  Actor,
  BasketId,
  CommissionRuleId,
  DecisionId,
  EventId,
  ListingId,
  MerchantId,
  OfferId,
  OrderId,
  OrderLineId,
  PersonId,
  RescueId,
  ShopId,
  StockLocationId,
  SubOrderId,
} from '@/lib/kernel';
import type { FulfilmentMethod, PlanKind } from './basket';
import { currencyColumn, idColumn, instantColumn, minorColumn, quantityColumn } from './columns';
import { merchants, shops } from './shops';

/** Where an order's public numbers come from: H-1001, H-1002, … (people read numbers, never ids). */
export const orderNumbers = pgSequence('order_numbers', { startWith: 1001 });

/** What happens when a shop cannot serve, said by the shopper before paying (architecture §5). */
export const rescueWishes = ['elsewhere', 'ask', 'refund'] as const;
export type RescueWish = (typeof rescueWishes)[number];

/** The shopper's one purchase. Its state is computed from its sub-orders; it holds no VAT. */
export const orders = pgTable(
  'orders',
  {
    id: idColumn<OrderId>().primaryKey(),
    number: text().notNull(),
    token: text().notNull(),
    basketId: idColumn<BasketId>(),
    personId: idColumn<PersonId>(),
    shopperName: text().notNull(),
    email: text().notNull(),
    phone: text(),
    addressLabel: text(),
    addressLatitude: doublePrecision(),
    addressLongitude: doublePrecision(),
    locale: text().notNull(),
    plan: text().$type<PlanKind>().notNull(),
    rescueWish: text().$type<RescueWish>().notNull(),
    goodsMinor: minorColumn().notNull(),
    deliveryMinor: minorColumn().notNull(),
    totalMinor: minorColumn().notNull(),
    /** Of the total, what vouchers pay; the rest is the card's. */
    tenderedMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    currency: currencyColumn(),
    termsVersion: text().notNull(),
    /** Replayed history of the demo city: no message leaves the house for it. */
    isReplayed: boolean().notNull().default(false),
    payBy: instantColumn().notNull(),
    placedAt: instantColumn().notNull(),
    paidAt: instantColumn(),
  },
  (table) => [
    unique('one_order_per_number').on(table.number),
    unique('one_order_per_token').on(table.token),
    index('orders_by_time').on(table.placedAt),
    index('orders_of_person').on(table.personId),
    index('orders_of_basket').on(table.basketId),
    check('order_total_adds_up', sql`${table.totalMinor} = ${table.goodsMinor} + ${table.deliveryMinor}`),
    check('vouchers_pay_within_order', sql`${table.tenderedMinor} between 0 and ${table.totalMinor}`),
  ],
);

export const subOrderStates = [
  'placed',
  'offered',
  'accepted',
  'preparing',
  'ready',
  'despatched',
  'handed-over',
  'delivered',
  'expired',
  'refused',
  'unanswered',
  'cancelled',
  'uncollected',
] as const;
export type SubOrderState = (typeof subOrderStates)[number];

/** The part for one shop: the contract, unit of acceptance, fulfilment, invoice and settlement. */
export const subOrders = pgTable(
  'sub_orders',
  {
    id: idColumn<SubOrderId>().primaryKey(),
    orderId: idColumn<OrderId>()
      .notNull()
      .references(() => orders.id),
    number: text().notNull(),
    shopId: idColumn<ShopId>()
      .notNull()
      .references(() => shops.id),
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    locationId: idColumn<StockLocationId>().notNull(),
    method: text().$type<FulfilmentMethod>().notNull(),
    /** Set aside without obligation, paid at the shop's own till: no distance contract, so no payment share, invoice or commission. */
    isSetAside: boolean().notNull().default(false),
    state: text().$type<SubOrderState>().notNull(),
    goodsMinor: minorColumn().notNull(),
    deliveryMinor: minorColumn().notNull(),
    /** The least the shop asked for bringing goods when the order was made: no more delivery than that is given back (BO-13). */
    standardDeliveryMinor: minorColumn(),
    totalMinor: minorColumn().notNull(),
    /** The part of the total the rescue account pays, so that a promise kept elsewhere costs the shopper nothing more. */
    rescueMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    /** The part of the total vouchers pay when all of it is served. */
    tenderedMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    currency: currencyColumn(),
    promisedFrom: instantColumn().notNull(),
    promisedTo: instantColumn(),
    /** Pickup only: until when the bag is kept. */
    keptUntil: instantColumn(),
    acceptBy: instantColumn(),
    /** Four characters said or scanned at handover. */
    pickupCode: text().notNull(),
    bag: text(),
    refusalReason: text(),
    /** The part the shopper receives otherwise since: this one took its place, in the same order or as an order of its own. */
    replacesId: idColumn<SubOrderId>(),
    stateChangedAt: instantColumn().notNull(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [
    unique('one_sub_order_per_number').on(table.number),
    index('sub_orders_of_order').on(table.orderId),
    index('sub_orders_of_shop').on(table.shopId, table.state, table.createdAt),
    index('parts_replacing')
      .on(table.replacesId)
      .where(sql`${table.replacesId} is not null`),
    index('sub_orders_to_answer')
      .on(table.acceptBy)
      .where(sql`${table.state} = 'offered'`),
    check('sub_order_total_adds_up', sql`${table.totalMinor} = ${table.goodsMinor} + ${table.deliveryMinor}`),
    check('what_is_set_aside_is_fetched', sql`not ${table.isSetAside} or ${table.method} = 'pickup'`),
    check('rescue_within_sub_order', sql`${table.rescueMinor} between 0 and ${table.totalMinor}`),
    check('vouchers_pay_within_sub_order', sql`${table.tenderedMinor} between 0 and ${table.totalMinor} - ${table.rescueMinor}`),
  ],
);

/** Variant, quantity and frozen price; in exactly one sub-order. */
export const orderLines = pgTable(
  'order_lines',
  {
    id: idColumn<OrderLineId>().primaryKey(),
    subOrderId: idColumn<SubOrderId>()
      .notNull()
      .references(() => subOrders.id),
    listingId: idColumn<ListingId>().notNull(),
    offerId: idColumn<OfferId>().notNull(),
    locationId: idColumn<StockLocationId>().notNull(),
    title: text().notNull(),
    keyAttribute: text(),
    shelf: text(),
    salesUnit: text().$type<'each' | 'gram' | 'millimetre'>().notNull(),
    quantity: quantityColumn().notNull(),
    pickedQuantity: quantityColumn(),
    /** Units the shop will not serve: refused, missing, never answered for. */
    refusedQuantity: quantityColumn()
      .notNull()
      .default(sql`0`),
    unitPriceMinor: minorColumn().notNull(),
    priceSteps: integer().notNull(),
    totalMinor: minorColumn().notNull(),
    /** The part of the line's total the rescue account pays. */
    rescueMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    deliveryShareMinor: minorColumn().notNull(),
    vatCategory: text().notNull(),
    vatRateBps: integer().notNull(),
    commissionBps: integer().notNull(),
    commissionMinor: minorColumn().notNull(),
    /** The rule the rate comes from; none where the merchant's contract says it. */
    commissionRuleId: idColumn<CommissionRuleId>(),
    minimumAge: integer(),
    withdrawalException: text(),
    /** The rescue this line answers: it stands for units another shop could not serve. */
    rescueId: idColumn<RescueId>(),
  },
  (table) => [
    index('lines_of_sub_order').on(table.subOrderId),
    index('lines_of_rescue')
      .on(table.rescueId)
      .where(sql`${table.rescueId} is not null`),
    check('line_has_units', sql`${table.quantity} > 0`),
    check('picked_within_ordered', sql`${table.pickedQuantity} between 0 and ${table.quantity}`),
    check('refused_within_ordered', sql`${table.refusedQuantity} between 0 and ${table.quantity}`),
    check('rescue_within_line', sql`${table.rescueMinor} between 0 and ${table.totalMinor}`),
  ],
);

/** Everything that happened to a sub-order, with who and when; append-only. */
export const subOrderEvents = pgTable(
  'sub_order_events',
  {
    id: idColumn<EventId>().primaryKey(),
    subOrderId: idColumn<SubOrderId>()
      .notNull()
      .references(() => subOrders.id),
    event: text().notNull(),
    fromState: text().$type<SubOrderState>(),
    toState: text().$type<SubOrderState>().notNull(),
    actorKind: text().$type<Actor['kind']>().notNull(),
    actorId: text(),
    detail: jsonb(),
    occurredAt: instantColumn().notNull(),
  },
  (table) => [index('events_of_sub_order').on(table.subOrderId, table.occurredAt)],
);

/** What the engine was asked, what it answered and why: a shop may always ask "why not me?". */
export const routingDecisions = pgTable(
  'routing_decisions',
  {
    id: idColumn<DecisionId>().primaryKey(),
    orderId: idColumn<OrderId>().notNull(),
    asked: jsonb().notNull(),
    answered: jsonb().notNull(),
    decidedAt: instantColumn().notNull(),
  },
  (table) => [index('decisions_of_order').on(table.orderId)],
);

/**
 * "I withdraw", as it was stated on the withdrawal page (BO-08 to BO-10): who, which contract, and when it arrived, which is what counts;
 * append-only. Handled later, by hand where the goods have already been handed over.
 */
export const withdrawalStatements = pgTable(
  'withdrawal_statements',
  {
    id: idColumn<EventId>().primaryKey(),
    orderId: idColumn<OrderId>()
      .notNull()
      .references(() => orders.id),
    /** The contract as it was typed: an order, or one shop's part of it. */
    number: text().notNull(),
    /** Part of the order, in the shopper's words; none means all of it. */
    articles: text(),
    name: text().notNull(),
    email: text().notNull(),
    locale: text().notNull(),
    statedAt: instantColumn().notNull(),
  },
  (table) => [index('statements_of_order').on(table.orderId)],
);
