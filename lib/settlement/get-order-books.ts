import { and, asc, eq, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { ledgerEntries, ledgerTransactions, subOrders } from '@/db/schema';
import type { OperatorScope, OrderId, ShopScope, SubOrderId } from '@/lib/kernel';
import { minor, sumMinor } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { entriesColumn, entriesOfTransaction, feesColumn, feesOfTransaction } from './ledger-repository';
import type { FigureView, OrderBookView, PartMoneyView } from './views';
import { bookKindOf } from './views';
import { withWords } from './with-words';

/** Every transaction of the ledger about an order, in the order in which they were written, with how each commission came about. */
export async function getOrderBooks(_operator: OperatorScope, orderId: OrderId): Promise<readonly OrderBookView[]> {
  return readBooks(eq(ledgerTransactions.orderId, orderId));
}

/**
 * The money of one of a shop's own sub-orders: each figure with the transactions it is the sum of, and of these what is about this sub-order alone. Another
 * shop's is not there.
 */
export async function getPartMoney({ shopId }: ShopScope, subOrderId: SubOrderId): Promise<PartMoneyView | undefined> {
  const [part] = await reader()
    .select({ orderId: subOrders.orderId, merchantId: subOrders.merchantId, number: subOrders.number })
    .from(subOrders)
    .where(and(eq(subOrders.id, subOrderId), eq(subOrders.shopId, shopId)));
  if (!part) return undefined;
  // Of goods that came back to another shop, the buyer's transaction names the sub-order too: it is the buyer's.
  const isOwn = sql`(${ledgerTransactions.merchantId} is null or ${ledgerTransactions.merchantId} = ${part.merchantId}) and (${ledgerTransactions.subOrderId} = ${subOrderId} or ${ledgerEntries.holder} = ${subOrderId})`;
  const books = (await readBooks(sql`${ledgerTransactions.orderId} = ${part.orderId} and ${isOwn}`)).map((book) => ({
    ...book,
    subOrderNumber: part.number,
  }));
  const figures = [
    figureOf('held', books, ({ account, phase }) => account === 'shopper-funds' && phase === 'pending'),
    figureOf('waiting', books, ({ account, phase }) => account === 'shopper-funds' && phase === 'posted'),
    figureOf('yours', books, ({ account }) => account === 'merchant' || account === 'merchant-held'),
    figureOf('vouchers', books, ({ account }) => account === 'voucher', -1),
  ];
  return { figures: figures.filter((figure) => figure.sumMinor !== 0), books: books.filter((book) => book.fees.length > 0) };
}

type Counts = (entry: OrderBookView['entries'][number]) => boolean;
type PartFigure = PartMoneyView['figures'][number];

/** The transactions that have something of a figure, the latest first, and their sum. `sign`: what is owed to the shop is below zero on its payer's account. */
function figureOf(figure: PartFigure['figure'], books: readonly OrderBookView[], counts: Counts, sign: 1 | -1 = 1): PartFigure {
  const lines: FigureView['lines'] = books
    .map((book) => ({ ...book, amountMinor: minor(sign * sumMinor(book.entries.filter(counts).map((entry) => entry.amountMinor))) }))
    .filter((line) => line.amountMinor !== 0)
    .toReversed();
  return { figure, sumMinor: sumMinor(lines.map((line) => line.amountMinor)), lines, earlier: undefined };
}

async function readBooks(where: SQL): Promise<readonly OrderBookView[]> {
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
    .where(where)
    .groupBy(ledgerTransactions.id, subOrders.number)
    .orderBy(asc(ledgerTransactions.recordedAt), asc(ledgerTransactions.id));
  const told = await withWords(
    reader(),
    rows.map((row) => ({ ...row, fees: feesColumn.parse(row.fees) })),
  );
  return told.map(({ kind, subOrderNumber, vat, entries, ...row }) => ({
    ...row,
    kind: bookKindOf(kind),
    subOrderNumber: subOrderNumber ?? undefined,
    commissionMinor: sumMinor(row.fees.map((fee) => fee.feeMinor)),
    commissionVatMinor: minor(vat),
    entries: entriesColumn.parse(entries),
  }));
}
