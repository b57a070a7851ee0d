import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, minor } from '@/lib/kernel';
import { lastDayToWithdraw, lateRefundSurcharge, plusDays, refundDueOn } from '@/lib/oms';
import { holidaysBetween, momentOf } from '@/lib/shops';

const place = (country: string, region: string, timeZone: string) => ({
  country,
  region,
  timeZone,
  latitude: undefined,
  longitude: undefined,
});
const france = place('FR', 'Auvergne-Rhône-Alpes', 'Europe/Paris');
const placeOf = {
  FR: france,
  'Alsace-Moselle': place('FR', 'Bas-Rhin', 'Europe/Paris'),
  BE: place('BE', '', 'Europe/Brussels'),
  'DE-NW': place('DE', 'Nordrhein-Westfalen', 'Europe/Berlin'),
  'DE-BE': place('DE', 'Berlin', 'Europe/Berlin'),
} as const;

function holidaysOf(name: keyof typeof placeOf): ReadonlySet<string> {
  return holidaysBetween(placeOf[name], '2026-11-01', '2028-02-01');
}

describe('the last day to withdraw', () => {
  const cases: readonly (readonly [name: string, received: string, place: keyof typeof placeOf, last: string])[] = [
    ['W1', '2026-12-01', 'FR', '2026-12-15'],
    ['W2', '2026-12-11', 'FR', '2026-12-28'],
    ['W3', '2026-12-12', 'FR', '2026-12-28'],
    ['W4', '2026-12-18', 'FR', '2027-01-04'],
    ['W5', '2027-03-13', 'FR', '2027-03-30'],
    ['W6', '2027-04-17', 'FR', '2027-05-03'],
    ['W7', '2027-04-22', 'FR', '2027-05-07'],
    ['W8', '2027-06-30', 'FR', '2027-07-15'],
    ['W9', '2027-10-18', 'FR', '2027-11-02'],
    ['W10a', '2027-03-12', 'FR', '2027-03-26'],
    ['W10b', '2027-03-12', 'Alsace-Moselle', '2027-03-30'],
    ['W12a', '2027-07-07', 'FR', '2027-07-21'],
    ['W12b', '2027-07-07', 'BE', '2027-07-22'],
    ['W13a', '2027-05-13', 'DE-NW', '2027-05-28'],
    ['W13b', '2027-05-13', 'DE-BE', '2027-05-27'],
  ];
  test.each(cases)('%s: received %s in %s, until %s', (_, received, where, last) => {
    const facts = { received: [received], isComplete: true, informedOn: received, holidays: holidaysOf(where) };
    expect(lastDayToWithdraw(facts)).toBe(last);
  });

  test('W11: of two parcels the last one counts, and until it came nothing runs', () => {
    const facts = { received: ['2026-12-09', '2026-12-03'], isComplete: true, informedOn: '2026-12-01', holidays: holidaysOf('FR') };
    expect(lastDayToWithdraw(facts)).toBe('2026-12-23');
    expect(lastDayToWithdraw({ ...facts, received: ['2026-12-03'], isComplete: false })).toBeUndefined();
  });

  test('W14: without information it is a year longer, or fourteen days from when it came', () => {
    const facts = { received: ['2026-12-01'], isComplete: true, holidays: holidaysOf('FR') };
    expect(lastDayToWithdraw({ ...facts, informedOn: null })).toBe('2027-12-15');
    expect(lastDayToWithdraw({ ...facts, informedOn: '2027-01-20' })).toBe('2027-02-03');
  });

  test('ends with that day on the clock of the place, in winter and in summer', () => {
    const endOf = (day: string) => {
      const [year = 0, month = 1, date = 1] = plusDays(day, 1).split('-').map(Number);
      return new Date(momentOf({ year, month, day: date, hour: 0, minute: 0 }, france.timeZone)).toISOString();
    };
    expect([endOf('2026-12-15'), endOf('2027-03-30')]).toEqual(['2026-12-15T23:00:00.000Z', '2027-03-30T22:00:00.000Z']);
  });

  test('is never a free day, never sooner than the law says, and telling later never shortens it', () => {
    const holidays = holidaysOf('FR');
    const day = fc.integer({ min: 0, max: 300 }).map((days) => plusDays('2026-12-01', days));
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 3 }), day, (received, told) => {
        const last = received.toSorted().at(-1) ?? '';
        const ends = lastDayToWithdraw({ received, isComplete: true, informedOn: told, holidays }) ?? '';
        const inTime = lastDayToWithdraw({ received, isComplete: true, informedOn: last, holidays }) ?? '';
        const weekday = new Date(`${ends}T00:00:00Z`).getUTCDay();
        expect([weekday === 0 || weekday === 6, holidays.has(ends)]).toEqual([false, false]);
        expect(inTime >= plusDays(last, 14)).toBe(true);
        expect(ends >= inTime).toBe(true);
        expect(Date.parse(ends) - Date.parse(plusDays(last > told ? last : told, 14))).toBeLessThanOrEqual(5 * DAY);
      }),
      { numRuns: 60 },
    );
  });
});

test('R1: a refund is due in fourteen days, later only until the goods or the proof are there', () => {
  const due = (sentBackOn: string | null, receivedOn: string | null) => refundDueOn({ statedOn: '2026-12-15', sentBackOn, receivedOn });
  expect([due('2026-12-20', null), due('2027-01-05', '2027-01-08'), due(null, null)]).toEqual(['2026-12-29', '2027-01-05', undefined]);
});

test('C6: what is late grows by law, and never above itself', () => {
  const late = (days: number) => lateRefundSurcharge(minor(6_628), days);
  expect([10, 12, 25, 45, 75].map(late)).toEqual([0, 331, 663, 1_326, 3_314]);
  expect([late(91), late(100_000)]).toEqual([3_645, 6_628]);
});
