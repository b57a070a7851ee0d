import { and, asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { ledgerEntries, ledgerTransactions, payoutTransactions } from '@/db/schema';
import type { Instant, LedgerTransactionId, MerchantId, Minor, OrderId, PayoutId, SubOrderId } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import type { LedgerTransaction, Posting } from '@/lib/oms';
import type { Ids } from '@/lib/platform/ids';
import type { Reader, Tx } from '@/lib/platform/transaction';

/** A transaction to be written, with its cause (written once) and what it is about. */
export type LedgerDraft = LedgerTransaction & {
  readonly cause: string;
  readonly occurredAt: Instant;
  readonly orderId?: OrderId;
  readonly subOrderId?: SubOrderId;
  readonly merchantId?: MerchantId;
  readonly payoutId?: PayoutId;
};

/**
 * Writes what has not been written for its cause yet; returns how many were new. Transactions that move nothing are left out.
 * Any number of callers may come with the same causes at once: each is written by one of them.
 */
export async function insertTransactions(
  tx: Tx,
  drafts: readonly LedgerDraft[],
  by: { readonly now: Instant; readonly ids: Ids },
): Promise<number> {
  const moving = drafts.filter((draft) => draft.postings.length > 0);
  if (moving.length === 0) return 0;
  const written = await tx
    .insert(ledgerTransactions)
    .values(
      moving.map(({ cause, kind, occurredAt, orderId, subOrderId, merchantId, payoutId }) => ({
        id: by.ids.make('ledgerTransaction'),
        cause,
        kind,
        orderId,
        subOrderId,
        merchantId,
        payoutId,
        occurredAt,
        recordedAt: by.now,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: ledgerTransactions.id, cause: ledgerTransactions.cause });
  const postings = new Map(moving.map((draft) => [draft.cause, draft.postings]));
  const entries = written.flatMap(({ id, cause }) =>
    (postings.get(cause) ?? []).map(({ account, phase, amountMinor }, position) => ({
      transactionId: id,
      position,
      account: account.kind,
      holder: account.holder,
      phase,
      amountMinor,
    })),
  );
  if (entries.length > 0) await tx.insert(ledgerEntries).values(entries);
  return written.length;
}

/** What was written for an order so far: cause by cause, with its entries. */
export async function listOfOrder(from: Reader, orderId: OrderId): Promise<ReadonlyMap<string, readonly EntryRow[]>> {
  const rows = await from
    .select({ cause: ledgerTransactions.cause, entry: ledgerEntries })
    .from(ledgerTransactions)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transactionId, ledgerTransactions.id))
    .where(eq(ledgerTransactions.orderId, orderId));
  return new Map([...Map.groupBy(rows, (row) => row.cause)].map(([cause, group]) => [cause, group.map((row) => row.entry)]));
}

export type EntryRow = typeof ledgerEntries.$inferSelect;

/** Entries as the postings they were. */
export function postingsOf(entries: readonly EntryRow[], kindOf: (account: string) => Posting['account']['kind']): readonly Posting[] {
  return entries.map(({ account, holder, phase, amountMinor }) => ({ account: { kind: kindOf(account), holder }, phase, amountMinor }));
}

/** Transactions on merchants' accounts that no payout holds yet: what was earned up to a moment, and what is owed by now. */
export type Unpaid = { readonly transactionId: LedgerTransactionId; readonly merchantId: MerchantId; readonly netMinor: Minor };

export async function listUnpaid(from: Reader, before: Instant): Promise<readonly Unpaid[]> {
  const rows = await from
    .select({
      transactionId: ledgerTransactions.id,
      merchantId: ledgerTransactions.merchantId,
      net: sql<number>`sum(${ledgerEntries.amountMinor})::float8`,
    })
    .from(ledgerTransactions)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transactionId, ledgerTransactions.id))
    .leftJoin(payoutTransactions, eq(payoutTransactions.transactionId, ledgerTransactions.id))
    .where(
      and(
        // What vouchers pay reaches the merchant from their issuers: the city owes it the rest.
        inArray(ledgerEntries.account, ['merchant', 'voucher']),
        eq(ledgerEntries.phase, 'posted'),
        isNull(ledgerTransactions.payoutId),
        isNull(payoutTransactions.payoutId),
      ),
    )
    .groupBy(ledgerTransactions.id)
    .having(or(lt(ledgerTransactions.occurredAt, before), sql`sum(${ledgerEntries.amountMinor}) < 0`))
    .orderBy(asc(ledgerTransactions.occurredAt), asc(ledgerTransactions.id));
  return rows.flatMap(({ transactionId, merchantId, net }) =>
    merchantId === null ? [] : [{ transactionId, merchantId, netMinor: minor(net) }],
  );
}
