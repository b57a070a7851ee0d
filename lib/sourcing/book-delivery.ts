import type { Minor } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import type { DeliveryFloor } from './settings';

/** VAT category of printed books; the law speaks of new ones only. */
export const NEW_BOOK = { vatCategory: 'book_print', condition: 'new' } as const;

/**
 * The least that delivery of a sub-order may cost because of the new books in it (ME-15): below the threshold so much, above it more than
 * nothing.
 *
 * Units: minor units. Guarantees: zero without new books; fetching them in the shop is free whatever is bought (ask only for what is
 * brought). Golden case B1.
 */
export function leastBookDelivery(newBooksMinor: Minor, floors: readonly DeliveryFloor[]): Minor {
  if (newBooksMinor === 0) return minor(0);
  const floor = floors.find((row) => row.vatCategory === NEW_BOOK.vatCategory);
  if (!floor) return minor(0);
  return minor(newBooksMinor < floor.thresholdMinor ? floor.belowMinor : floor.aboveMinor);
}
