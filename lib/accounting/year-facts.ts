import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import { documents, ledgerEntries, ledgerTransactions, merchants, subOrders } from '@/db/schema';
import type { DocumentContent } from '@/lib/documents';
import { documentContent } from '@/lib/documents';
import type { CalendarDay } from '@/lib/oms';
import type { Instant, MerchantId, Minor } from '@/lib/kernel';
import { dayKey, instant, minor, startOfDay } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';

/** A civil year on the clock of the city: from its first instant to the first of the next. */
export type Year = { readonly year: number; readonly from: Instant; readonly to: Instant; readonly timeZone: string };

export function yearOf(year: number, timeZone: string): Year {
  const newYear = (of: number) => startOfDay(instant(Date.UTC(of, 0, 1, 12)), timeZone);
  return { year, from: newYear(year), to: newYear(year + 1), timeZone };
}

export type MerchantRow = typeof merchants.$inferSelect;

export async function findMerchant(from: Reader, merchantId: MerchantId): Promise<MerchantRow | undefined> {
  return (await from.select().from(merchants).where(eq(merchants.id, merchantId)))[0];
}

export type DatedDocument = { readonly day: CalendarDay; readonly content: DocumentContent };

/** A merchant's documents of a year in the order in which they were issued. */
export async function listDocuments(from: Reader, merchantId: MerchantId, year: Year): Promise<readonly DatedDocument[]> {
  const rows = await from
    .select({ content: documents.content, issuedAt: documents.issuedAt })
    .from(documents)
    .where(and(eq(documents.merchantId, merchantId), gte(documents.issuedAt, year.from), lt(documents.issuedAt, year.to)))
    .orderBy(asc(documents.issuedAt), asc(documents.kind), asc(documents.sequence));
  return rows.map((row) => ({ day: dayKey(row.issuedAt, year.timeZone), content: documentContent.parse(row.content) }));
}

/** One cause on a merchant's account: what it moved for the merchant, of the fee and of the fee's VAT. Signed minor units. */
export type MerchantMove = {
  readonly merchantId: MerchantId;
  readonly kind: string;
  readonly cause: string;
  readonly subOrderNumber: string | null;
  readonly occurredAt: Instant;
  readonly netMinor: Minor;
  readonly feeMinor: Minor;
  readonly feeVatMinor: Minor;
};

/** What the ledger says of merchants' money in a year, in the order in which it happened; of one merchant or of all. */
export async function listMoves(from: Reader, year: Year, merchantId?: MerchantId): Promise<readonly MerchantMove[]> {
  const sumOf = (...accounts: readonly string[]) =>
    sql<number>`coalesce(sum(${ledgerEntries.amountMinor}) filter (where ${inArray(ledgerEntries.account, [...accounts])}), 0)::float8`;
  const rows = await from
    .select({
      merchantId: ledgerTransactions.merchantId,
      kind: ledgerTransactions.kind,
      cause: ledgerTransactions.cause,
      subOrderNumber: subOrders.number,
      occurredAt: ledgerTransactions.occurredAt,
      net: sumOf('merchant'),
      fee: sumOf('commission'),
      feeVat: sumOf('commission-vat'),
    })
    .from(ledgerTransactions)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transactionId, ledgerTransactions.id))
    .leftJoin(subOrders, eq(subOrders.id, ledgerTransactions.subOrderId))
    .where(
      and(
        merchantId === undefined ? sql`${ledgerTransactions.merchantId} is not null` : eq(ledgerTransactions.merchantId, merchantId),
        eq(ledgerEntries.phase, 'posted'),
        gte(ledgerTransactions.occurredAt, year.from),
        lt(ledgerTransactions.occurredAt, year.to),
      ),
    )
    .groupBy(ledgerTransactions.id, subOrders.number)
    // A rounding the city bears moves nothing of the merchant's money, but the VAT it may deduct.
    .having(sql`bool_or(${ledgerEntries.account} = 'merchant') or ${ledgerTransactions.kind} = 'commission-rounded'`)
    .orderBy(asc(ledgerTransactions.occurredAt), asc(ledgerTransactions.cause));
  return rows.flatMap(({ net, fee, feeVat, merchantId: id, ...row }) =>
    id === null ? [] : [{ ...row, merchantId: id, netMinor: minor(net), feeMinor: minor(fee), feeVatMinor: minor(feeVat) }],
  );
}
