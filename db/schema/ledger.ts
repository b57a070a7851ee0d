import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { CommissionRuleId, IssuerId, LedgerTransactionId, MerchantId, OrderId, PayoutId, PersonId, SubOrderId } from '@/lib/kernel';
import { currencyColumn, idColumn, instantColumn, minorColumn } from './columns';
import { merchants } from './shops';

/**
 * Why money moved: one row for each cause, with what it is about. Append-only; the entries below sum to zero in each phase, which the
 * database checks when the transaction that writes them commits.
 */
export const ledgerTransactions = pgTable(
  'ledger_transactions',
  {
    id: idColumn<LedgerTransactionId>().primaryKey(),
    /** The cause, spelt so that the same one is the same text: `earned:sub_…`. */
    cause: text().notNull(),
    kind: text().notNull(),
    orderId: idColumn<OrderId>(),
    subOrderId: idColumn<SubOrderId>(),
    merchantId: idColumn<MerchantId>(),
    payoutId: idColumn<PayoutId>(),
    occurredAt: instantColumn().notNull(),
    recordedAt: instantColumn().notNull(),
  },
  (table) => [
    unique('one_transaction_per_cause').on(table.cause),
    index('ledger_of_merchant').on(table.merchantId, table.occurredAt),
    index('ledger_recorded_of_merchant').on(table.merchantId, table.recordedAt),
    index('ledger_of_order').on(table.orderId),
  ],
);

/** What moved on which account. Signs and accounts: `lib/oms/posting`. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    transactionId: idColumn<LedgerTransactionId>()
      .notNull()
      .references(() => ledgerTransactions.id),
    position: integer().notNull(),
    account: text().notNull(),
    /** Whose account, where there are many of a kind: a merchant's, a sub-order's, an order's. */
    holder: text(),
    phase: text().$type<'pending' | 'posted'>().notNull(),
    amountMinor: minorColumn().notNull(),
    currency: currencyColumn(),
  },
  (table) => [
    primaryKey({ name: 'one_entry_per_position', columns: [table.transactionId, table.position] }),
    index('entries_of_account').on(table.account, table.holder),
    check('entry_moves_something', sql`${table.amountMinor} <> 0`),
  ],
);

/**
 * How a transaction's commission came about, rule by rule: basis × rate = fee, and the rate of the VAT on it. Written with the transaction and never
 * changed; below zero where a fee is given back. The database holds their sum against the entry on the commission account.
 */
export const ledgerFees = pgTable(
  'ledger_fees',
  {
    transactionId: idColumn<LedgerTransactionId>()
      .notNull()
      .references(() => ledgerTransactions.id),
    position: integer().notNull(),
    /** None where the merchant's contract says the rate. */
    ruleId: idColumn<CommissionRuleId>(),
    rateBps: integer().notNull(),
    /** Goods after discount, with VAT, delivery excluded. */
    basisMinor: minorColumn().notNull(),
    feeMinor: minorColumn().notNull(),
    vatRateBps: integer().notNull(),
  },
  (table) => [primaryKey({ name: 'one_fee_per_position', columns: [table.transactionId, table.position] })],
);

/**
 * What of the ledger is not dealt with yet: transactions on merchants' accounts that no payout holds, or that are not moved at the provider to the
 * last cent. Written with the transaction and taken out when both are done, so that what is due is read without what was.
 */
export const openMoves = pgTable(
  'open_moves',
  {
    transactionId: idColumn<LedgerTransactionId>()
      .primaryKey()
      .references(() => ledgerTransactions.id),
    merchantId: idColumn<MerchantId>().notNull(),
    /** On the merchant's account, what vouchers pay left out: it reaches the merchant from their issuers. */
    netMinor: minorColumn().notNull(),
    /** What was moved of it at the provider, either way; payouts are sent by themselves and count as moved. */
    movedMinor: minorColumn().notNull(),
    isPaidOut: boolean().notNull().default(false),
    occurredAt: instantColumn().notNull(),
  },
  (table) => [
    index('open_moves_to_pay_out')
      .on(table.merchantId, table.occurredAt)
      .where(sql`not ${table.isPaidOut}`),
    index('open_moves_to_transfer')
      .on(table.occurredAt, table.transactionId)
      .where(sql`abs(${table.netMinor}) > ${table.movedMinor}`),
    check('moved_within_net', sql`${table.movedMinor} between 0 and abs(${table.netMinor})`),
  ],
);

