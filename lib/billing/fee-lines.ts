import { findRuleWords, ruleSentence } from '@/lib/commission';
import type { Instant, Minor } from '@/lib/kernel';
import { dayKey, formatBps, formatMoney, invariant, minor, moneyOf } from '@/lib/kernel';
import type { FeeLine } from '@/lib/oms';
import type { Tx } from '@/lib/platform/transaction';
import { findCityVatRate } from '@/lib/settlement';
import { texts } from '@/lib/texts';
import type { Unbilled } from './fee-repository';

/** What a line of a document is about: a sale, and one rule of its commission where the books keep rules apart. */
type Piece = {
  readonly row: Unbilled;
  readonly lineId: string;
  readonly fee: Unbilled['fees'][number] | undefined;
  readonly netMinor: Minor;
};

/**
 * What is invoiced of each sale, rule by rule, once these transactions are on paper too, after what stays invoiced from before. The rate of VAT is
 * that under which the fee was taken; where the books did not note it, that of the day they were written.
 */
export async function linesAfter(
  tx: Tx,
  stays: readonly FeeLine[],
  rows: readonly Unbilled[],
  timeZone: string,
): Promise<readonly FeeLine[]> {
  const rateOf = await ratesOfDays(
    tx,
    rows.filter((row) => row.fees.length === 0),
    timeZone,
  );
  const lines = new Map(stays.map((line) => [line.lineId, line]));
  for (const { row, lineId, fee, netMinor } of piecesOf(stays, rows)) {
    const before = lines.get(lineId) ?? { lineId, netMinor: minor(0), rateBps: fee?.vatRateBps ?? rateOf(row) };
    lines.set(lineId, { ...before, netMinor: minor(before.netMinor + netMinor) });
  }
  return [...lines.values()];
}

/** The words of each line: which sale, and how its fee came about. In French, as documents are. */
export async function wordsOfLines(
  tx: Tx,
  stays: readonly FeeLine[],
  rows: readonly Unbilled[],
  timeZone: string,
): Promise<(lineId: string) => { readonly title: string; readonly detail?: string }> {
  const t = texts('fr', 'documents');
  const rules = await findRuleWords(
    tx,
    rows.flatMap((row) => row.fees.map((fee) => fee.ruleId)),
  );
  const pieces = Map.groupBy(piecesOf(stays, rows), (piece) => piece.lineId);
  return (lineId) => {
    const own = pieces.get(lineId) ?? [];
    const [first] = own;
    const number = first?.row.subOrderNumber ?? undefined;
    const title = number === undefined ? t('fee.other') : t('fee.sale', { number });
    if (!first?.fee) return { title };
    const basis = Math.abs(own.reduce((sum, { fee }) => sum + (fee?.basisMinor ?? 0), 0));
    const { rateBps, ruleId } = first.fee;
    const rule = ruleSentence(ruleId === null ? undefined : rules.get(ruleId), 'fr', timeZone);
    const counted = { basis: formatMoney(moneyOf(minor(basis), 'EUR'), 'fr'), rate: formatBps(rateBps, 'fr'), rule };
    return { title, detail: t('fee.how', counted) };
  };
}

/** A transaction's fees as lines of a document. A sale that was invoiced as one line, before rules were kept apart, stays one. */
function piecesOf(stays: readonly FeeLine[], rows: readonly Unbilled[]): readonly Piece[] {
  const whole = new Set([...stays.map((line) => line.lineId), ...rows.filter((row) => row.fees.length === 0).map(saleOf)]);
  return rows.flatMap((row): readonly Piece[] => {
    const sale = saleOf(row);
    if (whole.has(sale)) return [{ row, lineId: sale, fee: undefined, netMinor: row.feeMinor }];
    return row.fees.map((fee) => ({ row, lineId: `${sale} ${fee.ruleId ?? ''} ${fee.rateBps}`, fee, netMinor: fee.feeMinor }));
  });
}

const saleOf = (row: Unbilled): string => row.subOrderId ?? row.transactionId;

/** The city's rate of VAT on each day on which the ledger took one of these fees: one question a day, not one a sale. */
async function ratesOfDays(tx: Tx, rows: readonly Unbilled[], timeZone: string): Promise<(row: Unbilled) => number> {
  const dayOf = ({ recordedAt }: Unbilled): string => dayKey(recordedAt, timeZone);
  const days = new Map<string, Instant>(rows.map((row) => [dayOf(row), row.recordedAt]));
  const rates = new Map<string, number>();
  for (const [day, at] of days) rates.set(day, await findCityVatRate(tx, at));
  return (row) => {
    const rateBps = rates.get(dayOf(row));
    invariant(rateBps !== undefined, 'a rate was read for each day');
    return rateBps;
  };
}
