import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterOrder, fairShareBias } from '@/lib/oms';
import type { ShareOfShop } from '@/lib/oms';

const anyShares = fc
  .array(fc.record({ weight: fc.integer({ min: 1, max: 5 }), received: fc.nat(100_000) }), { minLength: 1, maxLength: 8 })
  .map((rows): readonly ShareOfShop[] => rows.map((row, index) => ({ shop: `shop ${index}`, ...row })));
const anyRule = fc.record({ strengthCents: fc.nat(2_000), capCents: fc.nat(300) });

test('who received too much is burdened, within the cap; who received too little is not', () => {
  const shares = [
    { shop: 'favourite', weight: 1, received: 9_000 },
    { shop: 'fair', weight: 1, received: 3_000 },
    { shop: 'forgotten', weight: 1, received: 0 },
  ];
  // Shares of 75 %, 25 % and 0 where a third is fair.
  expect([...fairShareBias(shares, { strengthCents: 300, capCents: 1_000 }).values()]).toEqual([125, 0, 0]);
  expect([...fairShareBias(shares, { strengthCents: 300, capCents: 40 }).values()]).toEqual([40, 0, 0]);
});

test('a bias is whole, within the cap, the same in any order, and never falls when a shop receives more', () => {
  fc.assert(
    fc.property(anyShares, anyRule, fc.nat(50_000), (shares, rule, more) => {
      const biases = fairShareBias(shares, rule);
      for (const bias of biases.values()) {
        expect(Number.isSafeInteger(bias)).toBe(true);
        expect(bias >= 0 && bias <= rule.capCents).toBe(true);
      }
      expect(fairShareBias(shares.toReversed(), rule)).toEqual(new Map([...biases].toReversed()));
      const [first, ...rest] = shares;
      if (!first || shares.every((share) => share.received === 0)) return;
      const richer = fairShareBias([{ ...first, received: first.received + more }, ...rest], rule);
      expect(richer.get(first.shop) ?? 0).toBeGreaterThanOrEqual(biases.get(first.shop) ?? 0);
    }),
  );
});

test('nobody is burdened where nothing was received', () => {
  expect([...fairShareBias([{ shop: 'a', weight: 1, received: 0 }], { strengthCents: 500, capCents: 500 }).values()]).toEqual([0]);
});

test('orders are remembered less and less, and taking turns brings every bias to nothing', () => {
  let shares: readonly ShareOfShop[] = ['a', 'b'].map((shop) => ({ shop, weight: 1, received: 0 }));
  for (let order = 0; order < 200; order += 1) shares = afterOrder(shares, new Map([[order % 2 === 0 ? 'a' : 'b', 1_000]]), 9_900);
  expect(Math.max(...fairShareBias(shares, { strengthCents: 500, capCents: 500 }).values())).toBeLessThanOrEqual(2);
  for (let order = 0; order < 50; order += 1) shares = afterOrder(shares, new Map([['a', 1_000]]), 9_900);
  const biases = fairShareBias(shares, { strengthCents: 500, capCents: 500 });
  expect((biases.get('a') ?? 0) > 50 && biases.get('b') === 0).toBe(true);
});
