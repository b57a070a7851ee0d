import type { Instant } from '@/lib/kernel';
import { instant, plusMs } from '@/lib/kernel';
import { env } from './env';

/** Where a use-case reads the time. The engine never reads it: `now` is an argument there. */
export type Clock = { now(): Instant };

/** The machine's clock; it stands still where `HALLES_CLOCK` stopped it, which only the database of a test allows. */
export const systemClock: Clock = { now: () => env().stoppedAt ?? instant(Date.now()) };

/** A clock that stands still, for tests. */
export function fixedClock(at: Instant): Clock {
  return { now: () => at };
}

/** A clock that stands still until it is moved; it never goes back. */
export type MovedClock = Clock & {
  /** Goes forward to `at`; an earlier moment changes nothing. */
  moveTo(at: Instant): void;
  advance(milliseconds: number): void;
};

/** A clock for replays and tests: the history of sixty days is lived through in minutes. */
export function movedClock(start: Instant): MovedClock {
  let now = start;
  const moveTo = (at: Instant): void => {
    if (at > now) now = at;
  };
  return { now: () => now, moveTo, advance: (milliseconds) => moveTo(plusMs(now, milliseconds)) };
}
