import type { ClosingPeriod } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { instant, plusMs } from '@/lib/kernel';
import { localTimeOn } from '@/lib/shops';

/** The first and last day of the period a day is in: `2026-11-25` is in the month from `2026-11-01` to `2026-11-30`. */
export function periodOf(period: ClosingPeriod, day: string): { readonly startsOn: string; readonly endsOn: string } {
  if (period === 'day') return { startsOn: day, endsOn: day };
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  if (period === 'year') return { startsOn: `${day.slice(0, 4)}-01-01`, endsOn: `${day.slice(0, 4)}-12-31` };
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return { startsOn: `${day.slice(0, 7)}-01`, endsOn: last };
}

/** The first moment of a day of the city, or of one some days later. */
export function momentOfDay(day: string, timeZone: string, daysLater = 0): Instant {
  return localTimeOn(instant(Date.parse(`${day}T12:00:00Z`)), timeZone, { days: daysLater, time: '00:00' });
}

/** The day after. */
export function dayAfter(day: string): string {
  return new Date(plusMs(instant(Date.parse(`${day}T12:00:00Z`)), 86_400_000)).toISOString().slice(0, 10);
}
