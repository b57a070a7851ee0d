import type { Branded } from './ids';
import { invariant } from './invariant';

/** Integer minor units (cents) of some currency. Never a float. */
export type Minor = Branded<number, 'Minor'>;

/** ISO 4217 alphabetic code. */
export type Currency = 'EUR';

/** An amount and what it is counted in. */
export type Money = { readonly amountMinor: Minor; readonly currency: Currency };

/** Makes minor units out of a number that must already be whole. Throws on anything else: money is never rounded here. Nothing has no sign. */
export function minor(value: number): Minor {
  invariant(Number.isSafeInteger(value), `money is a whole number of minor units, not ${value}`);
  return (value === 0 ? 0 : value) as Minor; // minus nothing would be printed as "-0,00 €"
}

/** "12,50", "12.5" or "12" as people type a price, in minor units; undefined for what is none: nothing, zero, a million and more. */
export function parsePrice(text: string): Minor | undefined {
  const typed = /^\d{1,6}(?:[.,]\d{1,2})?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 100) : 0;
  return typed > 0 ? minor(typed) : undefined;
}

/** Adds amounts of one currency. The empty sum is zero. */
export function sumMinor(amounts: Iterable<number>): Minor {
  let total = 0;
  for (const amount of amounts) total += amount;
  return minor(total);
}

/**
 * Price of `quantity` steps at `unit` each. Units: minor per step, steps.
 * Errors: throws when the product leaves the safe integers, which no basket can reach (limits at the door).
 */
export function timesQuantity(unit: Minor, quantity: number): Minor {
  return minor(Number(BigInt(unit) * BigInt(quantity)));
}

/**
 * `numerator / denominator` rounded half-up to a whole number, away from zero on a tie.
 * Source: the rounding of EN 16931 and of French VAT documents (half a cent goes up).
 */
export function roundHalfUp(numerator: bigint, denominator: bigint): number {
  invariant(denominator > 0n, 'the denominator is positive');
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const rounded = (magnitude * 2n + denominator) / (denominator * 2n);
  return Number(negative ? -rounded : rounded);
}

/** Part of `amount` at a rate in basis points (10 000 = the whole), rounded half-up once. */
export function atRate(amount: Minor, rateBps: number): Minor {
  return minor(roundHalfUp(BigInt(amount) * BigInt(rateBps), 10_000n));
}

/** VAT contained in an amount that includes it: gross × r / (1 + r), half-up. Rate in basis points. */
export function vatContained(gross: Minor, rateBps: number): Minor {
  return minor(roundHalfUp(BigInt(gross) * BigInt(rateBps), BigInt(10_000 + rateBps)));
}

/**
 * Price of `quantity` steps when `priceMinor` buys `priceSteps` of them (1 for pieces, 1000 grams for a price per kilogram).
 * Rounded half-up once per line, which is how a scale prints it.
 */
export function linePrice(price: { readonly priceMinor: number; readonly priceSteps: number }, quantity: number): Minor {
  return minor(roundHalfUp(BigInt(price.priceMinor) * BigInt(quantity), BigInt(price.priceSteps)));
}
