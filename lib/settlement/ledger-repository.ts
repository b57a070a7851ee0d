import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { ledgerEntries, ledgerFees, ledgerTransactions } from '@/db/schema';
import type { Instant, MerchantId, OrderId, PayoutId, SubOrderId } from '@/lib/kernel';
import { minor, parseId } from '@/lib/kernel';
import type { LedgerTransaction, Posting, RuleFee } from '@/lib/oms';
import { posting } from '@/lib/oms';
import type { Ids } from '@/lib/platform/ids';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { noteOpen } from './open-items';

/** A transaction to be written, with its cause (written once) and what it is about. */
export type LedgerDraft = LedgerTransaction & {
  readonly cause: string;
  readonly occurredAt: Instant;
  readonly orderId?: OrderId;
  readonly subOrderId?: SubOrderId;
  readonly merchantId?: MerchantId;
  readonly payoutId?: PayoutId;
  /** How its commission came about, where it has one; the fees sum to the posting on the commission account. */
  readonly fees?: readonly RuleFee[];
  /** The rate of the VAT on them. */
  readonly feeVatBps?: number;
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
  const drafted = new Map(moving.map((draft) => [draft.cause, draft]));
  const entries = written.flatMap(({ id, cause }) =>
    (drafted.get(cause)?.postings ?? []).map(({ account, phase, amountMinor }, position) => ({
      transactionId: id,
      position,
      account: account.kind,
      holder: account.holder,
      phase,
      amountMinor,
    })),
  );
  if (entries.length > 0) await tx.insert(ledgerEntries).values(entries);
  const fees = written.flatMap(({ id, cause }) => {
    const { fees: own = [], feeVatBps: vatRateBps = 0 } = drafted.get(cause) ?? {};
    return own.map((fee, position) => ({ ...fee, transactionId: id, position, vatRateBps }));
  });
  if (fees.length > 0) await tx.insert(ledgerFees).values(fees);
  await noteOpen(
    tx,
    written.flatMap(({ id, cause }) => {
      const draft = drafted.get(cause);
      return draft ? [{ id, draft }] : [];
    }),
  );
  return written.length;
}

export type WrittenTransaction = { readonly entries: readonly EntryRow[]; readonly fees: readonly RuleFee[] };

/** What was written for an order so far: cause by cause, with its entries and how its commission came about. */
export async function listOfOrder(from: Reader, orderId: OrderId): Promise<ReadonlyMap<string, WrittenTransaction>> {
  const rows = await from
    .select({ cause: ledgerTransactions.cause, entry: ledgerEntries, fees: feesOfTransaction })
    .from(ledgerTransactions)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transactionId, ledgerTransactions.id))
    .where(eq(ledgerTransactions.orderId, orderId));
  return new Map(
    [...Map.groupBy(rows, (row) => row.cause)].map(([cause, group]) => [
      cause,
      { entries: group.map((row) => row.entry), fees: feesColumn.parse(group[0]?.fees) },
    ]),
  );
}

/** The fees of a transaction as one column, in their order; read by `feesColumn`. */
export const feesOfTransaction = sql<unknown>`(select coalesce(json_agg(json_build_object('ruleId', fee.rule_id, 'rateBps', fee.rate_bps,
  'basisMinor', fee.basis_minor, 'feeMinor', fee.fee_minor, 'vatRateBps', fee.vat_rate_bps) order by fee.position), '[]')
  from ${ledgerFees} fee where fee.transaction_id = ${ledgerTransactions.id})`;

const amount = z.number().transform((value) => minor(value));

export const feesColumn = z.array(
  z.object({
    ruleId: z
      .string()
      .transform((id) => parseId('commissionRule', id) ?? null)
      .nullable(),
    rateBps: z.number(),
    basisMinor: amount,
    feeMinor: amount,
    vatRateBps: z.number(),
  }),
);

export type EntryRow = typeof ledgerEntries.$inferSelect;

/** Entries as the postings they were. */
export function postingsOf(entries: readonly EntryRow[], kindOf: (account: string) => Posting['account']['kind']): readonly Posting[] {
  return entries.map(({ account, holder, phase, amountMinor }) => ({ account: { kind: kindOf(account), holder }, phase, amountMinor }));
}

/** The entries of a transaction as one column, in their order, where a query groups by transaction; read by `entriesColumn`. */
export const entriesOfTransaction = sql<unknown>`json_agg(json_build_object('account', ${ledgerEntries.account}, 'phase', ${ledgerEntries.phase}, 'amountMinor', ${ledgerEntries.amountMinor}) order by ${ledgerEntries.position})`;

export const entriesColumn = z.array(
  z.object({ account: z.enum(posting.accountKinds), phase: z.enum(['pending', 'posted']), amountMinor: amount }),
);

/** A fee as it is written: its rule, and the rate of the VAT on it. */
export type LedgerFee = z.output<typeof feesColumn>[number];
