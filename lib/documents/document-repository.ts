import { and, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import { documentSeries, documents, invoiceMandates, legalMentions, merchantVatRegimes } from '@/db/schema';
import type { DocumentKind } from '@/db/schema';
import type { DocumentId, Instant, MerchantId, SubOrderId } from '@/lib/kernel';
import { invariant } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';
import type { DocumentContent } from './content';
import { documentContent } from './content';
import { GENESIS_HASH, sealOf } from './hash';

export type IssuedDocument = {
  readonly documentId: DocumentId;
  readonly merchantId: MerchantId;
  readonly subOrderId: SubOrderId;
  readonly content: DocumentContent;
  readonly issuedAt: Instant;
};

/** HF: an invoice written by Halles in the shop's name; HA: a credit note (avoir). A series of its own, apart from the shop's own paper. */
const seriesLetters: Readonly<Record<DocumentKind, string>> = { invoice: 'HF', 'credit-note': 'HA' };

export type NextNumber = { readonly number: string; readonly sequence: number; readonly previousHash: string };

/**
 * The next number of a merchant's series. The series stays locked until the transaction ends: numbers follow each other without a gap,
 * and one that is rolled back is given again.
 */
export async function takeNumber(tx: Tx, merchantId: MerchantId, kind: DocumentKind): Promise<NextNumber> {
  await tx.insert(documentSeries).values({ merchantId, kind, lastSequence: 0, lastHash: GENESIS_HASH }).onConflictDoNothing();
  const [series] = await tx
    .select()
    .from(documentSeries)
    .where(and(eq(documentSeries.merchantId, merchantId), eq(documentSeries.kind, kind)))
    .for('update');
  invariant(series, 'the series was begun just now');
  const sequence = series.lastSequence + 1;
  return { number: `${seriesLetters[kind]}-${String(sequence).padStart(6, '0')}`, sequence, previousHash: series.lastHash };
}

type NewDocument = Omit<IssuedDocument, 'content'> & {
  readonly content: DocumentContent;
  readonly next: NextNumber;
  readonly invoiceId: DocumentId | null;
};

/** Writes a document under the number taken for it and moves its series on. */
export async function insertDocument(tx: Tx, { content, next, ...document }: NewDocument): Promise<void> {
  const hash = sealOf(next.previousHash, content);
  const { merchantId, subOrderId, documentId, invoiceId, issuedAt } = document;
  const { kind, number, totals, currency } = content;
  await tx.insert(documents).values({
    id: documentId,
    merchantId,
    subOrderId,
    invoiceId,
    kind,
    number,
    content,
    issuedAt,
    hash,
    currency,
    ...totals,
    sequence: next.sequence,
    previousHash: next.previousHash,
  });
  await tx
    .update(documentSeries)
    .set({ lastSequence: next.sequence, lastHash: hash })
    .where(and(eq(documentSeries.merchantId, merchantId), eq(documentSeries.kind, kind)));
}

/** The documents of a sub-order, oldest first: its invoice, then its credit notes. */
export async function listOfSubOrder(from: Reader, subOrderId: SubOrderId): Promise<readonly IssuedDocument[]> {
  const rows = await from
    .select()
    .from(documents)
    .where(eq(documents.subOrderId, subOrderId))
    .orderBy(sql`${documents.kind} desc`, documents.sequence);
  return rows.map(issued);
}

/** A row as the program sees it; what was written by us reads back, or the database was tampered with. */
export function issued(row: typeof documents.$inferSelect): IssuedDocument {
  const { id, merchantId, subOrderId, issuedAt } = row;
  return { documentId: id, merchantId, subOrderId, issuedAt, content: documentContent.parse(row.content) };
}

/** The mandate under which the merchant lets us write its invoices at a moment. */
export async function findMandate(from: Reader, merchantId: MerchantId, at: Instant) {
  const [mandate] = await from
    .select()
    .from(invoiceMandates)
    .where(
      and(
        eq(invoiceMandates.merchantId, merchantId),
        lte(invoiceMandates.signedAt, at),
        or(isNull(invoiceMandates.revokedAt), gt(invoiceMandates.revokedAt, at)),
      ),
    )
    .orderBy(desc(invoiceMandates.signedAt))
    .limit(1);
  return mandate;
}

/** The merchant's VAT regime on a day (`2026-11-25`); the usual one where nothing is said. */
export async function findRegime(from: Reader, merchantId: MerchantId, onDay: string) {
  const [row] = await from
    .select({ regime: merchantVatRegimes.regime })
    .from(merchantVatRegimes)
    .where(
      and(
        eq(merchantVatRegimes.merchantId, merchantId),
        lte(merchantVatRegimes.validFrom, onDay),
        or(isNull(merchantVatRegimes.validTo), gt(merchantVatRegimes.validTo, onDay)),
      ),
    )
    .orderBy(desc(merchantVatRegimes.validFrom))
    .limit(1);
  return row?.regime ?? 'normal';
}

/** The words the law of a country wants for an occasion on a day. */
export async function findMention(from: Reader, country: string, occasion: string, onDay: string) {
  const [row] = await from
    .select({ mention: legalMentions.mention, code: legalMentions.exemptionCode })
    .from(legalMentions)
    .where(
      and(
        eq(legalMentions.country, country),
        eq(legalMentions.occasion, occasion),
        lte(legalMentions.validFrom, onDay),
        or(isNull(legalMentions.validTo), gt(legalMentions.validTo, onDay)),
      ),
    )
    .orderBy(desc(legalMentions.validFrom))
    .limit(1);
  return row;
}
