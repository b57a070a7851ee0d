import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { minor } from '@/lib/kernel';
import { apportion } from '@/lib/oms';

const anyTotal = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const anyWeights = fc
  .array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 20 })
  .filter((weights) => weights.some((weight) => weight > 0));

test('no cent is created or lost, and none strays from its share', () => {
  fc.assert(
    fc.property(anyTotal, anyWeights, (total, weights) => {
      const shares = apportion(minor(total), weights);
      if (!shares.ok) throw new Error(shares.error.kind);
      const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
      expect(shares.value.reduce((sum, share) => sum + share, 0)).toBe(total);
      shares.value.forEach((share, index) => {
        expect(Math.abs(share - (total * weights[index]!) / weightSum)).toBeLessThan(1);
        if (weights[index] === 0) expect(share === 0).toBe(true);
      });
    }),
  );
});

test('a total beyond the exact products of doubles is still divided to the cent', () => {
  const shares = apportion(minor(9_000_000_000_000_001), [999_999_999_999, 1, 999_999_999_999]);
  expect(shares.ok && shares.value.reduce((sum, share) => sum + share, 0)).toBe(9_000_000_000_000_001);
});

test('a discount over lines that are all free is refused, not guessed', () => {
  expect(apportion(minor(-500), [0, 0])).toEqual({ ok: false, error: { kind: 'nothing-to-apportion-over' } });
});

test('the earlier line wins a tie, in both directions', () => {
  expect(apportion(minor(1), [1, 1])).toEqual({ ok: true, value: [1, 0] });
  const negative = apportion(minor(-1), [1, 1]);
  expect(negative.ok && negative.value[0]).toBe(-1);
});
