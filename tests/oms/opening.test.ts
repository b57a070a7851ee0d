import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, instant } from '@/lib/kernel';
import type { Interval } from '@/lib/kernel';
import { acceptBy, isOpenAt, mergeIntervals, nextOpening, pickupPromise } from '@/lib/oms';

const at = (hours: number) => instant(Math.round(hours * HOUR));
const open = (from: number, to: number): Interval => ({ from: at(from), to: at(to) });
// Nine to noon and two to seven, closed for the night, then nine to noon.
const days = [open(9, 12), open(14, 19), open(33, 36)];
const anyIntervals = fc.array(
  fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 20 })).map(([from, length]) => open(from, from + length)),
  { maxLength: 12 },
);

describe('acceptBy', () => {
  test('counts only opening minutes: lunch and night do not run', () => {
    expect(acceptBy(days, at(10), 30)).toEqual({ ok: true, value: at(10.5) });
    expect(acceptBy(days, at(11.75), 30)).toEqual({ ok: true, value: at(14.25) });
    expect(acceptBy(days, at(18.75), 30)).toEqual({ ok: true, value: at(33.25) });
    expect(acceptBy(days, at(3), 30)).toEqual({ ok: true, value: at(9.5) });
  });

  test("ends with a shop's day when the last minute is its last", () => {
    expect(acceptBy(days, at(11), 60)).toEqual({ ok: true, value: at(12) });
  });

  test('refuses when no opening is known for so long', () => {
    expect(acceptBy(days, at(35.9), 30)).toEqual({ ok: false, error: { kind: 'no-opening-known' } });
  });

  test('does not depend on order or overlap of the intervals, and never runs while closed', () => {
    fc.assert(
      fc.property(anyIntervals, fc.nat(200), fc.integer({ min: 1, max: 600 }), (intervals, from, minutes) => {
        const answer = acceptBy(intervals, at(from), minutes);
        expect(acceptBy(mergeIntervals(intervals.toReversed()), at(from), minutes)).toEqual(answer);
        if (!answer.ok) return;
        const passed = mergeIntervals(intervals).reduce(
          (sum, { from: opens, to }) => sum + Math.max(0, Math.min(to, answer.value) - Math.max(opens, at(from))),
          0,
        );
        expect(passed).toBe(minutes * MINUTE);
      }),
    );
  });
});

describe('the earliest pickup', () => {
  const promise = (now: number, preparationMinutes: number, cutOffMinutes = 0) => {
    const found = pickupPromise({ opening: days, now: at(now), preparationMinutes, cutOffMinutes });
    return found && [found.readyFrom / HOUR, found.until / HOUR];
  };

  test('is ready after its preparation, within opening time', () => {
    expect(promise(10, 30)).toEqual([10.5, 12]);
    expect(promise(11.75, 30)).toEqual([14.25, 19]);
    expect(promise(20, 30)).toEqual([33.5, 36]);
  });

  test('ready at the closing minute is fetched at the next opening', () => {
    expect(promise(11, 60)).toEqual([14, 19]);
  });

  test('after the cut-off the work starts at the next opening', () => {
    expect(promise(18.5, 15, 60)).toEqual([33.25, 36]);
    expect(promise(18, 15, 60)).toEqual([18.25, 19]);
  });

  test('is not promised when the shop does not open long enough', () => {
    expect(promise(35.5, 60)).toBeUndefined();
  });

  test('is a window inside an opening, never before now, never earlier for more work', () => {
    fc.assert(
      fc.property(anyIntervals, fc.nat(200), fc.nat(300), fc.nat(120), (opening, from, preparationMinutes, more) => {
        const now = at(from);
        const found = pickupPromise({ opening, now, preparationMinutes });
        const slower = pickupPromise({ opening, now, preparationMinutes: preparationMinutes + more });
        if (!found) {
          expect(slower).toBeUndefined();
          return;
        }
        expect(found.readyFrom).toBeGreaterThanOrEqual(now);
        expect(found.until).toBeGreaterThan(found.readyFrom);
        expect(isOpenAt(opening, found.readyFrom)).toBe(true);
        if (slower) expect(slower.readyFrom).toBeGreaterThanOrEqual(found.readyFrom);
      }),
    );
  });
});

test('the next opening is now when it is open', () => {
  expect([nextOpening(days, at(10)), nextOpening(days, at(12)), nextOpening(days, at(40))]).toEqual([at(10), at(14), undefined]);
});
