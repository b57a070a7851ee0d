import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import { documents, ledgerEntries, ledgerTransactions } from '@/db/schema';
import { documentContent } from '@/lib/documents';
import type { Instant, MerchantId } from '@/lib/kernel';
import { dayKey, minor } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import type { ClosingContent, ClosingTotals } from './content';
import { addRates, addTotals, nothing } from './totals';

/** What one day held: its sums, and where the series stood at its end. */
export type DayFacts = Pick<ClosingContent, 'totals' | 'rates' | 'series'>;

type Span = { readonly from: Instant; readonly to: Instant; readonly timeZone: string };

/**
 * What a merchant's documents and ledger say of each day of a span, days on which nothing was written left out, in order. A document belongs to the day
 * on which it was issued, a movement to the day on which it was recorded: neither can grow older than the moment it was written.
 */
export async function readDays(from: Reader, merchantId: MerchantId, span: Span): Promise<ReadonlyMap<string, DayFacts>> {
  const [issued, moved] = await Promise.all([readDocuments(from, merchantId, span), readMoves(from, merchantId, span)]);
  const days = [...new Set([...issued.keys(), ...moved.keys()])].toSorted();
  return new Map(
    days.map((day) => {
      const { totals = nothing, rates = [], series = [] } = issued.get(day) ?? {};
      return [day, { totals: addTotals(totals, { ...nothing, ...moved.get(day) }), rates, series }];
    }),
  );
}

async function readDocuments(from: Reader, merchantId: MerchantId, span: Span): Promise<ReadonlyMap<string, DayFacts>> {
  const rows = await from
    .select({ content: documents.content, hash: documents.hash, issuedAt: documents.issuedAt })
    .from(documents)
    .where(and(eq(documents.merchantId, merchantId), gte(documents.issuedAt, span.from), lt(documents.issuedAt, span.to)))
    .orderBy(asc(documents.issuedAt), asc(documents.sequence));
  const days = Map.groupBy(rows, ({ issuedAt }) => dayKey(issuedAt, span.timeZone));
  return new Map([...days].map(([day, own]) => [day, factsOf(own)]));
}

function factsOf(rows: readonly { readonly content: unknown; readonly hash: string }[]): DayFacts {
  const series = new Map<string, DayFacts['series'][number]>();
  let totals = nothing;
  let rates: DayFacts['rates'] = [];
  for (const { content, hash } of rows) {
    const { kind, number, totals: own, groups } = documentContent.parse(content);
    const sign = kind === 'invoice' ? 1 : -1;
    series.set(kind, { kind, lastNumber: number, lastHash: hash });
    totals = addTotals(totals, {
      ...nothing,
      ...(sign > 0 ? { invoices: 1, invoicedMinor: own.grossMinor } : { creditNotes: 1, creditedMinor: own.grossMinor }),
      netMinor: minor(sign * own.netMinor),
      vatMinor: minor(sign * own.vatMinor),
      grossMinor: minor(sign * own.grossMinor),
    });
    rates = addRates(
      rates,
      groups.map(({ rateBps, netMinor, vatMinor, grossMinor }) => ({
        rateBps,
        netMinor: minor(sign * netMinor),
        vatMinor: minor(sign * vatMinor),
        grossMinor: minor(sign * grossMinor),
      })),
    );
  }
  return { totals, rates, series: [...series.values()] };
}

type Moves = Pick<ClosingTotals, 'paidMinor' | 'feeMinor' | 'feeVatMinor' | 'sentMinor'>;

async function readMoves(from: Reader, merchantId: MerchantId, span: Span): Promise<ReadonlyMap<string, Moves>> {
  const on = (accounts: readonly string[], kinds: readonly string[]) =>
    sql<number>`coalesce(sum(${ledgerEntries.amountMinor}) filter (where ${inArray(ledgerEntries.account, [...accounts])} and ${inArray(ledgerTransactions.kind, [...kinds])}), 0)::float8`;
  const sales = ['earned', 'refunded'];
  const fees = [...sales, 'commission-rounded'];
  const day = sql<string>`to_char(${ledgerTransactions.recordedAt} at time zone ${span.timeZone}, 'YYYY-MM-DD')`;
  const rows = await from
    .select({
      day,
      paid: on(['merchant', 'commission', 'commission-vat'], sales),
      fee: on(['commission'], fees),
      feeVat: on(['commission-vat'], fees),
      sent: on(['merchant'], ['paid-out', 'payout-failed']),
    })
    .from(ledgerTransactions)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transactionId, ledgerTransactions.id))
    .where(
      and(
        eq(ledgerTransactions.merchantId, merchantId),
        eq(ledgerEntries.phase, 'posted'),
        gte(ledgerTransactions.recordedAt, span.from),
        lt(ledgerTransactions.recordedAt, span.to),
      ),
    )
    .groupBy(sql`1`);
  return new Map(
    rows.map((row) => [
      row.day,
      {
        paidMinor: minor(row.paid),
        feeMinor: minor(row.fee),
        feeVatMinor: minor(row.feeVat),
        sentMinor: minor(-row.sent),
      },
    ]),
  );
}
