import { MINUTE, err, invariant, ok } from '@/lib/kernel';
import type { Instant, Interval, Result } from '@/lib/kernel';
import { afterOpeningTime } from './opening';

export type NoOpening = { readonly kind: 'no-opening-known' };

/**
 * Until when a shop may answer an offered sub-order: `openingMinutes` of its opening time after `from`.
 *
 * Units: minutes counted only while the shop is open; a night or a Monday off does not run against it.
 * Guarantees: independent of the order or overlap of the intervals; never before `from`.
 * Errors: `no-opening-known` when the intervals given end too early (the caller passes at least a week).
 */
export function acceptBy(opening: readonly Interval[], from: Instant, openingMinutes: number): Result<Instant, NoOpening> {
  invariant(Number.isSafeInteger(openingMinutes) && openingMinutes > 0, 'a shop is given at least one minute');
  const moment = afterOpeningTime(opening, from, openingMinutes * MINUTE);
  return moment === undefined ? err({ kind: 'no-opening-known' }) : ok(moment);
}
