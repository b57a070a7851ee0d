import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minor } from '@/lib/kernel';
import { attributeDispute } from '@/lib/oms';

const shares = fc
  .array(fc.nat(50_000), { minLength: 1, maxLength: 6 })
  .map((amounts) => amounts.map((left, index) => ({ subOrder: `sub_${index}`, number: `H-1-${index + 1}`, leftMinor: minor(left) })));

test('a dispute is whole: its parts and the city’s rest sum to it, none above its sub-order, and who is not named bears nothing', () => {
  fc.assert(
    fc.property(shares, fc.integer({ min: 1, max: 200_000 }), fc.subarray(['H-1-1', 'H-1-2', 'H-1-3', 'H-9-9']), (own, amount, named) => {
      const { parts, cityMinor } = attributeDispute(minor(amount), own, named);
      expect(parts.reduce((sum, part) => sum + part.amountMinor, 0) + cityMinor).toBe(amount);
      const numbers = own.map((share) => share.number);
      const isNaming = named.some((number) => numbers.includes(number));
      for (const part of parts) {
        const share = own.find((one) => one.subOrder === part.subOrder);
        expect(part.amountMinor).toBeLessThanOrEqual(share?.leftMinor ?? 0);
        expect(!isNaming || named.includes(share?.number ?? '')).toBe(true);
      }
    }),
  );
});
