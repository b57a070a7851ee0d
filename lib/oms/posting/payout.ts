import { minor, sumMinor } from '@/lib/kernel';
import type { Minor } from '@/lib/kernel';
import type { AccountKind, LedgerTransaction } from './accounts';
import { notNegative, reversalOf, transactionOf } from './accounts';

/** What a merchant's balance allows to be paid out: all of it above what is kept back, never below zero. */
export function payable(balanceMinor: Minor, keptBackMinor: Minor = minor(0)): Minor {
  return minor(Math.max(0, balanceMinor - keptBackMinor));
}

/** An earned balance is sent to the merchant's bank. */
export function paidOut(merchant: string, amountMinor: Minor): LedgerTransaction {
  notNegative(amountMinor);
  return transactionOf('paid-out', [
    ['merchant', merchant, -amountMinor],
    ['provider', null, amountMinor],
  ]);
}

/** The bank sent a payout back: the merchant has it again. */
export function payoutFailed(merchant: string, amountMinor: Minor): LedgerTransaction {
  notNegative(amountMinor);
  return transactionOf('payout-failed', [
    ['merchant', merchant, amountMinor],
    ['provider', null, -amountMinor],
  ]);
}

/**
 * What of the city's own money can leave: its fees and the VAT on them, less all it spent, which the provider has no longer.
 *
 * Units: minor units; `standing` is what each account of the city stands at, below zero what it spent. Guarantees: parts are not negative; together never more than
 *   the accounts come to, so that no other's money is paid out; the VAT, which is the state's, first.
 */
export function cityPayable(standing: readonly { readonly kind: AccountKind; readonly amountMinor: Minor }[]): {
  readonly commissionMinor: Minor;
  readonly vatMinor: Minor;
} {
  const freeMinor = Math.max(0, sumMinor(standing.map((one) => one.amountMinor)));
  const owed = Math.max(0, sumMinor(standing.filter((one) => one.kind === 'commission-vat').map((one) => one.amountMinor)));
  const vatMinor = minor(Math.min(owed, freeMinor));
  return { commissionMinor: minor(freeMinor - vatMinor), vatMinor };
}

/** The city's own earnings, its VAT included, are sent to the city's bank; below zero nothing is. */
export function cityPaidOut(commissionMinor: Minor, vatMinor: Minor): LedgerTransaction {
  notNegative(commissionMinor, vatMinor);
  return transactionOf('city-paid-out', [
    ['commission', null, -commissionMinor],
    ['commission-vat', null, -vatMinor],
    ['provider', null, commissionMinor + vatMinor],
  ]);
}

/** The city's bank sent a payout back: the city has it again. */
export function cityPayoutFailed(commissionMinor: Minor, vatMinor: Minor): LedgerTransaction {
  return { ...reversalOf(cityPaidOut(commissionMinor, vatMinor)), kind: 'city-payout-failed' };
}

/** A merchant below zero is carried by the city's guarantee, never by another shop; what was carried comes back from the next sales. */
export function carried(merchant: string, amountMinor: Minor): LedgerTransaction {
  notNegative(amountMinor);
  return transactionOf('carried', [
    ['guarantee', merchant, -amountMinor],
    ['merchant', merchant, amountMinor],
  ]);
}

/** What a merchant was carried with is taken from the balance, as far as it reaches. */
export function recovered(merchant: string, amountMinor: Minor): LedgerTransaction {
  notNegative(amountMinor);
  return transactionOf('recovered', [
    ['merchant', merchant, -amountMinor],
    ['guarantee', merchant, amountMinor],
  ]);
}

/** A bank took a payment back and is looking into it. `sale` names the sub-order: a dispute is one shop's alone (BO-17). */
export function disputeOpened(sale: string, amountMinor: Minor, feeMinor: Minor): LedgerTransaction {
  notNegative(amountMinor, feeMinor);
  return transactionOf('dispute-opened', [
    ['disputes', sale, -amountMinor],
    ['provider-fees', null, -feeMinor],
    ['provider', null, amountMinor + feeMinor],
  ]);
}

/** While a bank looks into a sale, what its merchant earned by it is kept aside: it is in no payout, and comes back when the dispute is won. */
export function disputeHeld(merchant: string, amountMinor: Minor): LedgerTransaction {
  notNegative(amountMinor);
  return transactionOf('dispute-held', [
    ['merchant', merchant, -amountMinor],
    ['merchant-held', merchant, amountMinor],
  ]);
}

/** The dispute was decided, either way: nothing is kept aside any more. */
export function disputeFreed(merchant: string, amountMinor: Minor): LedgerTransaction {
  return { ...reversalOf(disputeHeld(merchant, amountMinor)), kind: 'dispute-freed' };
}

/** The bank gave the money back. */
export function disputeWon(sale: string, amountMinor: Minor): LedgerTransaction {
  notNegative(amountMinor);
  return transactionOf('dispute-won', [
    ['disputes', sale, amountMinor],
    ['provider', null, -amountMinor],
  ]);
}

/** The shopper keeps the money: the merchant of that sale bears it, or the city when the shop did nothing wrong. */
export function disputeLost(sale: string, amountMinor: Minor, bearer: { readonly merchant: string } | 'city'): LedgerTransaction {
  notNegative(amountMinor);
  return transactionOf('dispute-lost', [
    ['disputes', sale, amountMinor],
    bearer === 'city' ? ['compensation', null, -amountMinor] : ['merchant', bearer.merchant, -amountMinor],
  ]);
}
