import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import {
  commissionDocumentTransactions,
  commissionDocuments,
  commissionSeries,
  ledgerEntries,
  ledgerTransactions,
  openFees,
  subOrders,
} from '@/db/schema';
import type { DocumentKind } from '@/db/schema';
import type { DocumentContent } from '@/lib/documents';
import { GENESIS_HASH, documentContent, sealOf } from '@/lib/documents';
import type { CommissionDocumentId, Instant, LedgerTransactionId, MerchantId, Minor, SubOrderId } from '@/lib/kernel';
import { invariant, minor } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { feesColumn, feesOfTransaction, noteBilled, type LedgerFee } from '@/lib/settlement';

/** CF: an invoice of the city's commission; CA: what it gives back (avoir). Series of the city alone, over all merchants. */
const seriesLetters: Readonly<Record<DocumentKind, string>> = { invoice: 'CF', 'credit-note': 'CA' };

export type NextFeeNumber = { readonly number: string; readonly sequence: number; readonly previousHash: string };

/** The next number of a series of the city, which stays locked until the transaction ends. */
export async function takeFeeNumber(tx: Tx, kind: DocumentKind): Promise<NextFeeNumber> {
  await tx.insert(commissionSeries).values({ kind, lastSequence: 0, lastHash: GENESIS_HASH }).onConflictDoNothing();
  const [series] = await tx.select().from(commissionSeries).where(eq(commissionSeries.kind, kind)).for('update');
  invariant(series, 'the series was begun just now');
  const sequence = series.lastSequence + 1;
  return { number: `${seriesLetters[kind]}-${String(sequence).padStart(6, '0')}`, sequence, previousHash: series.lastHash };
}

export type NewFeeDocument = {
  readonly documentId: CommissionDocumentId;
  readonly merchantId: MerchantId;
  readonly invoiceId: CommissionDocumentId | null;
  readonly content: DocumentContent;
  readonly next: NextFeeNumber;
  readonly issuedAt: Instant;
  readonly transactionIds: readonly LedgerTransactionId[];
};

/** Writes a document under the number taken for it, notes what it is made of and moves the series on. */
export async function insertFeeDocument(tx: Tx, { content, next, transactionIds, ...document }: NewFeeDocument): Promise<void> {
  const { documentId, merchantId, invoiceId, issuedAt } = document;
  const { kind, number, totals, currency, period } = content;
  invariant(period, 'a commission document is about a period');
  const hash = sealOf(next.previousHash, content);
  await tx.insert(commissionDocuments).values({
    id: documentId,
    merchantId,
    invoiceId,
    kind,
    number,
    content,
    issuedAt,
    hash,
    currency,
    ...totals,
    periodFrom: period.from,
    periodTo: period.to,
    sequence: next.sequence,
    previousHash: next.previousHash,
  });
  await tx.insert(commissionDocumentTransactions).values(transactionIds.map((transactionId) => ({ transactionId, documentId })));
  await noteBilled(tx, transactionIds);
  await tx.update(commissionSeries).set({ lastSequence: next.sequence, lastHash: hash }).where(eq(commissionSeries.kind, kind));
}

/** A ledger transaction that took a fee or gave one back and is on no document yet. Signed minor units: above zero the city took it. */
export type Unbilled = {
  readonly transactionId: LedgerTransactionId;
  readonly subOrderId: SubOrderId | null;
  readonly subOrderNumber: string | null;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly feeMinor: Minor;
  readonly vatMinor: Minor;
  /** How the fee came about, rule by rule; empty for what was written before that was kept. */
  readonly fees: readonly LedgerFee[];
};

/** Whose fees before a moment are on no document yet: as many rows are read as there are such fees. */
export function listUnbilledMerchants(from: Reader, before: Instant) {
  return from
    .selectDistinct({ merchantId: openFees.merchantId })
    .from(openFees)
    .where(lt(openFees.occurredAt, before))
    .orderBy(asc(openFees.merchantId));
}

/** The same of one merchant, oldest first. */
export async function listUnbilled(from: Reader, merchantId: MerchantId, before: Instant): Promise<readonly Unbilled[]> {
  const on = (account: string) =>
    sql<number>`coalesce(sum(${ledgerEntries.amountMinor}) filter (where ${ledgerEntries.account} = ${account}), 0)::float8`;
  const rows = await from
    .select({
      transactionId: ledgerTransactions.id,
      subOrderId: ledgerTransactions.subOrderId,
      subOrderNumber: subOrders.number,
      occurredAt: ledgerTransactions.occurredAt,
      recordedAt: ledgerTransactions.recordedAt,
      fee: on('commission'),
      vat: on('commission-vat'),
      fees: feesOfTransaction,
    })
    .from(openFees)
    .innerJoin(ledgerTransactions, eq(ledgerTransactions.id, openFees.transactionId))
    .innerJoin(ledgerEntries, eq(ledgerEntries.transactionId, ledgerTransactions.id))
    .leftJoin(subOrders, eq(subOrders.id, ledgerTransactions.subOrderId))
    .where(and(eq(openFees.merchantId, merchantId), lt(openFees.occurredAt, before)))
    .groupBy(ledgerTransactions.id, subOrders.number)
    .orderBy(asc(ledgerTransactions.occurredAt), asc(ledgerTransactions.id));
  return rows.map(({ fee, vat, fees, ...row }) => ({ ...row, feeMinor: minor(fee), vatMinor: minor(vat), fees: feesColumn.parse(fees) }));
}

export type FeeInvoice = {
  readonly documentId: CommissionDocumentId;
  readonly content: DocumentContent;
  /** What stays invoiced after its credit notes so far. */
  readonly remaining: DocumentContent['remaining'];
};

/** The invoices that hold the fees of these sub-orders, by sub-order. */
export async function findInvoicesOf(tx: Tx, ids: readonly SubOrderId[]): Promise<ReadonlyMap<SubOrderId, FeeInvoice>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ subOrderId: ledgerTransactions.subOrderId, document: commissionDocuments })
    .from(commissionDocumentTransactions)
    .innerJoin(ledgerTransactions, eq(ledgerTransactions.id, commissionDocumentTransactions.transactionId))
    .innerJoin(commissionDocuments, eq(commissionDocuments.id, commissionDocumentTransactions.documentId))
    .where(and(inArray(ledgerTransactions.subOrderId, [...ids]), eq(commissionDocuments.kind, 'invoice')));
  const invoiceIds = [...new Set(rows.map(({ document }) => document.id))];
  const credits = invoiceIds.length === 0 ? [] : await listCreditsOf(tx, invoiceIds);
  return new Map(
    rows.flatMap(({ subOrderId, document }) => {
      if (subOrderId === null) return [];
      const content = documentContent.parse(document.content);
      const last = credits.findLast((credit) => credit.invoiceId === document.id);
      return [[subOrderId, { documentId: document.id, content, remaining: (last?.content ?? content).remaining }]];
    }),
  );
}

async function listCreditsOf(tx: Tx, invoiceIds: readonly CommissionDocumentId[]) {
  const rows = await tx
    .select({ invoiceId: commissionDocuments.invoiceId, content: commissionDocuments.content })
    .from(commissionDocuments)
    .where(inArray(commissionDocuments.invoiceId, [...invoiceIds]))
    .orderBy(asc(commissionDocuments.sequence));
  return rows.map(({ invoiceId, content }) => ({ invoiceId, content: documentContent.parse(content) }));
}
