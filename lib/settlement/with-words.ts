import { findRuleWords } from '@/lib/commission';
import type { Reader } from '@/lib/platform/transaction';
import type { LedgerFee } from './ledger-repository';
import type { StatementFee } from './views';

/** The same rows, each fee with what its rule says; one statement for all of them. */
export async function withWords<Row extends { readonly fees: readonly LedgerFee[] }>(
  from: Reader,
  rows: readonly Row[],
): Promise<readonly (Omit<Row, 'fees'> & { readonly fees: readonly StatementFee[] })[]> {
  const words = await findRuleWords(
    from,
    rows.flatMap(({ fees }) => fees.map((fee) => fee.ruleId)),
  );
  return rows.map((row) => ({
    ...row,
    fees: row.fees.map(({ ruleId, ...fee }) => ({ ...fee, rule: ruleId === null ? undefined : words.get(ruleId) })),
  }));
}
