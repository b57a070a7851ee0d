import type { Instant } from '@/lib/kernel';
import { dayKey, instant } from '@/lib/kernel';
import { localTimeOn } from '@/lib/shops';

/** The first moment of the month of a moment, on the clock of the city. */
export function startOfMonth(moment: Instant, timeZone: string): Instant {
  const month = dayKey(moment, timeZone).slice(0, 7);
  return localTimeOn(instant(Date.parse(`${month}-01T12:00:00Z`)), timeZone, { days: 0, time: '00:00' });
}
