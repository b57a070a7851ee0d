import type { Minor } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import type { VatGroup } from './vat';

/** What a day of sales comes to at one rate, credit notes taken off. Minor units. */
export type RateTotal = { readonly rateBps: number; readonly netMinor: Minor; readonly vatMinor: Minor };

/** A day of sales to consumers as it is told to the tax office: per rate, and how many sales. */
export type DailyTotal = { readonly rates: readonly RateTotal[]; readonly sales: number };

type IssuedAmounts = {
  readonly kind: 'invoice' | 'credit-note';
  readonly groups: readonly Pick<VatGroup, 'rateBps' | 'netMinor' | 'vatMinor'>[];
};

/**
 * The totals of a day: what its documents say, added up.
 *
 * Units: minor units; rates in basis points, ascending. Guarantees: VAT is summed, never computed again, so the day equals its documents to
 *   the cent; a credit note counts against the day it was issued and is no sale. Source: ME-50; golden case E1.
 */
export function dailyTotal(documents: readonly IssuedAmounts[]): DailyTotal {
  const byRate = new Map<number, RateTotal>();
  for (const { kind, groups } of documents) {
    const sign = kind === 'invoice' ? 1 : -1;
    for (const { rateBps, netMinor, vatMinor } of groups) {
      const before = byRate.get(rateBps);
      byRate.set(rateBps, {
        rateBps,
        netMinor: minor((before?.netMinor ?? 0) + sign * netMinor),
        vatMinor: minor((before?.vatMinor ?? 0) + sign * vatMinor),
      });
    }
  }
  return {
    rates: [...byRate.values()].toSorted((a, b) => a.rateBps - b.rateBps),
    sales: documents.filter(({ kind }) => kind === 'invoice').length,
  };
}

/** What a merchant did through the marketplace in a year. */
export type MerchantYear = {
  readonly activity: 'goods' | 'personal-services';
  readonly sales: number;
  /** What was paid to the merchant, net of what the marketplace kept. Minor units of euros. */
  readonly considerationMinor: Minor;
};

const FEWEST_SALES = 30;
const LEAST_MINOR = 200_000;

/** What reached the merchant: the price less the city's fee and the VAT on it. Source: T12; golden case D2. */
export function considerationOf(grossMinor: Minor, feeMinor: Minor, feeVatMinor: Minor): Minor {
  return minor(grossMinor - feeMinor - feeVatMinor);
}

/**
 * Is a merchant in the yearly report to the tax office?
 *
 * Guarantees: whoever sold nothing is not; a merchant of goods is left out only with both fewer than 30 sales and at most 2,000 euros; services
 *   know no threshold. Source: Directive 2011/16, annex V (DAC7); golden cases D1, D2.
 */
export function isReportedMerchant({ activity, sales, considerationMinor }: MerchantYear): boolean {
  if (sales === 0) return false;
  return activity !== 'goods' || sales >= FEWEST_SALES || considerationMinor > LEAST_MINOR;
}
