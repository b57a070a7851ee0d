import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { OrderId, PaymentId, RefundId, SubOrderId } from '@/lib/kernel';
import { currencyColumn, idColumn, instantColumn, minorColumn } from './columns';
import { orders, subOrders } from './orders';

export const paymentStates = ['created', 'challenged', 'authorised', 'captured', 'declined', 'voided'] as const;
export type PaymentState = (typeof paymentStates)[number];

/** How the shopper pays: with a card, or by a transfer from their own bank. (A *transfer* alone is a merchant's earning.) */
export const paymentMethods = ['card', 'bank-transfer'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

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
    method: text().$type<PaymentMethod>().notNull().default('card'),
    /** How often the shopper has chosen another method: each is an intent of its own. */
    attempt: integer().notNull().default(0),
    /** Empty for the moment between the choice of a method and the provider's answer. */
    providerReference: text(),
    /** What the provider's books call the taking, where that is not the intent itself. */
    chargeReference: text(),
    state: text().$type<PaymentState>().notNull(),
    amountMinor: minorColumn().notNull(),
    capturedMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    /** Of a bank transfer: whom to send it to. Names the provider's account, never the payer's. */
    payTo: jsonb(),
    /** Of a bank transfer: all that ever came in, and of it all that was sent back without being taken. Both only grow. */
    arrivedMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    sentBackMinor: minorColumn()
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
    check('sent_back_within_arrived', sql`${table.sentBackMinor} between 0 and ${table.arrivedMinor}`),
    // What lies at the provider and may have to go back: next to nothing, looked at every minute.
    index('payments_with_money_lying')
      .on(table.orderId)
      .where(sql`${table.arrivedMinor} > ${table.sentBackMinor} + ${table.capturedMinor}`),
  ],
);

/**
 * Intents the shopper turned away from by choosing another method: let go at the provider, and whatever still comes to them is sent back.
 * One order is never paid twice.
 */
export const formerIntents = pgTable(
  'former_intents',
  {
    provider: text().$type<'demo' | 'stripe' | 'none'>().notNull(),
    reference: text().notNull(),
    paymentId: idColumn<PaymentId>()
      .notNull()
      .references(() => payments.id),
    arrivedMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    sentBackMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    leftAt: instantColumn().notNull(),
    /** When the provider let it go; empty until then. */
    letGoAt: instantColumn(),
  },
  (table) => [
    primaryKey({ name: 'one_former_intent_per_reference', columns: [table.provider, table.reference] }),
    index('former_intents_of_payment').on(table.paymentId),
    index('former_intents_due')
      .on(table.leftAt)
      .where(sql`${table.letGoAt} is null or ${table.arrivedMinor} > ${table.sentBackMinor}`),
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
  method: text().$type<PaymentMethod>().notNull().default('card'),
  amountMinor: minorColumn().notNull(),
  currency: currencyColumn(),
  state: text()
    .$type<'requires-card' | 'requires-transfer' | 'requires-challenge' | 'authorised' | 'captured' | 'declined' | 'cancelled'>()
    .notNull(),
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

/** What came to the demo's bank for an intent, and what it sent back to the payer; of the same company as `demo_intents`. */
export const demoBankTransfers = pgTable(
  'demo_bank_transfers',
  {
    reference: text().primaryKey(),
    intent: text()
      .notNull()
      .references(() => demoIntents.reference),
    direction: text().$type<'in' | 'back'>().notNull(),
    amountMinor: minorColumn().notNull(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [
    index('demo_bank_transfers_of_intent').on(table.intent),
    check('demo_bank_transfer_is_positive', sql`${table.amountMinor} > 0`),
  ],
);
