import type { Branded } from './ids';
import { invariant } from './invariant';

/** A moment: epoch milliseconds, UTC. */
export type Instant = Branded<number, 'Instant'>;

/** A stretch of time, `from` included, `to` excluded. */
export type Interval = { readonly from: Instant; readonly to: Instant };

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** Makes an instant out of epoch milliseconds; throws when they are no finite whole number. */
export function instant(epochMs: number): Instant {
  invariant(Number.isSafeInteger(epochMs), `an instant is whole milliseconds, not ${epochMs}`);
  return epochMs as Instant;
}

/** The instant of a `Date`, as the database driver returns it. */
export function instantOf(date: Date): Instant {
  return instant(date.getTime());
}

/** The `Date` a database column or `Intl` wants. */
export function dateOf(moment: Instant): Date {
  return new Date(moment);
}

/** A moment `milliseconds` later (earlier when negative). */
export function plusMs(moment: Instant, milliseconds: number): Instant {
  return instant(moment + milliseconds);
}
