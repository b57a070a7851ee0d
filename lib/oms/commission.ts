import { atRate, minor } from '@/lib/kernel';
import type { Minor } from '@/lib/kernel';

/** What the marketplace charges a shop for a sub-order: the fee, and the VAT on the fee. */
export type Commission = { readonly feeMinor: Minor; readonly vatMinor: Minor };

/**
 * Commission on goods sold.
 *
 * Units: minor units of the goods *after* discount, delivery excluded; rates in basis points.
 * Guarantees: each rounded half-up once; the VAT is taken on the rounded fee, which is what the invoice shows.
 * Source: commission invoice of the marketplace (golden case C4).
 */
export function commissionOn(goodsMinor: Minor, rateBps: number, vatRateBps: number): Commission {
  const feeMinor = atRate(goodsMinor, rateBps);
  return { feeMinor, vatMinor: atRate(feeMinor, vatRateBps) };
}

/**
 * Commission given back when goods go from `beforeMinor` to `afterMinor`.
 *
 * Guarantees: by difference, so that credits over any sequence of refunds sum exactly to the first commission (golden case C5).
 */
export function commissionCredit(
  goods: { readonly beforeMinor: Minor; readonly afterMinor: Minor },
  rateBps: number,
  vatRateBps: number,
): Commission {
  const before = commissionOn(goods.beforeMinor, rateBps, vatRateBps);
  const after = commissionOn(goods.afterMinor, rateBps, vatRateBps);
  return { feeMinor: minor(before.feeMinor - after.feeMinor), vatMinor: minor(before.vatMinor - after.vatMinor) };
}

/** What a shop receives of a payment: the gross less commission and its VAT. */
export function transferOf(grossMinor: Minor, commission: Commission): Minor {
  return minor(grossMinor - commission.feeMinor - commission.vatMinor);
}