/** Sub-orders with money of their shopper's that nobody has earned or given back: its balance, taken out at zero. Brought up with each transaction. */
export const openFunds = pgTable(
  'open_funds',
  {
    subOrderId: idColumn<SubOrderId>().primaryKey(),
    merchantId: idColumn<MerchantId>().notNull(),
    fundsMinor: minorColumn().notNull(),
  },
  (table) => [index('open_funds_of_merchant').on(table.merchantId)],
);

/** What issuers owe merchants for vouchers over transactions that no settlement holds; below zero the merchant owes. */
export const openVoucherDues = pgTable(
  'open_voucher_dues',
  {
    transactionId: idColumn<LedgerTransactionId>()
      .notNull()
      .references(() => ledgerTransactions.id),
    issuerId: idColumn<IssuerId>().notNull(),
    merchantId: idColumn<MerchantId>().notNull(),
    owedMinor: minorColumn().notNull(),
    occurredAt: instantColumn().notNull(),
  },
  (table) => [
    primaryKey({ name: 'one_due_per_issuer', columns: [table.transactionId, table.issuerId] }),
    index('dues_by_day').on(table.occurredAt),
  ],
);

/** Transactions that took a fee of the city's or gave one back and are on no document of its series yet. */
export const openFees = pgTable(
  'open_fees',
  {
    transactionId: idColumn<LedgerTransactionId>()
      .primaryKey()
      .references(() => ledgerTransactions.id),
    merchantId: idColumn<MerchantId>().notNull(),
    occurredAt: instantColumn().notNull(),
  },
  (table) => [index('open_fees_of_merchant').on(table.merchantId, table.occurredAt)],
);

/** The days on which earned money was sent on: inserting the row is the claim, so that one worker does it once. */
export const payoutRuns = pgTable('payout_runs', {
  cutOffAt: instantColumn().primaryKey(),
  ranAt: instantColumn().notNull(),
});

/** A merchant's earned balance up to a cut-off, sent to its bank by the payment provider. */
export const payouts = pgTable(
  'payouts',
  {
    id: idColumn<PayoutId>().primaryKey(),
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    amountMinor: minorColumn().notNull(),
    currency: currencyColumn(),
    /** Everything earned before this moment is in it or in an earlier one. */
    cutOffAt: instantColumn().notNull(),
    createdAt: instantColumn().notNull(),
    /** `created`: to be sent. `sent`: the bank has not answered. `failed`: it came back, and the money is the merchant's balance again. */
    state: text().$type<'created' | 'sent' | 'paid' | 'failed'>().notNull().default('created'),
    provider: text().$type<'demo' | 'stripe'>(),
    providerReference: text(),
    sentAt: instantColumn(),
    settledAt: instantColumn(),
    failureReason: text(),
  },
  (table) => [
    unique('one_payout_per_cut_off').on(table.merchantId, table.cutOffAt),
    check('payout_is_positive', sql`${table.amountMinor} > 0`),
    index('payouts_to_send')
      .on(table.createdAt)
      .where(sql`${table.state} = 'created'`),
  ],
);

/** Which transactions a payout is made of: each earned or owed amount is sent on once. */
export const payoutTransactions = pgTable(
  'payout_transactions',
  {
    transactionId: idColumn<LedgerTransactionId>()
      .primaryKey()
      .references(() => ledgerTransactions.id),
    payoutId: idColumn<PayoutId>()
      .notNull()
      .references(() => payouts.id),
  },
  (table) => [index('transactions_of_payout').on(table.payoutId)],
);

/** What the city earned, sent to its own bank when somebody of its finances says so: commission, and the VAT on it. */
export const cityPayouts = pgTable(
  'city_payouts',
  {
    id: idColumn<PayoutId>().primaryKey(),
    commissionMinor: minorColumn().notNull(),
    vatMinor: minorColumn().notNull(),
    amountMinor: minorColumn().notNull(),
    currency: currencyColumn(),
    requestedBy: idColumn<PersonId>().notNull(),
    createdAt: instantColumn().notNull(),
    /** As of `payouts`. */
    state: text().$type<'created' | 'sent' | 'paid' | 'failed'>().notNull().default('created'),
    provider: text().$type<'demo' | 'stripe'>(),
    providerReference: text(),
    sentAt: instantColumn(),
    settledAt: instantColumn(),
    failureReason: text(),
  },
  (table) => [
    check('city_payout_adds_up', sql`${table.amountMinor} > 0 and ${table.amountMinor} = ${table.commissionMinor} + ${table.vatMinor}`),
    index('city_payouts_by_day').on(table.createdAt),
  ],
);
