import type { OfferId, Quantity, StockLocationId } from '@/lib/kernel';
import { quantity } from '@/lib/kernel';

/** A stock level's key. */
export type StockKey = { readonly offerId: OfferId; readonly locationId: StockLocationId };

/** Units of one offer at one place. */
export type StockAmount = StockKey & { readonly quantity: Quantity };

/** One text for a key; sorts as the pair does in the database (both parts are plain letters and digits). */
export function keyText({ offerId, locationId }: StockKey): string {
  return `${offerId} ${locationId}`;
}

/** One amount per key, in key order: demand is summed before it is compared with stock, and rows are locked in one order by everybody. */
export function summedByKey(amounts: readonly StockAmount[]): readonly StockAmount[] {
  const sums = new Map<string, StockAmount>();
  for (const amount of amounts) {
    const key = keyText(amount);
    const before = sums.get(key);
    sums.set(key, {
      offerId: amount.offerId,
      locationId: amount.locationId,
      quantity: quantity((before?.quantity ?? 0) + amount.quantity),
    });
  }
  return [...sums.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, amount]) => amount);
}
