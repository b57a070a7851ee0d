import { err, invariant, minor, ok } from '@/lib/kernel';
import type { Minor, Result } from '@/lib/kernel';

/**
 * Divides `total` among `weights` in proportion, losing no cent.
 *
 * Units: `total` in minor units of one currency, either sign; weights are non-negative
 *   integers of any common unit (usually line totals).
 * Guarantees: shares sum to `total`; each is less than one minor unit from its exact
 *   proportion; a zero weight receives zero; the earlier line wins a tie.
 * Errors: `nothing-to-apportion-over` when there is no positive weight.
 * Source: largest-remainder (Hamilton) method; Balinski & Young, Fair Representation.
 */
export function apportion(
  total: Minor,
  weights: readonly number[],
): Result<readonly Minor[], { readonly kind: 'nothing-to-apportion-over' }> {
  invariant(
    weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0),
    'weights are counts',
  );
  const weightSum = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (weightSum === 0n) return err({ kind: 'nothing-to-apportion-over' });

  const sign = total < 0 ? -1n : 1n;
  const magnitude = sign * BigInt(total); // bigint: total x weight may pass 2^53
  const shares = weights.map((weight, index) => {
    const scaled = magnitude * BigInt(weight);
    return { index, floor: scaled / weightSum, remainder: scaled % weightSum };
  });

  const unplaced = magnitude - shares.reduce((sum, share) => sum + share.floor, 0n);
  const byLargestRemainder = shares.toSorted(
    (a, b) => Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder) || a.index - b.index,
  );
  const roundedUp = new Set(byLargestRemainder.slice(0, Number(unplaced)).map((share) => share.index));
  return ok(shares.map(({ index, floor }) => minor(Number(sign * (floor + (roundedUp.has(index) ? 1n : 0n))))));
}
