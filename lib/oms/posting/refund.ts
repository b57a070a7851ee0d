import { err, minor, ok } from '@/lib/kernel';
import type { Minor, Result } from '@/lib/kernel';
import { apportion } from '../apportion';
import type { Commission } from '../commission';
import type { Entry, LedgerTransaction } from './accounts';
import { notNegative, transactionOf } from './accounts';
import type { Sources } from './earning';
import { amountsOf, worthOf } from './earning';

/** Held or taken money goes back before the merchant earned it: a refused line, a miss at the pick, less weight. */
export function refundedBeforeEarning(subOrder: string, order: string, amountMinor: Minor): LedgerTransaction {
  notNegative(amountMinor);
  return transactionOf('refunded', [
    ['shopper-funds', subOrder, -amountMinor],
    ['refunds', order, amountMinor],
  ]);
}

/**
 * An earned sub-order, or part of it, is given back to its sources: lines that were returned, or money without lines (a gesture of the shop;
 * then no commission is credited unless the contract says so).
 *
 * Units: minor units. Guarantees: sums to zero; the merchant bears what goes back less the credited commission; the balance may go below
 *   zero, and is then that merchant's debt alone. Source: BO-15, BO-17; golden case C5.
 */
export function refundedAfterEarning(
  parties: { readonly order: string; readonly merchant: string },
  back: Sources,
  credited: Commission,
): LedgerTransaction {
  notNegative(...amountsOf(back), credited.feeMinor, credited.vatMinor);
  return transactionOf('refunded', [
    ['merchant', parties.merchant, -(worthOf(back) - credited.feeMinor - credited.vatMinor)],
    ['commission', null, -credited.feeMinor],
    ['commission-vat', null, -credited.vatMinor],
    ['refunds', parties.order, back.shopperMinor],
    ['city-discounts', null, back.cityDiscountMinor],
    ['rescue', null, back.rescueMinor],
    ...back.vouchers.map((voucher): Entry => ['voucher', voucher.issuer, voucher.amountMinor]),
  ]);
}

/**
 * A shop bought goods another shop had sold and that came back to it: one transaction on each merchant's account, so that each finds its own
 * on its statement.
 *
 * Units: minor units with VAT. Guarantees: each sums to zero; together the clearing account is as it was.
 */
export function returnBought(
  returned: string,
  parties: { readonly origin: string; readonly buyer: string },
  priceMinor: Minor,
): { readonly origin: LedgerTransaction; readonly buyer: LedgerTransaction } {
  notNegative(priceMinor);
  return {
    origin: transactionOf('return-sold', [
      ['merchant', parties.origin, priceMinor],
      ['return-clearing', returned, -priceMinor],
    ]),
    buyer: transactionOf('return-bought', [
      ['merchant', parties.buyer, -priceMinor],
      ['return-clearing', returned, priceMinor],
    ]),
  };
}

/** Money owed back was sent by the provider, by the means it came. */
export function refundSent(order: string, amountMinor: Minor): LedgerTransaction {
  notNegative(amountMinor);
  return transactionOf('refund-sent', [
    ['refunds', order, -amountMinor],
    ['provider', null, amountMinor],
  ]);
}

export type RefundTooLarge = { readonly kind: 'refund-too-large'; readonly mostMinor: Minor };

/**
 * How much of a refund belongs to each source of a sub-order.
 *
 * Units: minor units; `left` is what each source gave and has not had back. Guarantees: in proportion to what is left, to the cent; no source
 *   gets back more than it gave, and when all is given back each has exactly that, whatever refunds came before.
 * Errors: `refund-too-large` with what is left.
 */
export function refundBySource(left: Sources, amountMinor: Minor): Result<Sources, RefundTooLarge> {
  notNegative(...amountsOf(left), amountMinor);
  const mostMinor = worthOf(left);
  if (amountMinor > mostMinor) return err({ kind: 'refund-too-large', mostMinor });
  const shares = apportion(amountMinor, amountsOf(left));
  const at = (index: number) => (shares.ok ? (shares.value[index] ?? minor(0)) : minor(0)); // nothing is left, and nothing was asked
  return ok({
    shopperMinor: at(0),
    cityDiscountMinor: at(1),
    rescueMinor: at(2),
    vouchers: left.vouchers.map((voucher, index) => ({ issuer: voucher.issuer, amountMinor: at(index + 3) })),
  });
}

/** What each source has still given after part of it went back. */
export function lessSources(given: Sources, back: Sources): Sources {
  return {
    shopperMinor: minor(given.shopperMinor - back.shopperMinor),
    cityDiscountMinor: minor(given.cityDiscountMinor - back.cityDiscountMinor),
    rescueMinor: minor(given.rescueMinor - back.rescueMinor),
    vouchers: given.vouchers.map(({ issuer, amountMinor }, index) => ({
      issuer,
      amountMinor: minor(amountMinor - (back.vouchers[index]?.amountMinor ?? 0)),
    })),
  };
}
