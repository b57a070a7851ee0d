import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atRate, minor, parseId, sumMinor } from '@/lib/kernel';
import { commissionOfLines, commissionRateOf, feesByRule } from '@/lib/oms';

const line = fc.record({
  worthMinor: fc.integer({ min: 0, max: 5_000_00 }).map(minor),
  rateBps: fc.constantFrom(0, 250, 800, 1_250, 5_000),
  ruleId: fc.constantFrom(undefined, ...['1', '2'].flatMap((end) => parseId('commissionRule', `cru_${'0'.repeat(25)}${end}`) ?? [])),
});

describe('commission of lines', () => {
  test('lines of one rule are rounded together, once, and share it to the cent; no line pays for one of another rule', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const fees = commissionOfLines(lines);
        expect(fees).toHaveLength(lines.length);
        for (const { ruleId, rateBps, basisMinor, feeMinor } of feesByRule(lines)) {
          const own = lines
            .map((one, index) => ({ ...one, fee: fees[index] ?? minor(0) }))
            .filter((one) => one.rateBps === rateBps && (one.ruleId ?? null) === ruleId);
          expect(basisMinor).toBe(sumMinor(own.map((one) => one.worthMinor)));
          expect(feeMinor).toBe(atRate(basisMinor, rateBps));
          expect(sumMinor(own.map((one) => one.fee))).toBe(feeMinor);
          for (const one of own) expect(Math.abs(one.fee - (one.worthMinor * rateBps) / 10_000)).toBeLessThan(1.5);
        }
      }),
    );
  });

  test('C4 one rate is what a sub-order at one rate always was', () => {
    const lines = [6_628 - 1_719, 1_719].map((worth) => ({ worthMinor: minor(worth), rateBps: 800 }));
    const [first, second] = commissionOfLines(lines);
    expect(sumMinor([first!, second!])).toBe(atRate(minor(6_628), 800));
  });
});

test('the first rate that speaks of a line’s department and way of receiving counts; a contract speaks of everything', () => {
  const books = parseId('category', `cat_${'0'.repeat(25)}1`);
  const bread = parseId('category', `cat_${'0'.repeat(25)}2`);
  if (!books || !bread) throw new Error('ids');
  const rates = [
    { ruleId: undefined, rateBps: 300, categoryIds: new Set([books]), method: 'parcel' },
    { ruleId: undefined, rateBps: 500, categoryIds: new Set([books]), method: undefined },
    { ruleId: undefined, rateBps: 900, categoryIds: undefined, method: 'courier' },
    { ruleId: undefined, rateBps: 800, categoryIds: undefined, method: undefined },
  ];
  const of = (categoryId: typeof books | undefined, method: string | undefined) => commissionRateOf(rates, { categoryId, method }).rateBps;
  expect([of(books, 'parcel'), of(books, 'courier'), of(bread, 'courier'), of(bread, 'pickup')]).toEqual([300, 500, 900, 800]);
  expect([of(undefined, 'parcel'), of(undefined, undefined)]).toEqual([800, 800]);
});
