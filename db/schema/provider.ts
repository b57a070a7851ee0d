import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import type { DisputeId, HoldId, LedgerTransactionId, MerchantId, OrderId, PaymentId, SubOrderId, TransferId } from '@/lib/kernel';
import { currencyColumn, idColumn, instantColumn, minorColumn } from './columns';
import { ledgerTransactions } from './ledger';
import { subOrders } from './orders';
import { payments } from './payments';
import { merchants } from './shops';

export const providerNames = ['demo', 'stripe'] as const;
export type ProviderName = (typeof providerNames)[number];

/** A merchant's own account at the payment provider: where its money is, and what the provider lets it do (OP-25). */
export const providerAccounts = pgTable(
  'provider_accounts',
  {
    merchantId: idColumn<MerchantId>()
      .primaryKey()
      .references(() => merchants.id),
    provider: text().$type<ProviderName>().notNull(),
    reference: text().notNull(),
    chargesEnabled: boolean().notNull(),
    payoutsEnabled: boolean().notNull(),
    /** What the provider still asks for, in its own words (`individual.id_number`). */
    requirements: text().array().notNull(),
    openedAt: instantColumn().notNull(),
    /** When the provider said so last. */
    reportedAt: instantColumn().notNull(),
  },
  (table) => [unique('one_merchant_per_account').on(table.provider, table.reference)],
);

/**
 * What was moved at the provider into a merchant's account because a ledger transaction earned it, or taken back (`reversesId`) because one
 * owed it. Written before the provider is asked, under whose own id as key: a crash between the two moves it once.
 */
export const transfers = pgTable(
  'transfers',
  {
    id: idColumn<TransferId>().primaryKey(),
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    transactionId: idColumn<LedgerTransactionId>()
      .notNull()
      .references(() => ledgerTransactions.id),
    orderId: idColumn<OrderId>(),
    subOrderId: idColumn<SubOrderId>(),
    reversesId: idColumn<TransferId>(),
    amountMinor: minorColumn().notNull(),
    currency: currencyColumn(),
    provider: text().$type<ProviderName>().notNull(),
    providerReference: text(),
    createdAt: instantColumn().notNull(),
    sentAt: instantColumn(),
  },
  (table) => [
    uniqueIndex('one_transfer_per_earning')
      .on(table.transactionId)
      .where(sql`${table.reversesId} is null`),
    index('transfers_of_transaction').on(table.transactionId),
    index('transfers_of_merchant').on(table.merchantId, table.createdAt),
    index('transfers_unsent')
      .on(table.createdAt)
      .where(sql`${table.sentAt} is null`),
    check('transfer_is_positive', sql`${table.amountMinor} > 0`),
  ],
);

/** Why a merchant's payouts wait: a stated reason with its facts (OP-10), from a day to a day. Never edited but for its end. */
export const payoutHolds = pgTable(
  'payout_holds',
  {
    id: idColumn<HoldId>().primaryKey(),
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    reason: text().$type<HoldReason>().notNull(),
    /** The facts, as the merchant reads them. */
    statement: text().notNull(),
    /** The system, or the operator's id. */
    placedBy: text().notNull(),
    placedAt: instantColumn().notNull(),
    /** Ends by itself on that day when nobody ends it before. */
    freedAt: instantColumn().notNull(),
    liftedBy: text(),
    liftedAt: instantColumn(),
  },
  (table) => [
    index('holds_of_merchant').on(table.merchantId, table.placedAt),
    check('hold_has_length', sql`${table.freedAt} > ${table.placedAt}`),
    check('hold_is_explained', sql`${table.statement} <> ''`),
    check('lifted_by_somebody', sql`(${table.liftedAt} is null) = (${table.liftedBy} is null)`),
  ],
);

export type HoldReason = 'papers-missing' | 'bank-refused' | 'suspected-fraud' | 'complaints' | 'legal-order';

