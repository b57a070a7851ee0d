import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { minor, sumMinor } from '@/lib/kernel';
import { claimTenders, owedByTenders, toppedUp } from '@/lib/oms';

const cents = (max: number) => fc.integer({ min: 0, max }).map(minor);
const order = fc.record({
  positions: fc
    .array(cents(20_000), { minLength: 1, maxLength: 8 })
    .map((worths) => worths.map((worthMinor, index) => ({ id: `p${index}`, worthMinor }))),
  tenders: fc.array(fc.record({ availableMinor: cents(30_000), accepted: fc.array(fc.nat(7), { maxLength: 8 }) }), { maxLength: 5 }),
});

test('vouchers pay within their means, their rules and the worth of things, and their order does not matter', () => {
  fc.assert(
    fc.property(order, ({ positions, tenders }) => {
      const brought = tenders.map(({ availableMinor, accepted }, index) => ({
        id: `t${index}`,
        availableMinor,
        accepts: new Set(accepted.map((at) => `p${at}`)),
      }));
      const claims = claimTenders(positions, brought);
      for (const claim of claims) {
        const tender = brought.find(({ id }) => id === claim.id);
        expect(claim.amountMinor).toBeLessThanOrEqual(tender?.availableMinor ?? 0);
        expect(sumMinor(claim.positions.map((one) => one.amountMinor))).toBe(claim.amountMinor);
        expect(claim.positions.every(({ position }) => tender?.accepts.has(position))).toBe(true);
      }
      for (const { id, worthMinor } of positions) {
        const paid = claims.flatMap((claim) => claim.positions.filter(({ position }) => position === id));
        expect(sumMinor(paid.map((one) => one.amountMinor))).toBeLessThanOrEqual(worthMinor);
      }
      expect(claimTenders(positions, brought.toReversed())).toEqual(claims);
    }),
  );
});

test('a voucher for bread pays the bread, and the one for anything pays the rest', () => {
  const positions = [
    { id: 'bread', worthMinor: minor(400) },
    { id: 'book', worthMinor: minor(2_000) },
  ];
  const claims = claimTenders(positions, [
    { id: 'anything', availableMinor: minor(400), accepts: new Set(['bread', 'book']) },
    { id: 'bread only', availableMinor: minor(400), accepts: new Set(['bread']) },
  ]);
  expect(claims.map(({ id, amountMinor }) => [id, amountMinor])).toEqual([
    ['bread only', 400],
    ['anything', 400],
  ]);
  expect(claims[1]?.positions).toEqual([{ position: 'book', amountMinor: 400 }]);
});

test('what is owed is owed by its sources to the cent, and none of them ever owes more because less is owed', () => {
  fc.assert(
    fc.property(cents(5_000), fc.array(fc.nat(100), { maxLength: 4 }), fc.nat(100), fc.nat(100), (worth, weights, first, second) => {
      const total = weights.reduce((sum, one) => sum + one, 0) + 40;
      const paid = weights.map((weight) => minor(Math.floor((worth * weight) / total)));
      const [more, less] = [Math.max(first, second), Math.min(first, second)].map((cut) => minor(Math.floor((worth * cut) / 100)));
      if (more === undefined || less === undefined) throw new Error('two amounts');
      const before = owedByTenders(worth, paid, more);
      const after = owedByTenders(worth, paid, less);
      for (const [owed, split] of [[more, before] as const, [less, after] as const])
        expect(sumMinor([...split.tenders, split.cardMinor])).toBe(owed);
      expect(after.cardMinor).toBeLessThanOrEqual(before.cardMinor);
      after.tenders.forEach((part, index) => expect(part).toBeLessThanOrEqual(before.tenders[index] ?? 0));
      before.tenders.forEach((part, index) => expect(part).toBeLessThanOrEqual(paid[index] ?? 0));
      expect(owedByTenders(worth, paid, worth).tenders).toEqual(paid);
      expect(sumMinor(owedByTenders(worth, paid, minor(0)).tenders)).toBe(0);
    }),
  );
});

test('twenty euros with a quarter on top are twenty-five, of which the town gives five', () => {
  expect(toppedUp(minor(2_000), 12_500)).toEqual({ loadedMinor: 2_500, grantedMinor: 500 });
  expect(toppedUp(minor(3), 12_500)).toEqual({ loadedMinor: 3, grantedMinor: 0 });
});
