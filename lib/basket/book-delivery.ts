import type { Instant, Minor } from '@/lib/kernel';
import { dateOf, minor } from '@/lib/kernel';

/** What bringing new books must cost at least, from a date on. Below the threshold so much; above it more than nothing. */
const floors = [
  {
    validFrom: '2023-10-07',
    thresholdMinor: 3_500,
    belowMinor: 300,
    aboveMinor: 1,
    source: 'Law 81-766 of 10 August 1981, art. 1 (law 2021-1901); decree of 4 April 2023',
  },
] as const;

/** VAT category of printed books; the law speaks of new ones only. */
export const NEW_BOOK = { vatCategory: 'book_print', condition: 'new' } as const;

/**
 * The least that delivery of a sub-order may cost because of the new books in it (ME-15).
 *
 * Units: minor units. Guarantees: zero without new books; fetching them in the shop is free whatever is bought (ask only for what is
 * brought). Golden case B1.
 */
export function leastBookDelivery(newBooksMinor: Minor, now: Instant): Minor {
  if (newBooksMinor === 0) return minor(0);
  const day = dateOf(now).toISOString().slice(0, 10);
  const floor = floors.findLast((row) => row.validFrom <= day);
  if (!floor) return minor(0);
  return minor(newBooksMinor < floor.thresholdMinor ? floor.belowMinor : floor.aboveMinor);
}
