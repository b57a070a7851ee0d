import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atRate, formatMoney, linePrice, minor, moneyOf, parsePrice, roundHalfUp, sumMinor, typedPrice, vatContained } from '@/lib/kernel';

const anyMinor = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const anyRate = fc.integer({ min: 0, max: 10_000 });

describe('money', () => {
  test('what was taken off by nothing is nothing, without a sign', () => {
    expect(Object.is(minor(-0), 0)).toBe(true);
    expect(formatMoney(moneyOf(minor(-minor(0))), 'fr')).toBe(formatMoney(moneyOf(minor(0)), 'fr'));
  });

  test('a price is read as it was written, in both languages, and nothing else is one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), fc.constantFrom('fr' as const, 'en' as const), (cents, locale) => {
        expect(parsePrice(typedPrice(cents, locale))).toBe(cents);
      }),
    );
    expect(['4', '4,9', '0,05'].map(parsePrice)).toEqual([400, 490, 5]);
    for (const text of ['', '0', '0,00', '-1', '1,234', '1 000', '1000000', 'cher']) expect(parsePrice(text), text).toBeUndefined();
  });

  test('a sum of cents is exact whatever the order', () => {
    fc.assert(
      fc.property(fc.array(anyMinor), (amounts) => {
        expect(sumMinor(amounts)).toBe(sumMinor(amounts.toReversed()));
      }),
    );
  });

  test('rounding strays by half a unit at most, and a tie goes away from zero', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }), (numerator, denominator) => {
        const difference = BigInt(roundHalfUp(numerator, denominator)) * denominator - numerator;
        const magnitude = difference < 0n ? -difference : difference;
        expect(magnitude * 2n <= denominator).toBe(true);
      }),
    );
    expect(roundHalfUp(1n, 2n)).toBe(1);
    expect(roundHalfUp(-1n, 2n)).toBe(-1);
  });

  test('the VAT in a gross amount and what is left add up to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), anyRate, (gross, rate) => {
        const vat = vatContained(minor(gross), rate);
        expect(vat).toBeGreaterThanOrEqual(0);
        expect(vat).toBeLessThanOrEqual(gross);
        const net = gross - vat;
        expect(Math.abs(net + (net * rate) / 10_000 - gross)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('half a cent of VAT goes up: 50 cents at 21 % are 11 cents, which a float would print as 10', () => {
    expect(atRate(minor(50), 2100)).toBe(11);
  });

  test('what is sold by weight is rounded once for the line: 846 g at 2.99 a kilogram are 2.53', () => {
    expect(linePrice({ priceMinor: 299, priceSteps: 1000 }, 846)).toBe(253);
    expect(linePrice({ priceMinor: 299, priceSteps: 1000 }, 812)).toBe(243);
  });

  test('a fraction of a cent is refused, never rounded in silence', () => {
    expect(() => minor(0.5)).toThrow('whole number of minor units');
    expect(() => minor(Number.NaN)).toThrow();
  });
});
