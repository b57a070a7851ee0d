import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, instant } from '@/lib/kernel';
import { availableToPromise, confidenceBps, confidenceWord, foldStock, jointOddsBps, riskCents, shortageOf, sourceGrades } from '@/lib/oms';
import type { StockFact } from '@/lib/oms';

const anyFact: fc.Arbitrary<StockFact> = fc.oneof(
  fc.record({
    kind: fc.constant('change' as const),
    key: fc.string({ maxLength: 3 }),
    occurredAt: fc.nat(20).map(instant),
    delta: fc.integer({ min: -9, max: 9 }),
  }),
  fc.record({
    kind: fc.constant('count' as const),
    key: fc.string({ maxLength: 3 }),
    occurredAt: fc.nat(20).map(instant),
    counted: fc.nat(30),
  }),
);
const change = (key: string, at: number, delta: number): StockFact => ({ kind: 'change', key, occurredAt: instant(at), delta });
const count = (key: string, at: number, counted: number): StockFact => ({ kind: 'count', key, occurredAt: instant(at), counted });

describe('the stock figure', () => {
  test('is the same in any order of arrival, and a fact that arrives twice counts once', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyFact, { maxLength: 15 })
          .chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }))),
        ([facts, shuffledTwice]) => {
          expect(foldStock(shuffledTwice)).toEqual(foldStock(facts));
        },
      ),
    );
  });

  test('is reset by a count at its instant, and later movements still apply', () => {
    expect(foldStock([change('a', 1, 5), count('b', 3, 7), change('c', 4, -2)])).toEqual({ onHand: 5, asOf: instant(4) });
  });

  test('ignores a late movement from before the last count', () => {
    expect(foldStock([count('b', 3, 7), change('late', 2, -4)]).onHand).toBe(7);
  });

  test('may fall below zero: the shelf outranks the record', () => {
    expect(foldStock([change('a', 1, -2)]).onHand).toBe(-2);
  });

  test('knows nothing of a place without facts', () => {
    expect(foldStock([])).toEqual({ onHand: 0, asOf: undefined });
  });
});

test('what may be promised is never negative nor more than is there', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20, max: 100 }), fc.nat(50), fc.nat(50), fc.nat(10), (onHand, reserved, allocated, safetyStock) => {
      const available = availableToPromise({ onHand, reserved, allocated, safetyStock });
      expect(available).toBeLessThanOrEqual(Math.max(0, onHand));
      const short = shortageOf({ onHand, reserved, allocated });
      expect(available === 0 || short === 0).toBe(true);
    }),
  );
});

describe('confidence', () => {
  const fresh = { ageMs: 0, onHand: 5, found: 0, missed: 0 };

  test('falls with age, with misses and with worse sources; rises with finds and with units', () => {
    for (const grade of sourceGrades) {
      const base = confidenceBps({ grade, ...fresh });
      expect(confidenceBps({ grade, ...fresh, ageMs: 10 * DAY })).toBeLessThan(base);
      expect(confidenceBps({ grade, ...fresh, missed: 2 })).toBeLessThan(base);
      expect(confidenceBps({ grade, ...fresh, found: 10 })).toBeGreaterThanOrEqual(base);
      expect(confidenceBps({ grade, ...fresh, onHand: 1 })).toBeLessThan(base);
    }
    const byGrade = sourceGrades.map((grade) => confidenceBps({ grade, ...fresh }));
    expect(byGrade).toEqual(byGrade.toSorted((a, b) => b - a));
  });

  test('is nothing when nothing is on record, and never certain', () => {
    expect(confidenceBps({ grade: 'A', ...fresh, onHand: 0 })).toBe(0);
    expect(confidenceBps({ grade: 'A', ...fresh, onHand: 1_000, found: 100_000 })).toBe(9_900);
  });

  test('is said in three words', () => {
    expect([9_500, 8_500, 8_499, 6_500, 6_499, 0].map(confidenceWord)).toEqual([
      'confirmed',
      'confirmed',
      'likely',
      'likely',
      'check',
      'check',
    ]);
  });

  test('weighs as ranking cents what may go wrong', () => {
    expect(riskCents(10_000, 300, 100)).toBe(0);
    expect(riskCents(7_500, 300, 100)).toBe(100);
  });
});

test('a basket is never surer than its most doubtful shelf, and nothing is certain', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 8 }), (odds) => {
      expect(jointOddsBps(odds)).toBeLessThanOrEqual(Math.min(10_000, ...odds));
      expect(jointOddsBps(odds)).toBeGreaterThanOrEqual(0);
    }),
  );
  expect([jointOddsBps([]), jointOddsBps([9_000, 9_000])]).toEqual([10_000, 8_100]);
});

test('what a department tells moves an offer nobody picked yet, and ever less as its own picks speak', () => {
  const fresh = { grade: 'C', ageMs: 0, onHand: 20 } as const;
  const told = (foundBps: number, picks: number) =>
    confidenceBps({ ...fresh, found: picks, missed: 0, department: { foundBps, weight: 20 } });
  expect(told(5_000, 0)).toBeLessThan(confidenceBps({ ...fresh, found: 0, missed: 0 }));
  expect(told(10_000, 0)).toBeGreaterThan(told(5_000, 0));
  expect(told(10_000, 400) - told(5_000, 400)).toBeLessThan(told(10_000, 0) - told(5_000, 0));
});
