import { and, asc, eq, gt, lt, or, sql } from 'drizzle-orm';
import { ledgerTransactions, openMoves, payoutTransactions, transfers } from '@/db/schema';
import type { Instant, LedgerTransactionId, MerchantId, Minor, OrderId, PayoutId, SubOrderId } from '@/lib/kernel';
import { minor, sumMinor } from '@/lib/kernel';
import type { LedgerTransaction } from '@/lib/oms';
import type { Reader, Tx } from '@/lib/platform/transaction';

type OpenMove = typeof openMoves.$inferInsert;
export type Written = LedgerTransaction & {
  readonly merchantId?: MerchantId;
  readonly payoutId?: PayoutId;
  readonly occurredAt: Instant;
};

/** What moves nothing at the provider: what a bank sent back is there already, and what the city carries is still taken back there. */
const unmoving: readonly string[] = ['payout-failed', 'carried', 'recovered'];

/** What a transaction leaves open on its merchant's account: a payout's own leaves nothing. */
export function openMoveOf(transactionId: LedgerTransactionId, draft: Written): readonly OpenMove[] {
  const { merchantId, payoutId, occurredAt, kind } = draft;
  const own = draft.postings.filter(
    ({ account, phase }) => phase === 'posted' && (account.kind === 'merchant' || account.kind === 'voucher'),
  );
  if (merchantId === undefined || payoutId !== undefined || own.length === 0) return [];
  const netMinor = sumMinor(own.map((posting) => posting.amountMinor));
  const movedMinor = minor(unmoving.includes(kind) ? Math.abs(netMinor) : 0);
  return [{ transactionId, merchantId, netMinor, movedMinor, occurredAt }];
}

/** Transactions on merchants' accounts that no payout holds yet: what was earned up to a moment, and what is owed by now. */
export type Unpaid = { readonly transactionId: LedgerTransactionId; readonly merchantId: MerchantId; readonly netMinor: Minor };

export function listUnpaid(from: Reader, before: Instant) {
  return from
    .select({ transactionId: openMoves.transactionId, merchantId: openMoves.merchantId, netMinor: openMoves.netMinor })
    .from(openMoves)
    .where(and(eq(openMoves.isPaidOut, false), or(lt(openMoves.occurredAt, before), lt(openMoves.netMinor, minor(0)))))
    .orderBy(asc(openMoves.occurredAt), asc(openMoves.transactionId));
}

/** A transaction on a merchant's account that is not moved at the provider yet, or not all of it. Minor units; `netMinor` signed. */
export type Unmoved = Unpaid & {
  readonly orderId: OrderId | null;
  readonly subOrderId: SubOrderId | null;
  readonly movedMinor: Minor;
};

/** What is to be moved at the provider, oldest first: as many rows are read as there are. */
export function listUnmoved(from: Reader) {
  return from
    .select({
      transactionId: openMoves.transactionId,
      merchantId: openMoves.merchantId,
      orderId: ledgerTransactions.orderId,
      subOrderId: ledgerTransactions.subOrderId,
      netMinor: openMoves.netMinor,
      movedMinor: openMoves.movedMinor,
    })
    .from(openMoves)
    .innerJoin(ledgerTransactions, eq(ledgerTransactions.id, openMoves.transactionId))
    .where(gt(sql`abs(${openMoves.netMinor})`, openMoves.movedMinor))
    .orderBy(asc(openMoves.occurredAt), asc(openMoves.transactionId));
}

/** Transfers were written: what of the open moves they move is noted, and what is done with altogether is taken out. */
export async function noteMoved(tx: Tx): Promise<void> {
  await tx.execute(sql`update ${openMoves} open set moved_minor = made.moved
    from (select move.transaction_id, sum(move.amount_minor) as moved from ${transfers} move
      join ${openMoves} due on due.transaction_id = move.transaction_id and abs(due.net_minor) > due.moved_minor group by 1) made
    where made.transaction_id = open.transaction_id and made.moved <> open.moved_minor`);
  await takeOutDone(tx);
}

/** Payouts were made of their transactions: these are in no other one. */
export async function notePaidOut(tx: Tx): Promise<void> {
  await tx.execute(sql`update ${openMoves} open set is_paid_out = true from ${payoutTransactions} held
    where held.transaction_id = open.transaction_id and not open.is_paid_out`);
  await takeOutDone(tx);
}

async function takeOutDone(tx: Tx): Promise<void> {
  await tx.delete(openMoves).where(and(eq(openMoves.isPaidOut, true), sql`${openMoves.movedMinor} >= abs(${openMoves.netMinor})`));
}
