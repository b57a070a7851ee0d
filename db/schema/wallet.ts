import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type {
  CategoryId,
  IssuerId,
  LedgerTransactionId,
  MerchantId,
  OrderId,
  SeriesId,
  ShopId,
  SubOrderId,
  TenderId,
  TenderReleaseId,
  VoucherId,
  VoucherMovementId,
  VoucherSettlementId,
} from '@/lib/kernel';
import { currencyColumn, idColumn, instantColumn, minorColumn } from './columns';
import { ledgerTransactions } from './ledger';
import { orders, subOrders } from './orders';
import { merchants } from './shops';

export const voucherKinds = ['voucher', 'gift-card', 'employer-card', 'local-currency', 'loyalty'] as const;
export type VoucherKind = (typeof voucherKinds)[number];

/**
 * Who gives vouchers out and answers for them. Its money lies on an account of its own at the payment provider; Halles keeps the books of who
 * may spend how much of it and never holds it (OP-24).
 */
export const voucherIssuers = pgTable('voucher_issuers', {
  id: idColumn<IssuerId>().primaryKey(),
  name: text().notNull(),
  /** The issuer's own account at the payment provider. */
  providerAccount: text().notNull(),
  contact: text().notNull(),
  createdAt: instantColumn().notNull(),
});

/** Vouchers of one kind with one set of rules: where, for what, until when, and what the town adds. Null means everywhere, everything. */
export const voucherSeries = pgTable(
  'voucher_series',
  {
    id: idColumn<SeriesId>().primaryKey(),
    issuerId: idColumn<IssuerId>()
      .notNull()
      .references(() => voucherIssuers.id),
    name: text().notNull(),
    kind: text().$type<VoucherKind>().notNull(),
    /**
     * Known at issue where and for what rate it will be spent (`single`): its VAT was due then. Otherwise (`multi`) it is a means of payment, and
     * VAT is due on what is bought with it (ME-59; directive 2006/112, articles 30a and 30b).
     */
    purpose: text().$type<'multi' | 'single'>().notNull(),
    vatRateBps: integer(),
    shopIds: jsonb().$type<readonly ShopId[]>(),
    categoryIds: jsonb().$type<readonly CategoryId[]>(),
    paysDelivery: boolean().notNull(),
    /** What a hundred euros paid are worth, in basis points: 12 500 where the town adds a quarter. */
    topUpBps: integer().notNull().default(10_000),
    validFrom: instantColumn().notNull(),
    validUntil: instantColumn().notNull(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [
    index('series_of_issuer').on(table.issuerId),
    check('series_lasts', sql`${table.validFrom} < ${table.validUntil}`),
    check('top_up_takes_nothing_away', sql`${table.topUpBps} between 10000 and 30000`),
    check('single_purpose_has_its_rate', sql`(${table.purpose} = 'single') = (${table.vatRateBps} is not null)`),
  ],
);

/** One code and what it may still spend. The code itself is not kept, only its hash; the end of it is how people tell two apart. */
export const vouchers = pgTable(
  'vouchers',
  {
    id: idColumn<VoucherId>().primaryKey(),
    seriesId: idColumn<SeriesId>()
      .notNull()
      .references(() => voucherSeries.id),
    codeHash: text().notNull(),
    codeEnd: text().notNull(),
    /** Where it belongs to somebody: the address their orders are placed with. */
    holderEmail: text(),
    balanceMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    /** Of the balance, what orders in progress hold. */
    reservedMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    currency: currencyColumn(),
    /** Its own end; what comes back to it late gives it more time. */
    validUntil: instantColumn().notNull(),
    blockedAt: instantColumn(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [
    unique('one_voucher_per_code').on(table.codeHash),
    index('vouchers_of_series').on(table.seriesId),
    check('voucher_never_below_zero', sql`${table.balanceMinor} >= 0`),
    check('voucher_reserved_within_balance', sql`${table.reservedMinor} between 0 and ${table.balanceMinor}`),
  ],
);

/** Everything that changed a voucher's balance, each cause once; append-only. The balance is their sum. */
export const voucherMovements = pgTable(
  'voucher_movements',
  {
    id: idColumn<VoucherMovementId>().primaryKey(),
    voucherId: idColumn<VoucherId>()
      .notNull()
      .references(() => vouchers.id),
    cause: text().notNull(),
    kind: text().$type<'loaded' | 'spent' | 'returned'>().notNull(),
    amountMinor: minorColumn().notNull(),
    /** Of a load, what the town gave. */
    grantedMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    orderId: idColumn<OrderId>(),
    occurredAt: instantColumn().notNull(),
  },
  (table) => [
    unique('one_movement_per_cause').on(table.cause),
    index('movements_of_voucher').on(table.voucherId, table.occurredAt),
    check('movement_moves_something', sql`${table.amountMinor} <> 0`),
    check('granted_within_load', sql`${table.grantedMinor} between 0 and greatest(0, ${table.amountMinor})`),
  ],
);

export const tenderStates = ['authorised', 'captured', 'released'] as const;
export type TenderState = (typeof tenderStates)[number];

/** A voucher's part in paying an order, beside the card's: held at placement, taken with the order's capture, let go with it. */
export const orderTenders = pgTable(
  'order_tenders',
  {
    id: idColumn<TenderId>().primaryKey(),
    orderId: idColumn<OrderId>()
      .notNull()
      .references(() => orders.id),
    voucherId: idColumn<VoucherId>()
      .notNull()
      .references(() => vouchers.id),
    issuerId: idColumn<IssuerId>()
      .notNull()
      .references(() => voucherIssuers.id),
    state: text().$type<TenderState>().notNull(),
    amountMinor: minorColumn().notNull(),
    capturedMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    returnedMinor: minorColumn()
      .notNull()
      .default(sql`0`),
    createdAt: instantColumn().notNull(),
    updatedAt: instantColumn().notNull(),
  },
  (table) => [
    unique('one_tender_per_order_and_voucher').on(table.orderId, table.voucherId),
    index('tenders_of_voucher').on(table.voucherId),
    check('tender_captured_within_amount', sql`${table.capturedMinor} between 0 and ${table.amountMinor}`),
    check('tender_returned_within_captured', sql`${table.returnedMinor} between 0 and ${table.capturedMinor}`),
  ],
);

/** What a tender pays of one position of an order, the goods of a line or a part's delivery, when all of it is served; frozen. */
export const tenderPositions = pgTable(
  'tender_positions',
  {
    tenderId: idColumn<TenderId>()
      .notNull()
      .references(() => orderTenders.id),
    subOrderId: idColumn<SubOrderId>().notNull(),
    /** The line's id, or the part's for its delivery. */
    position: text().notNull(),
    amountMinor: minorColumn().notNull(),
    /** The position that could not be served and whose money this is now: another shop took its place. */
    passedFrom: text().notNull().default(''),
  },
  (table) => [
    primaryKey({ name: 'one_amount_per_position', columns: [table.tenderId, table.position, table.passedFrom] }),
    index('tenders_of_sub_order').on(table.subOrderId),
    check('position_is_paid_something', sql`${table.amountMinor} > 0`),
  ],
);

/**
 * What stopped being a tender's of one position, line by line; append-only. `let-go` was never taken; everything else went back to the voucher
 * after it was.
 */
export const tenderReleases = pgTable(
  'tender_releases',
  {
    id: idColumn<TenderReleaseId>().primaryKey(),
    tenderId: idColumn<TenderId>()
      .notNull()
      .references(() => orderTenders.id),
    subOrderId: idColumn<SubOrderId>()
      .notNull()
      .references(() => subOrders.id),
    position: text().notNull(),
    amountMinor: minorColumn().notNull(),
    reason: text().notNull(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [index('releases_of_tender').on(table.tenderId), check('release_is_positive', sql`${table.amountMinor} > 0`)],
);

/**
 * An issuer pays a merchant what its vouchers bought there, from the issuer's own provider account, the day after handover; below zero the
 * merchant gives back what was returned since.
 */
export const voucherSettlements = pgTable(
  'voucher_settlements',
  {
    id: idColumn<VoucherSettlementId>().primaryKey(),
    issuerId: idColumn<IssuerId>()
      .notNull()
      .references(() => voucherIssuers.id),
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    amountMinor: minorColumn().notNull(),
    currency: currencyColumn(),
    /** The city's day it settles up to, exclusive. */
    cutOffAt: instantColumn().notNull(),
    /** Where it was moved, under its own id as key, and when; none before. */
    provider: text().$type<'demo' | 'stripe'>(),
    providerReference: text(),
    createdAt: instantColumn().notNull(),
    sentAt: instantColumn(),
  },
  (table) => [
    index('settlements_unsent')
      .on(table.createdAt)
      .where(sql`${table.sentAt} is null`),
    unique('one_settlement_a_day').on(table.issuerId, table.merchantId, table.cutOffAt),
    index('settlements_of_merchant').on(table.merchantId),
    check('settlement_moves_something', sql`${table.amountMinor} <> 0`),
  ],
);

/** Which transactions of the ledger a settlement is made of: each issuer pays for each once. */
export const voucherSettlementTransactions = pgTable(
  'voucher_settlement_transactions',
  {
    transactionId: idColumn<LedgerTransactionId>()
      .notNull()
      .references(() => ledgerTransactions.id),
    issuerId: idColumn<IssuerId>().notNull(),
    settlementId: idColumn<VoucherSettlementId>()
      .notNull()
      .references(() => voucherSettlements.id),
  },
  (table) => [
    primaryKey({ name: 'settled_once_by_its_issuer', columns: [table.transactionId, table.issuerId] }),
    index('transactions_of_settlement').on(table.settlementId),
  ],
);
