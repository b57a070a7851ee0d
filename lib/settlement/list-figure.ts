import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { ledgerEntries, ledgerTransactions, merchants, openFunds, openMoves, payouts, shops, subOrders } from '@/db/schema';
import type { MerchantId, OperatorScope, ShopScope } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { entriesColumn, entriesOfTransaction } from './ledger-repository';
import type { FigureView, MerchantFigure, MerchantFigureView } from './views';
import { bookKindOf } from './views';

/** A page of a figure; what is older is told as one sum. */
const MOST = 200;

/**
 * What a figure of one merchant is the sum of, for whoever keeps the city's books: the transactions behind it, the latest first, each with all its entries.
 * Undefined where there is no such merchant.
 */
export async function listMerchantFigure(
  _operator: OperatorScope,
  merchantId: MerchantId,
  figure: MerchantFigure,
): Promise<MerchantFigureView | undefined> {
  const [merchant] = await reader().select({ name: merchants.legalName }).from(merchants).where(eq(merchants.id, merchantId));
  return merchant && { merchantId, name: merchant.name, figure, ...(await readFigure(merchantId, figure, 'all')) };
}

/** The same for the merchant behind a shop, with that merchant's own entries alone: an order's transaction may be about other shops too. */
export async function listShopFigure({ shopId }: ShopScope, figure: MerchantFigure): Promise<FigureView> {
  const [shop] = await reader().select({ merchantId: shops.merchantId }).from(shops).where(eq(shops.id, shopId));
  return shop ? readFigure(shop.merchantId, figure, 'own') : { sumMinor: minor(0), lines: [], earlier: undefined };
}

type Counted = {
  /** The transactions that may have something of the figure. */
  readonly transactions: SQL;
  /** The entries of these that are counted. */
  readonly entries: SQL;
};

function countedIn(merchantId: MerchantId, figure: MerchantFigure): Counted {
  const { account, holder, phase, transactionId } = ledgerEntries;
  switch (figure) {
    case 'pending': {
      // What was handed over or given back has left nothing: only sub-orders with money that waits.
      const waiting = sql`(select ${openFunds.subOrderId} from ${openFunds} where ${openFunds.merchantId} = ${merchantId})`;
      const entries = sql`${account} = 'shopper-funds' and ${phase} = 'posted' and ${holder} in ${waiting}`;
      return { transactions: sql`select ${transactionId} from ${ledgerEntries} where ${entries}`, entries };
    }
    case 'earned':
      return {
        transactions: sql`select ${openMoves.transactionId} from ${openMoves} where ${and(eq(openMoves.merchantId, merchantId), eq(openMoves.isPaidOut, false))}`,
        entries: sql`${account} in ('merchant', 'voucher') and ${phase} = 'posted'`,
      };
    case 'disputed': {
      const held = sql`(select held.sub_order_id from ${ledgerTransactions} held join ${ledgerEntries} kept on kept.transaction_id = held.id
        where kept.account = 'merchant-held' and kept.holder = ${merchantId} group by 1 having sum(kept.amount_minor) <> 0)`;
      const entries = sql`${account} = 'merchant-held' and ${holder} = ${merchantId}`;
      return {
        transactions: sql`select ${ledgerTransactions.id} from ${ledgerTransactions} where ${ledgerTransactions.merchantId} = ${merchantId} and ${ledgerTransactions.subOrderId} in ${held}`,
        entries,
      };
    }
    case 'carried': {
      const entries = sql`${account} = 'guarantee' and ${holder} = ${merchantId}`;
      return { transactions: sql`select ${transactionId} from ${ledgerEntries} where ${entries}`, entries };
    }
    case 'onTheWay':
    case 'paid': {
      const states = figure === 'paid' ? (['paid'] as const) : (['created', 'sent'] as const);
      const sent = sql`select ${payouts.id} from ${payouts} where ${and(eq(payouts.merchantId, merchantId), inArray(payouts.state, [...states]))}`;
      return {
        transactions: sql`select ${ledgerTransactions.id} from ${ledgerTransactions} where ${ledgerTransactions.merchantId} = ${merchantId} and ${ledgerTransactions.payoutId} in (${sent})`,
        entries: sql`${account} = 'provider'`,
      };
    }
  }
}

async function readFigure(merchantId: MerchantId, figure: MerchantFigure, whose: 'all' | 'own'): Promise<FigureView> {
  const counted = countedIn(merchantId, figure);
  const amount = sql<number>`sum(${ledgerEntries.amountMinor}) filter (where ${counted.entries})`;
  const rows = await reader()
    .select({
      cause: ledgerTransactions.cause,
      kind: ledgerTransactions.kind,
      occurredAt: ledgerTransactions.occurredAt,
      subOrderNumber: sql<string | null>`string_agg(distinct ${subOrders.number}, ', ') filter (where ${counted.entries})`,
      amount: sql<number>`(${amount})::float8`,
      entries: entriesOfTransaction,
      count: sql<number>`(count(*) over ())::int`,
      sum: sql<number>`(sum(${amount}) over ())::float8`,
    })
    .from(ledgerTransactions)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transactionId, ledgerTransactions.id))
    .leftJoin(
      subOrders,
      eq(
        subOrders.id,
        sql`case when ${ledgerEntries.account} = 'shopper-funds' then ${ledgerEntries.holder} else ${ledgerTransactions.subOrderId} end`,
      ),
    )
    .where(and(sql`${ledgerTransactions.id} in (${counted.transactions})`, whose === 'own' ? counted.entries : undefined))
    .groupBy(ledgerTransactions.id)
    .having(sql`${amount} <> 0`)
    .orderBy(desc(ledgerTransactions.occurredAt), desc(ledgerTransactions.id))
    .limit(MOST);
  const [first] = rows;
  const shownMinor = rows.reduce((sum, row) => sum + row.amount, 0);
  return {
    sumMinor: minor(first?.sum ?? 0),
    lines: rows.map(({ cause, kind, occurredAt, subOrderNumber, amount: amountMinor, entries }) => ({
      cause,
      kind: bookKindOf(kind),
      occurredAt,
      subOrderNumber: subOrderNumber ?? undefined,
      amountMinor: minor(amountMinor),
      entries: entriesColumn.parse(entries),
    })),
    earlier:
      first && first.count > rows.length ? { count: first.count - rows.length, amountMinor: minor(first.sum - shownMinor) } : undefined,
  };
}
