import { invariant, quantity } from '@/lib/kernel';
import type { Quantity } from '@/lib/kernel';

/**
 * Whole quantities by key (an offer at a location, a variant, a line). Absent means zero and zero is never stored,
 * so two maps with the same content are equal.
 */
export type QuantityMap<Key extends string = string> = ReadonlyMap<Key, Quantity>;

/** Builds a map from entries; the quantities of a repeated key are summed. Units: steps of each key's offer. */
export function quantityMap<Key extends string>(entries: Iterable<readonly [Key, number]>): QuantityMap<Key> {
  const sums = new Map<Key, number>();
  for (const [key, count] of entries) sums.set(key, (sums.get(key) ?? 0) + count);
  return compact(sums);
}

/** The sum, key by key. */
export function plus<Key extends string>(a: QuantityMap<Key>, b: QuantityMap<Key>): QuantityMap<Key> {
  return quantityMap([...a, ...b]);
}

/**
 * What is left of `a` after taking `b` away, key by key.
 *
 * Guarantees: `plus(minus(a, b), meet(a, b))` equals `a`; nothing goes below zero, what `b` asks beyond `a` is ignored.
 */
export function minus<Key extends string>(a: QuantityMap<Key>, b: QuantityMap<Key>): QuantityMap<Key> {
  return compact(new Map([...a].map(([key, count]) => [key, Math.max(0, count - (b.get(key) ?? 0))])));
}

/** What both have, key by key: the smaller quantity. Guarantees: symmetric; never more than either. */
export function meet<Key extends string>(a: QuantityMap<Key>, b: QuantityMap<Key>): QuantityMap<Key> {
  return compact(new Map([...a].map(([key, count]) => [key, Math.min(count, b.get(key) ?? 0)])));
}

/** All units together, whatever their key. */
export function totalOf(map: QuantityMap): Quantity {
  let total = 0;
  for (const count of map.values()) total += count;
  return quantity(total);
}

function compact<Key extends string>(sums: ReadonlyMap<Key, number>): QuantityMap<Key> {
  const result = new Map<Key, Quantity>();
  for (const [key, count] of sums) {
    invariant(count >= 0, 'a quantity is never negative');
    if (count > 0) result.set(key, quantity(count));
  }
  return result;
}
