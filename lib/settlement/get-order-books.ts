import { asc, eq, sql } from 'drizzle-orm';
import { ledgerEntries, ledgerTransactions, subOrders } from '@/db/schema';
import type { OperatorScope, OrderId } from '@/lib/kernel';
import { minor, sumMinor } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { entriesColumn, entriesOfTransaction, feesColumn, feesOfTransaction } from './ledger-repository';
import type { OrderBookView } from './views';
import { withWords } from './with-words';

/** Every transaction of the ledger about an order, in the order in which they were written, with how each commission came about. */
export async function getOrderBooks(_operator: OperatorScope, orderId: OrderId): Promise<readonly OrderBookView[]> {
  const rows = await reader()
    .select({
      cause: ledgerTransactions.cause,
      kind: ledgerTransactions.kind,
      subOrderNumber: subOrders.number,
      occurredAt: ledgerTransactions.occurredAt,
      fees: feesOfTransaction,
      vat: sql<number>`coalesce(sum(${ledgerEntries.amountMinor}) filter (where ${ledgerEntries.account} = 'commission-vat'), 0)::float8`,
      entries: entriesOfTransaction,
    })
    .from(ledgerTransactions)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transactionId, ledgerTransactions.id))
    .leftJoin(subOrders, eq(subOrders.id, ledgerTransactions.subOrderId))
    .where(eq(ledgerTransactions.orderId, orderId))
    .groupBy(ledgerTransactions.id, subOrders.number)
    .orderBy(asc(ledgerTransactions.recordedAt), asc(ledgerTransactions.id));
  const told = await withWords(
    reader(),
    rows.map((row) => ({ ...row, fees: feesColumn.parse(row.fees) })),
  );
  return told.map(({ kind, subOrderNumber, vat, entries, ...row }) => ({
    ...row,
    kind: orderBookKinds.find((one) => one === kind) ?? 'other',
    subOrderNumber: subOrderNumber ?? undefined,
    commissionMinor: sumMinor(row.fees.map((fee) => fee.feeMinor)),
    commissionVatMinor: minor(vat),
    entries: entriesColumn.parse(entries),
  }));
}

const orderBookKinds = [
  'authorised',
  'voided',
  'captured',
  'moved',
  'earned',
  'refunded',
  'refund-sent',
  'return-sold',
  'return-bought',
  'dispute-opened',
  'dispute-held',
  'dispute-freed',
  'dispute-won',
  'dispute-lost',
  'provider-fee',
  'compensated',
] as const satisfies readonly OrderBookView['kind'][];
