import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { OrderId, PaymentId, RefundId, SubOrderId } from '@/lib/kernel';
import { currencyColumn, idColumn, instantColumn, minorColumn } from './columns';
import { orders, subOrders } from './orders';

export const paymentStates = ['created', 'challenged', 'authorised', 'captured', 'declined', 'voided'] as const;
export type PaymentState = (typeof paymentStates)[number];

/** One payment of one order, as our provider reports it. Card data never comes here. */
export const payments = pgTable(
  'payments',
  {
    id: idColumn<PaymentId>().primaryKey(),
    orderId: idColumn<OrderId>()
      .notNull()
      .references(() => orders.id),
    /** `none`: vouchers pay all of it, and no provider is asked. */
    provider: text().$type<'demo' | 'stripe' | 'none'>().notNull(),
    providerReference: text(),
    state: text().$type<PaymentState>().notNull(),
    amountMinor: minorColumn().notNull(),
    capturedMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    currency: currencyColumn(),
    captureBefore: instantColumn(),
    createdAt: instantColumn().notNull(),
    updatedAt: instantColumn().notNull(),
  },
  (table) => [
    unique('one_payment_per_provider_reference').on(table.provider, table.providerReference),
    unique('one_payment_per_order').on(table.orderId),
    check('captured_within_authorised', sql`${table.capturedMinor} between 0 and ${table.amountMinor}`),
  ],
);

/** The part of one payment that belongs to a sub-order; what was captured for it, and given back. */
export const paymentShares = pgTable(
  'payment_shares',
  {
    paymentId: idColumn<PaymentId>()
      .notNull()
      .references(() => payments.id),
    subOrderId: idColumn<SubOrderId>()
      .notNull()
      .references(() => subOrders.id),
    amountMinor: minorColumn().notNull(),
    capturedMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    refundedMinor: minorColumn()
      .notNull()
      .default(sql`0`),
  },
  (table) => [
    primaryKey({ name: 'one_share_per_sub_order', columns: [table.paymentId, table.subOrderId] }),
    check('share_captured_within_amount', sql`${table.capturedMinor} between 0 and ${table.amountMinor}`),
    check('share_refunded_within_captured', sql`${table.refundedMinor} between 0 and ${table.capturedMinor}`),
  ],
);

/** Money back, attributed to a sub-order. */
export const refunds = pgTable(
  'refunds',
  {
    id: idColumn<RefundId>().primaryKey(),
    paymentId: idColumn<PaymentId>()
      .notNull()
      .references(() => payments.id),
    subOrderId: idColumn<SubOrderId>().notNull(),
    amountMinor: minorColumn().notNull(),
    currency: currencyColumn(),
    reason: text().notNull(),
    providerReference: text(),
    createdAt: instantColumn().notNull(),
    sentAt: instantColumn(),
  },
  (table) => [index('refunds_of_payment').on(table.paymentId), check('refund_is_positive', sql`${table.amountMinor} > 0`)],
);

/** Webhook messages heard: inserting the sender's id is the claim, so each acts once. */
export const providerMessages = pgTable(
  'provider_messages',
  {
    provider: text().notNull(),
    messageId: text().notNull(),
    kind: text().notNull(),
    receivedAt: instantColumn().notNull(),
  },
  (table) => [primaryKey({ name: 'provider_message_heard_once', columns: [table.provider, table.messageId] })],
);

/** The demo provider's own books (it plays a company of its own: nothing else reads this table). */
export const demoIntents = pgTable('demo_intents', {
  reference: text().primaryKey(),
  amountMinor: minorColumn().notNull(),
  currency: currencyColumn(),
  state: text().$type<'requires-card' | 'requires-challenge' | 'authorised' | 'captured' | 'declined' | 'cancelled'>().notNull(),
  capturedMinor: minorColumn()
    .notNull()
    .default(sql`0`),
  refundedMinor: minorColumn()
    .notNull()
    .default(sql`0`),
  cardLastFour: text(),
  idempotencyKey: text().notNull().unique('one_demo_intent_per_key'),
  createdAt: instantColumn().notNull(),
});
