import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { atRate, minor, sumMinor } from '@/lib/kernel';
import type { DocumentAmounts, FeeLine, SuppliedLine } from '@/lib/oms';
import { creditNoteAmounts, feeAmounts, invoiceAmounts } from '@/lib/oms';

type Sketch = readonly [quantity: number, goods: number, discount: number, delivery: number, rateBps: number];
const supplied = (sketches: readonly Sketch[]): readonly SuppliedLine[] =>
  sketches.map(([quantity, goods, discount, delivery, rateBps], index) => ({
    lineId: `lin_${index}`,
    quantity,
    goodsMinor: minor(goods),
    discountMinor: minor(discount),
    deliveryMinor: minor(delivery),
    rateBps,
  }));
const byRate = ({ groups }: DocumentAmounts) =>
  Object.fromEntries(groups.map((group) => [group.rateBps, [group.grossMinor, group.netMinor, group.vatMinor]]));

const c1 = supplied([
  [2, 3_998, 560, 274, 2_000],
  [1, 2_490, 349, 171, 2_000],
  [1, 650, 91, 45, 550],
]);

test('C1 an invoice with a discount, a delivery and two rates', () => {
  const invoice = invoiceAmounts(c1, 'normal');
  expect(byRate(invoice)).toEqual({ 550: [604, 573, 31], 2000: [6_024, 5_020, 1_004] });
  expect(Object.values(invoice.totals)).toEqual([6_628, 5_593, 1_035]);
});

test('C2, C3 its credit notes go by difference and end at the invoice', () => {
  const oneShirtLess = supplied([[1, 1_999, 280, 274, 2_000], ...sketchesOf(c1).slice(1)]);
  const noShirt = supplied([[0, 0, 0, 274, 2_000], ...sketchesOf(c1).slice(1)]);
  const first = creditNoteAmounts(c1, oneShirtLess, 'normal');
  const second = creditNoteAmounts(oneShirtLess, noShirt, 'normal');
  const last = creditNoteAmounts(noShirt, [], 'normal');
  expect(Object.values(first.totals)).toEqual([1_719, 1_433, 286]);
  expect(Object.values(second.totals)).toEqual([1_719, 1_432, 287]);
  expect([last.totals.grossMinor, last.totals.vatMinor, last.totals.netMinor]).toEqual([3_190, 462, 2_728]);
});

function sketchesOf(lines: readonly SuppliedLine[]): Sketch[] {
  return lines.map((line) => [line.quantity, line.goodsMinor, line.discountMinor, line.deliveryMinor, line.rateBps]);
}

const sketch = fc
  .record({
    quantity: fc.integer({ min: 1, max: 9 }),
    unit: fc.integer({ min: 0, max: 9_999 }),
    discount: fc.integer({ min: 0, max: 100 }),
    delivery: fc.integer({ min: 0, max: 990 }),
    rateBps: fc.constantFrom(0, 210, 550, 1_000, 2_000),
  })
  .map(({ quantity, unit, discount, delivery, rateBps }): Sketch => {
    const goods = quantity * unit;
    return [quantity, goods, Math.floor((goods * discount) / 100), delivery, rateBps];
  });
const anySupply = fc.array(sketch, { minLength: 1, maxLength: 7 }).map(supplied);
const regimes = fc.constantFrom('normal' as const, 'exempt' as const, 'margin' as const);

test('every sum of a document is the sum of its parts, and exempt or margin documents show no VAT', () => {
  fc.assert(
    fc.property(anySupply, regimes, (lines, regime) => {
      const { lines: shown, groups, totals } = invoiceAmounts(lines, regime);
      for (const group of groups) {
        const goodsNet = shown.filter((line) => line.rateBps === group.rateBps).reduce((sum, line) => sum + line.goodsNetMinor, 0);
        expect(goodsNet - group.discountNetMinor + group.deliveryNetMinor).toBe(group.netMinor);
        expect(group.netMinor + group.vatMinor).toBe(group.grossMinor);
      }
      const paid = lines.reduce((sum, line) => sum + line.goodsMinor - line.discountMinor + line.deliveryMinor, 0);
      expect(totals.grossMinor).toBe(paid);
      if (regime !== 'normal') expect(totals.vatMinor).toBe(0);
    }),
    { numRuns: 500 },
  );
});

test('an invoice and its credit notes, in any steps, leave exactly the invoice of what is left', () => {
  fc.assert(
    fc.property(anySupply, fc.array(fc.nat(6), { maxLength: 8 }), regimes, (lines, steps, regime) => {
      let before = lines;
      const credited = { gross: 0, vat: 0 };
      for (const step of steps) {
        const after = before.map((line, index) =>
          index === step % before.length ? { ...line, quantity: 0, goodsMinor: minor(0), discountMinor: minor(0) } : line,
        );
        const { totals } = creditNoteAmounts(before, after, regime);
        credited.gross += totals.grossMinor;
        credited.vat += totals.vatMinor;
        before = after;
      }
      const whole = invoiceAmounts(lines, regime).totals;
      const left = invoiceAmounts(before, regime).totals;
      expect([whole.grossMinor - credited.gross, whole.vatMinor - credited.vat]).toEqual([left.grossMinor, left.vatMinor]);
    }),
    { numRuns: 500 },
  );
});

const feeLines = fc.array(fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom(850, 2_000)), { minLength: 1, maxLength: 12 });
test('fees invoiced and credited step by step end at nothing, VAT included, and each document’s VAT is that of its step', () => {
  fc.assert(
    fc.property(feeLines, fc.array(fc.nat(11), { maxLength: 12 }), (fees, order) => {
      const lines = fees.map(([net, rateBps], at): FeeLine => ({ lineId: `sub_${at}`, netMinor: minor(net), rateBps }));
      const invoice = feeAmounts([], lines);
      const vatOnce = [850, 2_000].map((rate) =>
        atRate(sumMinor(lines.filter((line) => line.rateBps === rate).map((line) => line.netMinor)), rate),
      );
      expect(invoice.totals.vatMinor).toBe(sumMinor(vatOnce));
      let stays: readonly FeeLine[] = lines;
      let left: number = invoice.totals.grossMinor;
      for (const step of [...order, ...lines.keys()]) {
        const after = stays.map((line, at) => (at === step % lines.length ? { ...line, netMinor: minor(0) } : line));
        const credit = feeAmounts(stays, after);
        for (const { netMinor, vatMinor, grossMinor } of credit.groups)
          expect([netMinor > 0, vatMinor >= 0, grossMinor]).toEqual([true, true, netMinor + vatMinor]);
        left -= credit.totals.grossMinor;
        stays = after;
      }
      expect(left).toBe(0);
    }),
    { numRuns: 300 },
  );
});
