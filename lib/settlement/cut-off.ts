import type { Instant } from '@/lib/kernel';
import { localTimeOn } from '@/lib/shops';

/** Midnight in the zone, at or before a moment: what was earned before it is paid out that day. */
export function lastCutOff(at: Instant, timeZone: string): Instant {
  return localTimeOn(at, timeZone, { days: 0, time: '00:00' });
}

/** The next midnight in the zone: when the next payout is made. */
export function nextCutOff(at: Instant, timeZone: string): Instant {
  return localTimeOn(at, timeZone, { days: 1, time: '00:00' });
}
