import { atRate, minor } from '@/lib/kernel';
import type { Minor } from '@/lib/kernel';

export const returnDestinationKinds = ['shelf', 'bought', 'home', 'aside'] as const;
export type ReturnDestination = (typeof returnDestinationKinds)[number];

export type DestinationFacts = {
  /** The goods came to the shop that sold them. */
  readonly isOwnShop: boolean;
  /** Both shops are one merchant's: goods may stay where they are, and nobody pays anybody. */
  readonly isSameMerchant: boolean;
  /** The receiving shop sells the same thing, new, and has said that it buys what comes back. */
  readonly buysIt: boolean;
  /** As good as new. */
  readonly isGood: boolean;
  readonly paidMinor: Minor;
  /** What the receiving shop asks for the same units. */
  readonly ownPriceMinor: Minor;
};

/**
 * What a shop pays for goods another shop sold and that came back to it: seven tenths of the lower of the two prices. It must leave the
 * buyer a margin, and the selling shop more than the way home would.
 */
export const CLEARING_BPS = 7_000;

/**
 * What becomes of goods that came back: decided by rule, never at the counter.
 *
 * Units: minor units with VAT, rounded half-up. Guarantees: what is not good is never put back on sale; `bought` only where the buyer
 *   agreed beforehand, and never for more than the shopper paid; the price is zero within one merchant.
 */
export function returnDestination(facts: DestinationFacts): { readonly destination: ReturnDestination; readonly clearingMinor: Minor } {
  const free = minor(0);
  if (facts.isOwnShop) return { destination: facts.isGood ? 'shelf' : 'aside', clearingMinor: free };
  if (!facts.isGood || !facts.buysIt) return { destination: 'home', clearingMinor: free };
  const price = facts.isSameMerchant ? free : atRate(minor(Math.min(facts.paidMinor, facts.ownPriceMinor)), CLEARING_BPS);
  return { destination: 'bought', clearingMinor: price };
}
