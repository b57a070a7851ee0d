import type { Minor } from '@/lib/kernel';
import { atRate, minor, sumMinor } from '@/lib/kernel';

/** A fee of the city on something it invoices by itself, net of VAT: a sale's commission. Minor units; rate in basis points. */
export type FeeLine = { readonly lineId: string; readonly netMinor: Minor; readonly rateBps: number };

export type FeeGroup = { readonly rateBps: number; readonly netMinor: Minor; readonly vatMinor: Minor; readonly grossMinor: Minor };
export type FeeAmounts = {
  readonly lines: readonly FeeLine[];
  readonly groups: readonly FeeGroup[];
  readonly totals: Omit<FeeGroup, 'rateBps'>;
};

/**
 * The amounts of a document between businesses that brings what is invoiced from `before` to `after`: an invoice steps up from nothing, a credit
 * note steps down.
 *
 * Units: minor units; fees net. Guarantees: amounts are those of the step, never below zero for a document that only steps one way; VAT is
 * rounded once for each rate of a document and goes by difference, so that an invoice and the credit notes over all of it sum to zero, VAT included.
 * Source: ME-18, EN 16931 BR-CO-17; golden cases V4, C2 and C5.
 */
export function feeAmounts(before: readonly FeeLine[], after: readonly FeeLine[]): FeeAmounts {
  const isCredit = totalOf(after) < totalOf(before);
  const [low, high] = isCredit ? [after, before] : [before, after];
  const rates = [...new Set([...low, ...high].map((line) => line.rateBps))].toSorted((a, b) => a - b);
  const groups = rates.flatMap((rateBps): readonly FeeGroup[] => {
    const [from, to] = [totalOf(low, rateBps), totalOf(high, rateBps)];
    const netMinor = minor(to - from);
    const vatMinor = minor(atRate(to, rateBps) - atRate(from, rateBps));
    return netMinor === 0 ? [] : [{ rateBps, netMinor, vatMinor, grossMinor: minor(netMinor + vatMinor) }];
  });
  const sum = (of: Exclude<keyof FeeGroup, 'rateBps'>) => sumMinor(groups.map((group) => group[of]));
  return {
    lines: high.flatMap((line) => stepOf(line, low)),
    groups,
    totals: { netMinor: sum('netMinor'), vatMinor: sum('vatMinor'), grossMinor: sum('grossMinor') },
  };
}

function stepOf(line: FeeLine, low: readonly FeeLine[]): readonly FeeLine[] {
  const from = low.find(({ lineId }) => lineId === line.lineId)?.netMinor ?? 0;
  return line.netMinor === from ? [] : [{ ...line, netMinor: minor(line.netMinor - from) }];
}

function totalOf(lines: readonly FeeLine[], rateBps?: number): Minor {
  return sumMinor(lines.filter((line) => rateBps === undefined || line.rateBps === rateBps).map((line) => line.netMinor));
}
