import type { Instant, Minor } from '@/lib/kernel';
import { invariant, minor } from '@/lib/kernel';

/** From a moment on a thing cost so much, until the next change. Minor units with VAT. */
export type PriceChangeFact = { readonly from: Instant; readonly priceMinor: Minor };

/** A reduction, or the first of a series without a break. `windowFrom` is thirty calendar days before it, on the clock of the place. */
export type ReductionStart = { readonly startsAt: Instant; readonly windowFrom: Instant };

/**
 * The price a reduction may be announced against: the lowest that was asked in the thirty days before it began.
 *
 * Units: minor units. Guarantees: every price in force at any instant of `[windowFrom, startsAt)` counts, also one set before it; in a series
 *   of cuts without a break the start is the first cut's, where the country says so. Undefined when nothing was sold before.
 * Errors: throws when the changes are not in the order of time. Source: Directive 98/6 art. 6a; L.112-1-1; golden cases P1–P7.
 */
export function priorPrice(history: readonly PriceChangeFact[], { startsAt, windowFrom }: ReductionStart): Minor | undefined {
  invariant(windowFrom < startsAt, 'the thirty days lie before the reduction');
  const inForce = history.flatMap(({ from, priceMinor }, index) => {
    const until = history[index + 1]?.from;
    invariant(until === undefined || until > from, 'price changes come in the order of time');
    const counts = from < startsAt && (until === undefined || until > windowFrom);
    return counts ? [priceMinor] : [];
  });
  return inForce.length === 0 ? undefined : minor(Math.min(...inForce));
}

/**
 * The percentage that may be shown, whole and rounded down; undefined when the price is no lower than the prior one.
 */
export function announcedPercent(priorMinor: Minor, nowMinor: Minor): number | undefined {
  return nowMinor >= priorMinor ? undefined : Math.floor(((priorMinor - nowMinor) * 100) / priorMinor);
}
