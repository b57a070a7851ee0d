import type { Minor } from '@/lib/kernel';
import { sumMinor } from '@/lib/kernel';
import type { Entry, LedgerTransaction } from './accounts';
import { joined, notNegative, reversalOf, transactionOf } from './accounts';

/** The part of one payment that belongs to a sub-order. Minor units. */
export type Share = { readonly subOrder: string; readonly amountMinor: Minor };

/** A shopper's money is held for each sub-order: pending until it is taken or let go. */
export function authorised(shares: readonly Share[]): LedgerTransaction {
  return transactionOf('authorised', taken(shares), 'pending');
}

/**
 * Held money is taken, all of it or less, once; what was held beyond it is given up in the same breath.
 * Guarantees: nothing stays pending; each sub-order's funds are what was taken for it.
 * Errors: throws when more is taken than was held.
 */
export function captured(held: readonly Share[], shares: readonly Share[]): LedgerTransaction {
  const most = new Map(held.map((share) => [share.subOrder, share.amountMinor]));
  notNegative(...shares.map((share) => (most.get(share.subOrder) ?? 0) - share.amountMinor));
  return joined('captured', [reversalOf(authorised(held)), transactionOf('captured', taken(shares))]);
}

/** Held money is let go. */
export function voided(held: readonly Share[]): LedgerTransaction {
  return { ...reversalOf(authorised(held)), kind: 'voided' };
}

/** Money of a means that knows no holding is taken at once. */
export function paidAtOnce(shares: readonly Share[]): LedgerTransaction {
  return transactionOf('paid', taken(shares));
}

/**
 * Money taken for one sub-order belongs to another that took its place: `changes` say how much more (or, below zero, less) is each one's.
 * Guarantees: sums to zero. Errors: throws when what one loses is not what others gain.
 */
export function movedShares(changes: readonly Share[]): LedgerTransaction {
  return transactionOf(
    'moved',
    changes.map((change): Entry => ['shopper-funds', change.subOrder, change.amountMinor]),
  );
}

/** What the provider keeps of what it moved: the city's expense. */
export function providerFee(amountMinor: Minor): LedgerTransaction {
  notNegative(amountMinor);
  return transactionOf('provider-fee', [
    ['provider', null, amountMinor],
    ['provider-fees', null, -amountMinor],
  ]);
}

function taken(shares: readonly Share[]): readonly Entry[] {
  notNegative(...shares.map((share) => share.amountMinor));
  return [
    ['provider', null, -sumMinor(shares.map((share) => share.amountMinor))],
    ...shares.map((share): Entry => ['shopper-funds', share.subOrder, share.amountMinor]),
  ];
}
