import { formatTimeRange, type Instant, type Locale } from '@/lib/kernel';
import { localTimeOn } from './local-time';
import { intervalsOnDay } from './opening-intervals';
import type { ShopFacts } from './views';

/** One day's opening in words; `weekday` 0 is Monday, empty when closed. */
export type DayHours = { readonly weekday: number; readonly hours: string; readonly isToday: boolean };

/**
 * The week from Monday, each day as it comes next, holidays and closures included. Today is read from next week: what is
 * over today is no longer among the shop's openings, and a sign on a door does not change at noon.
 */
export function weekHours(shop: Pick<ShopFacts, 'openings' | 'timeZone'>, now: Instant, locale: Locale): readonly DayHours[] {
  const days = Array.from({ length: 7 }, (_, ahead): DayHours => {
    const moment = localTimeOn(now, shop.timeZone, { days: ahead === 0 ? 7 : ahead, time: '12:00' });
    const intervals = intervalsOnDay(shop.openings, moment, shop.timeZone);
    const weekday = (new Date(localTimeOn(now, shop.timeZone, { days: ahead, time: '12:00' })).getUTCDay() + 6) % 7;
    return {
      weekday,
      isToday: ahead === 0,
      hours: intervals.map(({ from, to }) => formatTimeRange(from, to, locale, shop.timeZone)).join(', '),
    };
  });
  return days.toSorted((a, b) => a.weekday - b.weekday);
}
