import { and, eq, inArray, sql } from 'drizzle-orm';
import { ledgerEntries, openFees, openFunds, openMoves, openVoucherDues, subOrders } from '@/db/schema';
import type { LedgerTransactionId, MerchantId, Minor, SubOrderId } from '@/lib/kernel';
import { minor, parseId, sumMinor } from '@/lib/kernel';
import type { Posting } from '@/lib/oms';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { openMoveOf } from './open-moves';
import type { Written } from './open-moves';

/** A transaction that was written just now. */
export type Fresh = { readonly id: LedgerTransactionId; readonly draft: Written };

/**
 * Puts what fresh transactions leave open on the lists that say so (ADR 0181, 0196): what is to be moved and paid out, what waits for goods, what issuers owe, what
 * is to be invoiced. In the transaction that writes them, so that a list is never behind its ledger.
 */
export async function noteOpen(tx: Tx, written: readonly Fresh[]): Promise<void> {
  const moves = written.flatMap(({ id, draft }) => openMoveOf(id, draft));
  if (moves.length > 0) await tx.insert(openMoves).values(moves);
  const dues = written.flatMap(({ id, draft }) => duesOf(id, draft));
  if (dues.length > 0) await tx.insert(openVoucherDues).values(dues);
  const fees = written.flatMap(({ id, draft }) => feeOf(id, draft));
  if (fees.length > 0) await tx.insert(openFees).values(fees);
  await noteFunds(tx, written);
}

const posted = ({ postings }: Written, kind: Posting['account']['kind']): readonly Posting[] =>
  postings.filter(({ account, phase }) => phase === 'posted' && account.kind === kind);

/** Only what was sold or given back is settled; a settlement itself owes nothing. */
function duesOf(transactionId: LedgerTransactionId, draft: Written): readonly (typeof openVoucherDues.$inferInsert)[] {
  const { kind, merchantId, occurredAt } = draft;
  if (merchantId === undefined || (kind !== 'earned' && kind !== 'refunded')) return [];
  return posted(draft, 'voucher').flatMap(({ account, amountMinor }) => {
    const issuerId = parseId('issuer', account.holder ?? '');
    return issuerId === undefined ? [] : [{ transactionId, issuerId, merchantId, owedMinor: minor(-amountMinor), occurredAt }];
  });
}

/** A rounding is what a document made: it is on none. */
function feeOf(transactionId: LedgerTransactionId, draft: Written): readonly (typeof openFees.$inferInsert)[] {
  const { kind, merchantId, occurredAt } = draft;
  const isFee = posted(draft, 'commission').length + posted(draft, 'commission-vat').length > 0;
  return merchantId === undefined || kind === 'commission-rounded' || !isFee ? [] : [{ transactionId, merchantId, occurredAt }];
}

async function noteFunds(tx: Tx, written: readonly Fresh[]): Promise<void> {
  const moved = Map.groupBy(
    written.flatMap(({ draft }) => posted(draft, 'shopper-funds')),
    ({ account }) => parseId('subOrder', account.holder ?? ''),
  );
  const ids = [...moved.keys()].filter((id) => id !== undefined).toSorted();
  if (ids.length === 0) return;
  const rows = await tx
    .select({ subOrderId: subOrders.id, merchantId: subOrders.merchantId })
    .from(subOrders)
    .where(inArray(subOrders.id, ids));
  const change = (id: SubOrderId): Minor => sumMinor((moved.get(id) ?? []).map((one) => one.amountMinor));
  const changed = rows
    .map((row) => ({ ...row, fundsMinor: change(row.subOrderId) }))
    .filter(({ fundsMinor }) => fundsMinor !== 0)
    .toSorted((a, b) => (a.subOrderId < b.subOrderId ? -1 : 1)); // locked in key order
  if (changed.length === 0) return;
  await tx
    .insert(openFunds)
    .values(changed)
    .onConflictDoUpdate({ target: openFunds.subOrderId, set: { fundsMinor: sql`${openFunds.fundsMinor} + excluded.funds_minor` } });
  await tx.delete(openFunds).where(and(inArray(openFunds.subOrderId, ids), eq(openFunds.fundsMinor, minor(0))));
}

/** Money taken for a merchant's sub-orders that nobody has earned or given back yet, by merchant. Minor units. */
export async function sumFunds(from: Reader, merchantId?: MerchantId): Promise<ReadonlyMap<MerchantId, Minor>> {
  const rows = await from
    .select({ merchantId: openFunds.merchantId, sum: sql<number>`sum(${openFunds.fundsMinor})::float8` })
    .from(openFunds)
    .where(merchantId && eq(openFunds.merchantId, merchantId))
    .groupBy(openFunds.merchantId);
  return new Map(rows.map((row) => [row.merchantId, minor(row.sum)]));
}

/** What merchants earned and no payout holds, what vouchers pay left out, by merchant; below zero the merchant owes. Minor units. */
export async function sumUnpaid(from: Reader, of?: readonly MerchantId[]): Promise<ReadonlyMap<MerchantId, Minor>> {
  const rows = await from
    .select({ merchantId: openMoves.merchantId, sum: sql<number>`sum(${openMoves.netMinor})::float8` })
    .from(openMoves)
    .where(and(eq(openMoves.isPaidOut, false), of && inArray(openMoves.merchantId, [...of])))
    .groupBy(openMoves.merchantId);
  return new Map(rows.map((row) => [row.merchantId, minor(row.sum)]));
}

/** What is kept aside of merchants' earnings while a bank decides, by merchant: it is of the few sales a bank ever looked into. Minor units. */
export async function sumDisputed(from: Reader, merchantId?: MerchantId): Promise<ReadonlyMap<string, Minor>> {
  const rows = await from
    .select({ holder: ledgerEntries.holder, sum: sql<number>`sum(${ledgerEntries.amountMinor})::float8` })
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.account, 'merchant-held'), merchantId && eq(ledgerEntries.holder, merchantId)))
    .groupBy(ledgerEntries.holder);
  return new Map(rows.map((row) => [row.holder ?? '', minor(row.sum)]));
}

/** These transactions are on a document of the city's now. */
export async function noteBilled(tx: Tx, transactionIds: readonly LedgerTransactionId[]): Promise<void> {
  if (transactionIds.length > 0) await tx.delete(openFees).where(inArray(openFees.transactionId, [...transactionIds]));
}
