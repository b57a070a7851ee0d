import { sumMinor } from '@/lib/kernel';
import type { Minor } from '@/lib/kernel';
import type { Commission } from '../commission';
import { transferOf } from '../commission';
import type { Entry, LedgerTransaction } from './accounts';
import { notNegative, reversalOf, transactionOf } from './accounts';

/** Who pays a sub-order: the shopper, and whoever gives something off that the shop does not bear. A shop's own discount is in no price. */
export type Sources = {
  readonly shopperMinor: Minor;
  readonly cityDiscountMinor: Minor;
  readonly vouchers: readonly { readonly issuer: string; readonly amountMinor: Minor }[];
  /** What a kept promise cost more than was paid. */
  readonly rescueMinor: Minor;
};

/** All sources together: what the sub-order is worth, goods and delivery, with VAT. */
export function worthOf({ shopperMinor, cityDiscountMinor, vouchers, rescueMinor }: Sources): Minor {
  return sumMinor([shopperMinor, cityDiscountMinor, rescueMinor, ...vouchers.map((voucher) => voucher.amountMinor)]);
}

/**
 * A merchant earns a sub-order, at handover or delivery: its worth less the city's commission and the VAT on it.
 *
 * Units: minor units. Guarantees: sums to zero; the merchant's part is `transferOf(worth, commission)`; a commission above the worth leaves
 *   the merchant owing. Source: architecture §7; golden case C4.
 */
export function earned(subOrder: string, merchant: string, sources: Sources, commission: Commission): LedgerTransaction {
  notNegative(...amountsOf(sources), commission.feeMinor, commission.vatMinor);
  return transactionOf('earned', [
    ...takenFrom(subOrder, sources),
    ['merchant', merchant, transferOf(worthOf(sources), commission)],
    ['commission', null, commission.feeMinor],
    ['commission-vat', null, commission.vatMinor],
  ]);
}

/** The lines that take a worth from its sources. */
export function takenFrom(subOrder: string, sources: Sources): readonly Entry[] {
  return [
    ['shopper-funds', subOrder, -sources.shopperMinor],
    ['city-discounts', null, -sources.cityDiscountMinor],
    ['rescue', null, -sources.rescueMinor],
    ...sources.vouchers.map((voucher): Entry => ['voucher', voucher.issuer, -voucher.amountMinor]),
  ];
}

export function amountsOf({ shopperMinor, cityDiscountMinor, vouchers, rescueMinor }: Sources): readonly Minor[] {
  return [shopperMinor, cityDiscountMinor, rescueMinor, ...vouchers.map((voucher) => voucher.amountMinor)];
}

/**
 * What an issuer's vouchers paid reaches the merchant from the issuer's own provider account, the day after handover; the city's ledger
 * only notes that it is settled (OP-24).
 */
export function voucherSettled(issuer: string, merchant: string, amountMinor: Minor): LedgerTransaction {
  notNegative(amountMinor);
  return transactionOf('voucher-settled', [
    ['voucher', issuer, amountMinor],
    ['merchant', merchant, -amountMinor],
  ]);
}

/** Settled vouchers were returned since: the merchant gives their issuer back what it was paid for them. */
export function voucherGivenBack(issuer: string, merchant: string, amountMinor: Minor): LedgerTransaction {
  return { ...reversalOf(voucherSettled(issuer, merchant, amountMinor)), kind: 'voucher-settled' };
}

/** What kept promises cost is paid by the commission. */
export function rescueFed(amountMinor: Minor): LedgerTransaction {
  notNegative(amountMinor);
  return transactionOf('rescue-fed', [
    ['commission', null, -amountMinor],
    ['rescue', null, amountMinor],
  ]);
}

/**
 * An invoice takes the VAT of its fees once, each sale took it by itself: the cents between go where the invoice says. Above zero the invoice says more
 * than was kept.
 *
 * Units: minor units. Guarantees: sums to zero; the VAT account moves by `moreMinor`; a merchant gets back what was kept beyond the invoice and never
 *   owes for a rounding: what is missing is the city's, so that no debt is left where nothing is sold any more. Source: ME-18, ADR 0184.
 */
export function commissionRounded(merchant: string, moreMinor: Minor): LedgerTransaction {
  const bearer: Entry = moreMinor > 0 ? ['compensation', null, -moreMinor] : ['merchant', merchant, -moreMinor];
  return transactionOf('commission-rounded', [bearer, ['commission-vat', null, moreMinor]]);
}
