import { sql } from 'drizzle-orm';
import { ledgerEntries } from '@/db/schema';
import type { Reader } from '@/lib/platform/transaction';

/** What is wrong with the ledger as a whole; empty when all is well. */
export type LedgerFault =
  /** The books do not sum to zero in a phase. */
  | { readonly kind: 'unbalanced'; readonly phase: string; readonly sumMinor: number }
  /** Money of a sub-order was spent that nobody paid. */
  | { readonly kind: 'overspent'; readonly holder: string; readonly sumMinor: number };

/** Adds the whole ledger up. For the doctor, for drills and for tests; not for pages. */
export async function checkLedger(from: Reader): Promise<readonly LedgerFault[]> {
  const phases = await from
    .select({ phase: ledgerEntries.phase, sum: sql<number>`sum(${ledgerEntries.amountMinor})::float8` })
    .from(ledgerEntries)
    .groupBy(ledgerEntries.phase);
  const spent = await from
    .select({ holder: ledgerEntries.holder, sum: sql<number>`sum(${ledgerEntries.amountMinor})::float8` })
    .from(ledgerEntries)
    .where(sql`${ledgerEntries.account} in ('shopper-funds', 'refunds')`)
    .groupBy(ledgerEntries.account, ledgerEntries.phase, ledgerEntries.holder)
    .having(sql`sum(${ledgerEntries.amountMinor}) < 0`);
  return [
    ...phases.filter(({ sum }) => sum !== 0).map(({ phase, sum }) => ({ kind: 'unbalanced' as const, phase, sumMinor: sum })),
    ...spent.map(({ holder, sum }) => ({ kind: 'overspent' as const, holder: holder ?? '', sumMinor: sum })),
  ];
}
