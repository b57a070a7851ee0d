import type { ClosingPeriod } from '@/db/schema';
import type { ClosingContent } from './content';
import type { DayFacts } from './day-facts';
import { periodOf } from './periods';
import { addTotals, sumDays } from './totals';

export type Drawn = Omit<ClosingContent, 'merchant'>;

/**
 * The closings of one kind that days call for, in order: a period with days in it is closed once it is over.
 *
 * Units: minor units; days as `2026-11-25`, `days` in order and all after the last closing. Guarantees: each day is in one closing of each kind; totals since the
 * beginning are those of the closing before and the period's own. A period that is not over on `today` is left out.
 */
export function drawClosings(
  period: ClosingPeriod,
  days: ReadonlyMap<string, DayFacts>,
  { today, perpetual: before }: { readonly today: string; readonly perpetual: ClosingContent['perpetual'] },
): readonly Drawn[] {
  const periods = Map.groupBy([...days], ([day]) => periodOf(period, day).startsOn);
  let perpetual = before;
  return [...periods].flatMap(([startsOn, own]) => {
    const { endsOn } = periodOf(period, startsOn);
    if (endsOn >= today) return [];
    const summed = sumDays(own.map(([, facts]) => facts));
    perpetual = addTotals(perpetual, summed.totals);
    return [{ period, startsOn, endsOn, ...summed, perpetual }];
  });
}
