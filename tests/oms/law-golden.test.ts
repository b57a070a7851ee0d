import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, instant, linePrice, minor } from '@/lib/kernel';
import type { MerchantYear } from '@/lib/oms';
import { announcedPercent, considerationOf, dailyTotal, isReportedMerchant, priorPrice, salesPeriods } from '@/lib/oms';
import { unitPriceOf } from '@/lib/search/unit-price';

/** The golden cases of the law that have no file of their own, by their ids; the others stand with what they prove. */
const at = (iso: string) => instant(Date.parse(iso));
const history = (...changes: readonly (readonly [iso: string, priceMinor: number])[]) =>
  changes.map(([iso, priceMinor]) => ({ from: at(iso), priceMinor: minor(priceMinor) }));

/** 27 November 2026, midnight in Paris, and thirty calendar days before. */
const start = { startsAt: at('2026-11-27T00:00:00+01:00'), windowFrom: at('2026-10-28T00:00:00+01:00') };
const since = '2026-01-01T00:00:00+01:00';

test('P1 a lower price of the last thirty days is the prior price, though it was raised again', () => {
  const prior = priorPrice(history([since, 5_000], ['2026-11-10T00:00:00+01:00', 4_500], ['2026-11-15T00:00:00+01:00', 5_000]), start);
  expect(prior).toBe(4_500);
  expect(announcedPercent(minor(4_500), minor(4_000))).toBe(11);
});

test('P2 in a series without a break the first cut’s prior price stays, where the country says so', () => {
  const series = history([since, 5_000], ['2026-11-27T00:00:00+01:00', 4_000], ['2026-12-04T00:00:00+01:00', 3_500]);
  expect(priorPrice(series, start)).toBe(5_000);
  expect(announcedPercent(minor(5_000), minor(3_000))).toBe(40);
  expect(priorPrice(series, { startsAt: at('2026-12-11T00:00:00+01:00'), windowFrom: at('2026-11-11T00:00:00+01:00') })).toBe(3_500);
});

test('P3 what already cost so little in the window is no reduction', () => {
  const prior = priorPrice(history([since, 5_000], ['2026-11-01T00:00:00+01:00', 4_000], ['2026-11-08T00:00:00+01:00', 5_000]), start);
  expect(prior).toBe(4_000);
  expect(announcedPercent(minor(4_000), minor(4_000))).toBeUndefined();
});

test('P4 what was cheaper before the window does not count', () => {
  const prior = priorPrice(history([since, 5_000], ['2026-09-10T00:00:00+02:00', 3_000], ['2026-09-20T00:00:00+02:00', 5_000]), start);
  expect(prior).toBe(5_000);
  expect(announcedPercent(minor(5_000), minor(4_000))).toBe(20);
});

test('P5 the window begins at midnight to the instant', () => {
  expect(priorPrice(history([since, 3_900], ['2026-10-28T00:00:00+01:00', 5_000]), start)).toBe(5_000);
  expect(priorPrice(history([since, 3_900], ['2026-10-28T00:01:00+01:00', 5_000]), start)).toBe(3_900);
});

test('P6 what has been sold for less than thirty days counts since its first sale; before that there is no prior price', () => {
  expect(priorPrice(history(['2026-11-15T00:00:00+01:00', 6_000], ['2026-11-20T00:00:00+01:00', 5_800]), start)).toBe(5_800);
  expect(priorPrice([], start)).toBeUndefined();
});

test('P7 the window is thirty calendar days, across the change of clocks', () => {
  const startsAt = at('2026-11-10T00:00:00+01:00');
  const windowFrom = at('2026-10-11T00:00:00+02:00');
  expect(startsAt - windowFrom).toBe(30 * DAY + DAY / 24);
  expect(priorPrice(history([since, 3_900], ['2026-10-11T00:30:00+02:00', 5_000]), { startsAt, windowFrom })).toBe(3_900);
});

test('the prior price is a price that was asked, and no price in force within the window is lower', () => {
  const changes = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 9_999 })), {
    selector: ([day]) => day,
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(changes, (days) => {
      const asked = days
        .toSorted(([a], [b]) => a - b)
        .map(([day, priceMinor]) => ({ from: instant(day * DAY), priceMinor: minor(priceMinor) }));
      const prior = priorPrice(asked, { startsAt: instant(100 * DAY), windowFrom: instant(70 * DAY) });
      const priceOn = (day: number) => asked.findLast(({ from }) => from <= day * DAY)?.priceMinor;
      const inWindow = Array.from({ length: 30 }, (_, index) => priceOn(70 + index)).filter((price) => price !== undefined);
      expect(prior).toBe(inWindow.length === 0 ? undefined : Math.min(...inWindow));
    }),
  );
});

test('S1 the legal sales of 2026 and 2027', () => {
  const days = [2026, 2027].map((year) => salesPeriods(year).flatMap(({ from, to }) => [from, to]));
  expect(days).toEqual([
    ['2026-01-07', '2026-02-03', '2026-06-24', '2026-07-21'],
    ['2027-01-06', '2027-02-02', '2027-06-23', '2027-07-20'],
  ]);
});

test('U1 prices per kilogram and litre, U2 what the scale says', () => {
  const goods = { priceSteps: 1, currency: 'EUR', salesUnit: 'each' } as const;
  const per = (priceMinor: number, netQuantity: number, netUnit: 'g' | 'ml') =>
    unitPriceOf({ ...goods, priceMinor, netQuantity, netUnit })?.money.amountMinor;
  expect([per(481, 370, 'g'), per(385, 370, 'g'), per(1_250, 750, 'ml'), per(290, 330, 'ml')]).toEqual([1_300, 1_041, 1_667, 879]);
  const weighed = { priceMinor: 299, priceSteps: 1_000 };
  expect([linePrice(weighed, 846), linePrice(weighed, 812)]).toEqual([253, 243]);
});

test('D1 who is in the yearly report of merchants, D2 what counts is net of the city’s fee', () => {
  const merchant = (sales: number, cents: number, activity: MerchantYear['activity'] = 'goods') =>
    isReportedMerchant({ activity, sales, considerationMinor: minor(cents) });
  const cases = [
    merchant(29, 199_999),
    merchant(29, 200_000),
    merchant(29, 200_001),
    merchant(30, 15_000),
    merchant(1, 1_000, 'personal-services'),
  ];
  expect([...cases, merchant(0, 0)]).toEqual([false, false, true, true, true, false]);
  const consideration = considerationOf(minor(215_000), minor(17_200), minor(3_440));
  expect([consideration, merchant(20, consideration)]).toEqual([194_360, false]);
});

test('E1 the day of one shop is what its documents say, added up', () => {
  const group = (rateBps: number, netMinor: number, vatMinor: number) => ({
    rateBps,
    netMinor: minor(netMinor),
    vatMinor: minor(vatMinor),
  });
  const v1 = {
    kind: 'invoice' as const,
    groups: [group(550, 355, 20), group(1_000, 1_436, 144), group(2_000, 1_042, 208), group(210, 480, 10)],
  };
  const c1 = { kind: 'invoice' as const, groups: [group(2_000, 5_020, 1_004), group(550, 573, 31)] };
  expect(dailyTotal([v1, c1])).toEqual({
    sales: 2,
    rates: [group(210, 480, 10), group(550, 928, 51), group(1_000, 1_436, 144), group(2_000, 6_062, 1_212)],
  });
  const back = { kind: 'credit-note' as const, groups: [group(550, 573, 31)] };
  expect(dailyTotal([v1, c1, back])).toMatchObject({ sales: 2, rates: [{}, { netMinor: 355, vatMinor: 20 }, {}, {}] });
});
