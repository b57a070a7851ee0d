import { sql } from 'drizzle-orm';
import { check, date, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { DocumentId, MerchantId, SubOrderId } from '@/lib/kernel';
import { currencyColumn, idColumn, instantColumn, minorColumn } from './columns';
import { subOrders } from './orders';
import { merchants } from './shops';

export const documentKinds = ['invoice', 'credit-note'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** A merchant's written mandate to issue invoices in its name; none in force, no invoice (ME-22). Append-only but for its end. */
export const invoiceMandates = pgTable(
  'invoice_mandates',
  {
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    version: text().notNull(),
    signer: text().notNull(),
    /** Days the merchant has to object to an issued document before it counts as accepted. */
    objectionDays: integer().notNull(),
    signedAt: instantColumn().notNull(),
    revokedAt: instantColumn(),
  },
  (table) => [
    unique('one_mandate_at_a_time').on(table.merchantId, table.signedAt),
    check('mandate_ends_after_it_began', sql`${table.revokedAt} is null or ${table.revokedAt} > ${table.signedAt}`),
  ],
);

/** Words the law wants on a document, from a date on: wording is dated data with its source, never code. */
export const legalMentions = pgTable(
  'legal_mentions',
  {
    country: text().notNull(),
    /** What calls for it: `exempt`, `margin`, `invoice`. */
    occasion: text().notNull(),
    mention: text().notNull(),
    /** The code of EN 16931 that says the same to machines (VATEX), where there is one. */
    exemptionCode: text(),
    validFrom: date().notNull(),
    validTo: date(),
    source: text().notNull(),
  },
  (table) => [unique('one_mention_at_a_time').on(table.country, table.occasion, table.validFrom)],
);

/** Where each of a merchant's series stands. Its row is locked while a number is given, so a series has no gap. */
export const documentSeries = pgTable(
  'document_series',
  {
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    kind: text().$type<DocumentKind>().notNull(),
    lastSequence: integer().notNull(),
    lastHash: text().notNull(),
  },
  (table) => [
    primaryKey({ name: 'one_series_per_kind', columns: [table.merchantId, table.kind] }),
    check('series_counts_up', sql`${table.lastSequence} >= 0`),
  ],
);

/**
 * An invoice or credit note as it was issued, whole: merchant, buyer, lines and words are copies. Append-only (ME-23); each carries the hash of
 * the one before it in its series.
 */
export const documents = pgTable(
  'documents',
  {
    id: idColumn<DocumentId>().primaryKey(),
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    subOrderId: idColumn<SubOrderId>()
      .notNull()
      .references(() => subOrders.id),
    kind: text().$type<DocumentKind>().notNull(),
    sequence: integer().notNull(),
    number: text().notNull(),
    /** A credit note names the invoice it corrects. */
    invoiceId: idColumn<DocumentId>(),
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
    unique('series_has_no_double').on(table.merchantId, table.kind, table.sequence),
    unique('one_document_per_number').on(table.merchantId, table.number),
    index('documents_of_sub_order').on(table.subOrderId),
    index('documents_of_merchant').on(table.merchantId, table.issuedAt),
    check('document_adds_up', sql`${table.grossMinor} = ${table.netMinor} + ${table.vatMinor}`),
    check('credit_note_names_its_invoice', sql`(${table.kind} = 'credit-note') = (${table.invoiceId} is not null)`),
  ],
);
