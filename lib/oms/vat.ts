import { atRate, minor, ok, roundHalfUp, sumMinor, vatContained } from '@/lib/kernel';
import type { Minor, Result } from '@/lib/kernel';
import { apportion } from './apportion';

/** An amount of a document and the VAT rate it bears. Rates in basis points (5.5 % = 550). */
export type RatedAmount = { readonly amountMinor: Minor; readonly rateBps: number };

/** One rate of a document. Guarantees: `netMinor + vatMinor = grossMinor`. */
export type VatGroup = {
  readonly rateBps: number;
  readonly grossMinor: Minor;
  readonly netMinor: Minor;
  readonly vatMinor: Minor;
};

export type VatTotals = { readonly grossMinor: Minor; readonly netMinor: Minor; readonly vatMinor: Minor };

/**
 * VAT of one document whose prices include it (sales to people).
 *
 * Units: minor units, one currency. Guarantees: rounded half-up once for each rate, never per line and never over two documents;
 *   groups come by ascending rate; net + VAT = gross in each.
 * Source: EN 16931 BR-CO-17; CJEU C-484/06; VAT = gross × r / (1 + r). Golden cases V1, V2, V8.
 */
export function vatOfGross(lines: readonly RatedAmount[]): readonly VatGroup[] {
  return byRate(lines).map(({ rateBps, amountMinor: grossMinor }) => {
    const vatMinor = vatContained(grossMinor, rateBps);
    return { rateBps, grossMinor, netMinor: minor(grossMinor - vatMinor), vatMinor };
  });
}

/** VAT of one document whose prices exclude it (sales to businesses). Same guarantees. Golden cases V4, V5. */
export function vatOfNet(lines: readonly RatedAmount[]): readonly VatGroup[] {
  return byRate(lines).map(({ rateBps, amountMinor: netMinor }) => {
    const vatMinor = atRate(netMinor, rateBps);
    return { rateBps, grossMinor: minor(netMinor + vatMinor), netMinor, vatMinor };
  });
}

/** Totals of a document: the sums of its groups, nothing is rounded again. */
export function vatTotals(groups: readonly VatGroup[]): VatTotals {
  return {
    grossMinor: sumMinor(groups.map((group) => group.grossMinor)),
    netMinor: sumMinor(groups.map((group) => group.netMinor)),
    vatMinor: sumMinor(groups.map((group) => group.vatMinor)),
  };
}

/**
 * Spreads a shop's delivery price over the lines it accompanies: an accessory bears the rates of the goods.
 *
 * Guarantees: one share for each line, in their order, summing to `deliveryMinor` (largest remainder). Golden cases V3, C1.
 * Errors: `nothing-to-apportion-over` when there is no line with a price.
 */
export function deliveryByRate(
  deliveryMinor: Minor,
  lines: readonly RatedAmount[],
): Result<readonly RatedAmount[], { readonly kind: 'nothing-to-apportion-over' }> {
  const shares = apportion(
    deliveryMinor,
    lines.map((line) => line.amountMinor),
  );
  if (!shares.ok) return shares;
  return ok(lines.map((line, index) => ({ rateBps: line.rateBps, amountMinor: shares.value[index] ?? minor(0) })));
}

/**
 * VAT of second-hand goods sold under the margin scheme, item by item.
 *
 * Guarantees: a loss owes nothing and is not set against another item's margin; nothing of this is shown to the buyer.
 * Source: VAT Directive 312–315. Golden case V6.
 */
export function vatOfMargin(boughtMinor: Minor, soldMinor: Minor, rateBps: number): { netMinor: Minor; vatMinor: Minor } {
  const margin = minor(Math.max(0, soldMinor - boughtMinor));
  const vatMinor = vatContained(margin, rateBps);
  return { netMinor: minor(margin - vatMinor), vatMinor };
}

/**
 * A price reduced by a percentage that must not touch its eco-participation (French law: shown, never discounted).
 * Units: minor units with VAT, reduction in basis points. Golden case V7.
 */
export function reducedPrice(priceMinor: Minor, reductionBps: number, ecoMinor: Minor): Minor {
  const goods = BigInt(priceMinor - ecoMinor);
  return minor(roundHalfUp(goods * BigInt(10_000 - reductionBps), 10_000n) + ecoMinor);
}

/**
 * VAT credited when a document shrinks, by difference: what its rate owed before less what it owes after.
 *
 * Guarantees: over any sequence of credit notes that ends at zero, the credits sum exactly to the VAT of the invoice. Golden cases C2, C3.
 */
export function vatCredit(beforeMinor: Minor, afterMinor: Minor, rateBps: number): Minor {
  return minor(vatContained(beforeMinor, rateBps) - vatContained(afterMinor, rateBps));
}

/** Cross-border sales to people in the Union, net of VAT, in euro cents, above which the buyer's country taxes. */
export const DISTANCE_SALES_THRESHOLD_MINOR = 1_000_000;

/**
 * Where a cross-border sale to a person is taxed.
 *
 * Units: euro cents net. Guarantees: exactly at the threshold is still the origin; the sale that passes it is already taxed at destination;
 *   a year before above the threshold taxes all of this year at destination.
 * Source: VAT Directive 59c. Golden case V9.
 */
export function placeOfSupply(turnover: {
  readonly lastYearMinor: Minor;
  readonly thisYearMinor: Minor;
  readonly saleMinor: Minor;
}): 'origin' | 'destination' {
  const above = (amount: number) => amount > DISTANCE_SALES_THRESHOLD_MINOR;
  return above(turnover.lastYearMinor) || above(turnover.thisYearMinor + turnover.saleMinor) ? 'destination' : 'origin';
}

function byRate(lines: readonly RatedAmount[]): readonly RatedAmount[] {
  const sums = new Map<number, number>();
  for (const line of lines) sums.set(line.rateBps, (sums.get(line.rateBps) ?? 0) + line.amountMinor);
  return [...sums].toSorted(([a], [b]) => a - b).map(([rateBps, amount]) => ({ rateBps, amountMinor: minor(amount) }));
}
