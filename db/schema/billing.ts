import { sql } from 'drizzle-orm';
import { check, date, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { CommissionDocumentId, LedgerTransactionId, MerchantId } from '@/lib/kernel';
import { currencyColumn, idColumn, instantColumn, minorColumn } from './columns';
import type { DocumentKind } from './documents';
import { ledgerTransactions } from './ledger';
import { merchants } from './shops';

/** Where each of the city's own series stands. Its row is locked while a number is given: no gap, and never mixed with a shop's (ME-21). */
export const commissionSeries = pgTable('commission_series', {
  kind: text().$type<DocumentKind>().primaryKey(),
  lastSequence: integer().notNull(),
  lastHash: text().notNull(),
});

/** What the city invoices a merchant for its commission, or gives back of it, whole as it was issued. Append-only; each carries the hash of the one before. */
export const commissionDocuments = pgTable(
  'commission_documents',
  {
    id: idColumn<CommissionDocumentId>().primaryKey(),
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    kind: text().$type<DocumentKind>().notNull(),
    sequence: integer().notNull(),
    number: text().notNull(),
    /** A credit note names the invoice it corrects. */
    invoiceId: idColumn<CommissionDocumentId>(),
    periodFrom: date().notNull(),
    periodTo: date().notNull(),
    content: jsonb().notNull(),
    grossMinor: minorColumn().notNull(),
    netMinor: minorColumn().notNull(),
    vatMinor: minorColumn().notNull(),
    currency: currencyColumn(),
    previousHash: text().notNull(),
    hash: text().notNull(),
    issuedAt: instantColumn().notNull(),
  },
  (table) => [
    unique('commission_series_has_no_double').on(table.kind, table.sequence),
    unique('one_commission_document_per_number').on(table.number),
    index('commission_documents_of_merchant').on(table.merchantId, table.issuedAt),
    index('commission_documents_by_day').on(table.issuedAt, table.number),
    check('commission_document_adds_up', sql`${table.grossMinor} = ${table.netMinor} + ${table.vatMinor}`),
    check('commission_credit_names_its_invoice', sql`(${table.kind} = 'credit-note') = (${table.invoiceId} is not null)`),
    check('commission_period_is_in_order', sql`${table.periodFrom} <= ${table.periodTo}`),
  ],
);

/** Which ledger transactions a document is made of: each fee is invoiced once, each fee given back is credited once. */
export const commissionDocumentTransactions = pgTable(
  'commission_document_transactions',
  {
    transactionId: idColumn<LedgerTransactionId>()
      .primaryKey()
      .references(() => ledgerTransactions.id),
    documentId: idColumn<CommissionDocumentId>()
      .notNull()
      .references(() => commissionDocuments.id),
  },
  (table) => [index('transactions_of_commission_document').on(table.documentId)],
);

/** When the city's own series were last looked through, how many documents that were, and the first number that is not what was issued. One row. */
export const commissionChecks = pgTable('commission_checks', {
  /** The city; there is one (architecture §2). */
  id: text().primaryKey(),
  checkedAt: instantColumn().notNull(),
  documents: integer().notNull(),
  brokenFrom: text(),
});
