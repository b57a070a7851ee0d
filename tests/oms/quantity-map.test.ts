import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { meet, minus, plus, quantityMap, totalOf } from '@/lib/oms';

const anyMap = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(50)), { maxLength: 8 }).map(quantityMap);
const sorted = (map: ReadonlyMap<string, number>) => [...map].toSorted(([one], [other]) => (one < other ? -1 : 1));

test('what is taken and what is left make the whole: units are conserved', () => {
  fc.assert(
    fc.property(anyMap, anyMap, (have, want) => {
      expect(sorted(plus(minus(have, want), meet(have, want)))).toEqual(sorted(have));
      expect(totalOf(plus(have, want))).toBe(totalOf(have) + totalOf(want));
    }),
  );
});

test('meeting is symmetric and never more than either side has', () => {
  fc.assert(
    fc.property(anyMap, anyMap, (a, b) => {
      expect(sorted(meet(a, b))).toEqual(sorted(meet(b, a)));
      for (const [key, count] of meet(a, b)) expect(count).toBeLessThanOrEqual(Math.min(a.get(key) ?? 0, b.get(key) ?? 0));
    }),
  );
});

test('zero is never stored, so equal contents are equal maps', () => {
  expect(minus(quantityMap([['a', 2]]), quantityMap([['a', 5]])).size).toBe(0);
});
