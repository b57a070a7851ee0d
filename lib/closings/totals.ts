import { minor } from '@/lib/kernel';
import type { ClosingContent, ClosingTotals } from './content';

const none = minor(0);

/** A period in which nothing happened. */
export const nothing: ClosingTotals = {
  invoices: 0,
  creditNotes: 0,
  invoicedMinor: none,
  creditedMinor: none,
  netMinor: none,
  vatMinor: none,
  grossMinor: none,
  paidMinor: none,
  feeMinor: none,
  feeVatMinor: none,
  sentMinor: none,
};

export function addTotals(a: ClosingTotals, b: ClosingTotals): ClosingTotals {
  return {
    invoices: a.invoices + b.invoices,
    creditNotes: a.creditNotes + b.creditNotes,
    invoicedMinor: minor(a.invoicedMinor + b.invoicedMinor),
    creditedMinor: minor(a.creditedMinor + b.creditedMinor),
    netMinor: minor(a.netMinor + b.netMinor),
    vatMinor: minor(a.vatMinor + b.vatMinor),
    grossMinor: minor(a.grossMinor + b.grossMinor),
    paidMinor: minor(a.paidMinor + b.paidMinor),
    feeMinor: minor(a.feeMinor + b.feeMinor),
    feeVatMinor: minor(a.feeVatMinor + b.feeVatMinor),
    sentMinor: minor(a.sentMinor + b.sentMinor),
  };
}

type Rates = ClosingContent['rates'];

/** Sums rate by rate, the lowest rate first. */
export function addRates(a: Rates, b: Rates): Rates {
  const byRate = Map.groupBy([...a, ...b], ({ rateBps }) => rateBps);
  return [...byRate]
    .toSorted(([one], [other]) => one - other)
    .map(([rateBps, own]) => ({
      rateBps,
      netMinor: minor(own.reduce((sum, row) => sum + row.netMinor, 0)),
      vatMinor: minor(own.reduce((sum, row) => sum + row.vatMinor, 0)),
      grossMinor: minor(own.reduce((sum, row) => sum + row.grossMinor, 0)),
    }));
}

type Summed = Pick<ClosingContent, 'totals' | 'rates' | 'series'>;

/** Days told as one: sums, and where the series stood after the last of them. */
export function sumDays(days: readonly Summed[]): Summed {
  const series = new Map(days.flatMap((day) => day.series).map((one) => [one.kind, one]));
  return {
    totals: days.reduce((sum, day) => addTotals(sum, day.totals), nothing),
    rates: days.reduce<Rates>((sum, day) => addRates(sum, day.rates), []),
    series: [...series.values()],
  };
}
