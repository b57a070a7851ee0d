import { DAY } from '@/lib/kernel';
import type { CalendarDay } from './withdrawal';
import { plusDays } from './withdrawal';

/** The days on which the word "soldes" may be used, first and last, both included. */
export type SalesPeriod = { readonly from: CalendarDay; readonly to: CalendarDay };

const WEDNESDAY = 3;
const WEEKS = 4;

/**
 * The two legal sales of a year for distance selling in France.
 *
 * Guarantees: winter begins on the second Wednesday of January, or the first when the second comes after the 12th; summer on the last
 *   Wednesday of June, or the one before when the last comes after the 28th; each lasts four weeks. Departments with dates of their own do
 *   not count for selling at a distance. Source: c. com. L.310-3, D.310-15-2; decree of 27 May 2019; golden case S1.
 */
export function salesPeriods(year: number): readonly [winter: SalesPeriod, summer: SalesPeriod] {
  const second = plusDays(firstWednesday(year, 0), 7);
  const winter = Number(second.slice(8)) > 12 ? plusDays(second, -7) : second;
  const last = plusDays(firstWednesday(year, 6), -7);
  const summer = Number(last.slice(8)) > 28 ? plusDays(last, -7) : last;
  return [lasting(winter), lasting(summer)];
}

function firstWednesday(year: number, month: number): CalendarDay {
  const first = Date.UTC(year, month, 1);
  const days = (WEDNESDAY - new Date(first).getUTCDay() + 7) % 7;
  return new Date(first + days * DAY).toISOString().slice(0, 10);
}

function lasting(from: CalendarDay): SalesPeriod {
  return { from, to: plusDays(from, WEEKS * 7 - 1) };
}