/** A bank took a payment back, or part of it, and is looking into it. */
export const disputes = pgTable(
  'disputes',
  {
    id: idColumn<DisputeId>().primaryKey(),
    provider: text().$type<ProviderName>().notNull(),
    providerReference: text().notNull(),
    paymentId: idColumn<PaymentId>()
      .notNull()
      .references(() => payments.id),
    orderId: idColumn<OrderId>().notNull(),
    amountMinor: minorColumn().notNull(),
    currency: currencyColumn(),
    feeMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    /** In the provider's words (`fraudulent`, `product_not_received`). */
    reason: text().notNull(),
    state: text().$type<'open' | 'won' | 'lost'>().notNull(),
    /** Until when it can be answered. */
    answerBy: instantColumn(),
    openedAt: instantColumn().notNull(),
    closedAt: instantColumn(),
  },
  (table) => [
    unique('one_dispute_per_reference').on(table.provider, table.providerReference),
    index('disputes_of_order').on(table.orderId),
    check('dispute_is_positive', sql`${table.amountMinor} > 0 and ${table.feeMinor} >= 0`),
    check('dispute_ends_when_closed', sql`(${table.state} = 'open') = (${table.closedAt} is null)`),
  ],
);

/** Whose part of a dispute is how much: frozen when it opens, so that no other shop can ever bear it (BO-17). */
export const disputeParts = pgTable(
  'dispute_parts',
  {
    disputeId: idColumn<DisputeId>()
      .notNull()
      .references(() => disputes.id),
    subOrderId: idColumn<SubOrderId>()
      .notNull()
      .references(() => subOrders.id),
    merchantId: idColumn<MerchantId>().notNull(),
    amountMinor: minorColumn().notNull(),
    /** Who pays if it is lost; an operator may decide for the city while it is open. */
    bearer: text().$type<'merchant' | 'city'>().notNull().default('merchant'),
  },
  (table) => [
    primaryKey({ name: 'one_part_per_sub_order', columns: [table.disputeId, table.subOrderId] }),
    index('dispute_parts_of_merchant').on(table.merchantId),
    check('dispute_part_is_positive', sql`${table.amountMinor} > 0`),
  ],
);

/** The demo provider's own books: what moved on its accounts, as a real one lists it (nothing else reads this table). */
export const demoEntries = pgTable(
  'demo_entries',
  {
    reference: text().primaryKey(),
    kind: text().$type<'charge' | 'refund' | 'transfer' | 'reversal' | 'payout' | 'dispute' | 'dispute-won' | 'settlement'>().notNull(),
    /** The merchant's account concerned, none for the city's own. */
    account: text(),
    amountMinor: minorColumn().notNull(),
    /** What it is about: an intent, a transfer, the order's number. */
    about: text(),
    state: text().notNull(),
    idempotencyKey: text().notNull().unique('one_demo_entry_per_key'),
    createdAt: instantColumn().notNull(),
  },
  (table) => [index('demo_entries_by_day').on(table.createdAt)],
);

/** A day whose books were compared with the provider's: inserting the row is the claim. */
export const reconciliations = pgTable(
  'reconciliations',
  {
    provider: text().$type<ProviderName>().notNull(),
    /** `YYYY-MM-DD` in the city. */
    day: text().notNull(),
    ranAt: instantColumn().notNull(),
    compared: integer().notNull(),
    /** What the provider says moved that day, and what our books say; charges and refunds. */
    theirsMinor: minorColumn().notNull(),
    oursMinor: minorColumn().notNull(),
  },
  (table) => [primaryKey({ name: 'one_reconciliation_per_day', columns: [table.provider, table.day] })],
);

export const differenceKinds = ['missing-there', 'missing-here', 'amount-differs'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** Something the provider's books and ours do not agree on. It stays listed, with how it was settled once it was. */
export const reconciliationDifferences = pgTable(
  'reconciliation_differences',
  {
    provider: text().$type<ProviderName>().notNull(),
    reference: text().notNull(),
    entry: text().notNull(),
    day: text().notNull(),
    kind: text().$type<DifferenceKind>().notNull(),
    oursMinor: minorColumn(),
    theirsMinor: minorColumn(),
    orderNumber: text(),
    foundAt: instantColumn().notNull(),
    /** When a later comparison found both to agree. */
    resolvedAt: instantColumn(),
    note: text(),
    notedBy: text(),
  },
  (table) => [
    primaryKey({ name: 'one_difference_per_movement', columns: [table.provider, table.entry, table.reference] }),
    uniqueIndex('differences_by_day').on(table.day, table.provider, table.entry, table.reference),
  ],
);
