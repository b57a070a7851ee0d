import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minor, sumMinor, vatContained } from '@/lib/kernel';
import {
  apportion,
  commissionCredit,
  commissionOn,
  deliveryByRate,
  placeOfSupply,
  reducedPrice,
  transferOf,
  vatCredit,
  vatOfGross,
  vatOfMargin,
  vatOfNet,
  vatTotals,
} from '@/lib/oms';
import type { VatGroup } from '@/lib/oms';

// Golden cases worked out by hand from the law; their names are those of the requirements they prove.
const lines = (...pairs: readonly (readonly [amount: number, rateBps: number])[]) =>
  pairs.map(([amount, rateBps]) => ({ amountMinor: minor(amount), rateBps }));
const byRate = (groups: readonly VatGroup[]) =>
  Object.fromEntries(groups.map((group) => [group.rateBps, [group.grossMinor, group.netMinor, group.vatMinor]]));
const totals = (groups: readonly VatGroup[]) => Object.values(vatTotals(groups));
const shares = (total: number, weights: readonly number[]) => {
  const result = apportion(minor(total), weights);
  return result.ok ? result.value : [];
};

const mixed = lines([125, 550], [125, 550], [125, 550], [1_580, 1_000], [1_250, 2_000], [490, 210]);

test('V1 a mixed basket: once per rate, never per line', () => {
  expect(byRate(vatOfGross(mixed))).toEqual({ 210: [490, 480, 10], 550: [375, 355, 20], 1000: [1580, 1436, 144], 2000: [1250, 1042, 208] });
  expect(totals(vatOfGross(mixed))).toEqual([3695, 3313, 382]);
  expect(3 * vatContained(minor(125), 550)).toBe(21); // what per-line rounding would say, and must not
});

test('V2 two shops are two documents', () => {
  const one = () => vatTotals(vatOfGross(lines([125, 550]))).vatMinor;
  expect([one() + one(), vatTotals(vatOfGross(lines([250, 550]))).vatMinor]).toEqual([14, 13]);
});

test('V3 delivery bears the rates of the goods', () => {
  const goods = lines([375, 550], [1_580, 1_000], [1_250, 2_000], [490, 210]);
  const delivery = deliveryByRate(minor(590), goods);
  if (!delivery.ok) throw new Error(delivery.error.kind);
  expect(delivery.value.map((share) => share.amountMinor)).toEqual([60, 252, 200, 78]);
  const groups = vatOfGross([...goods, ...delivery.value]);
  expect(byRate(groups)).toEqual({ 550: [435, 412, 23], 1000: [1832, 1665, 167], 2000: [1450, 1208, 242], 210: [568, 556, 12] });
  expect(totals(groups)).toEqual([4285, 3841, 444]);
});

test('V4 between businesses the net is the start', () => {
  expect(vatTotals(vatOfNet(lines([35, 2_100], [35, 2_100], [35, 2_100]))).vatMinor).toBe(22);
});

test('V5 half a cent goes up', () => {
  expect(vatTotals(vatOfNet(lines([50, 2_100]))).vatMinor).toBe(11);
});

test('V6 second hand: only a positive margin is taxed', () => {
  expect(vatOfMargin(minor(12_000), minor(20_000), 2_000)).toEqual({ netMinor: 6667, vatMinor: 1333 });
  expect(vatOfMargin(minor(12_000), minor(10_000), 2_000)).toEqual({ netMinor: 0, vatMinor: 0 });
});

test('V7 an eco-participation is never discounted', () => {
  const price = reducedPrice(minor(49_900), 1_000, minor(600));
  expect(price).toBe(44_970);
  expect(totals(vatOfGross(lines([price, 2_000])))).toEqual([44_970, 37_475, 7_495]);
});

test("V8 the same price at other territories' rates", () => {
  expect([550, 210].map((rate) => vatContained(minor(1_055), rate))).toEqual([55, 22]);
  expect(vatContained(minor(1_085), 850)).toBe(85);
});

test('V9 the threshold of distance sales', () => {
  const place = (lastYear: number, thisYear: number, sale: number) =>
    placeOfSupply({ lastYearMinor: minor(lastYear), thisYearMinor: minor(thisYear), saleMinor: minor(sale) });
  expect([place(0, 999_000, 1_000), place(0, 1_000_000, 1), place(1_000_001, 0, 1), place(1_000_000, 0, 1)]).toEqual([
    'origin',
    'destination',
    'destination',
    'origin',
  ]);
});

describe('an invoice, its refunds and its commission', () => {
  const goods = [3_998, 2_490, 650];

  test('C1 discount and delivery are split by largest remainder', () => {
    const discount = shares(-1_000, goods);
    expect(discount).toEqual([-560, -349, -91]);
    const discounted = goods.map((amount, index) => amount + discount[index]!);
    expect(discounted).toEqual([3_438, 2_141, 559]);
    expect(shares(490, discounted)).toEqual([274, 171, 45]);
    const groups = vatOfGross(lines([3_438 + 274, 2_000], [2_141 + 171, 2_000], [559 + 45, 550]));
    expect(byRate(groups)).toEqual({ 2000: [6024, 5020, 1004], 550: [604, 573, 31] });
    expect(totals(groups)).toEqual([6628, 5593, 1035]);
  });

  test('C2, C3 credit notes by difference sum to the invoice', () => {
    const unit = 1_719;
    expect(shares(3_438, [1, 1])).toEqual([unit, unit]);
    const steps = [6_024, 6_024 - unit, 6_024 - 2 * unit, 0].map(minor);
    const credits = steps.slice(1).map((after, index) => vatCredit(steps[index]!, after, 2_000));
    expect(credits.slice(0, 2)).toEqual([286, 287]);
    const last = credits[2]! + vatCredit(minor(604), minor(0), 550);
    expect([6_628 - 2 * unit, last]).toEqual([3_190, 462]);
    expect(286 + 287 + last).toBe(1_035);
  });

  test('C4 commission on goods after discount, and what each shop receives', () => {
    const [a, b] = [commissionOn(minor(6_138), 800, 2_000), commissionOn(minor(2_350), 800, 2_000)];
    expect([a.feeMinor, a.vatMinor, b.feeMinor, b.vatMinor]).toEqual([491, 98, 188, 38]);
    const transfers = [transferOf(minor(6_628), a), transferOf(minor(2_350), b)];
    expect(transfers).toEqual([6_039, 2_124]);
    expect(8_978 - sumMinor(transfers)).toBe(815);
  });

  test('C5 a refund gives commission back by difference', () => {
    const credit = commissionCredit({ beforeMinor: minor(6_138), afterMinor: minor(6_138 - 1_719) }, 800, 2_000);
    expect([credit.feeMinor, credit.vatMinor]).toEqual([137, 27]);
    expect(1_719 - credit.feeMinor - credit.vatMinor).toBe(1_555);
  });

  test('commission given back over any refunds is exactly what was taken', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 6 }), fc.nat(3_000), (parts, rate) => {
        const total = parts.reduce((sum, part) => sum + part, 0);
        let left = total;
        const given = parts.map((part) => commissionCredit({ beforeMinor: minor(left), afterMinor: minor((left -= part)) }, rate, 2_000));
        const taken = commissionOn(minor(total), rate, 2_000);
        expect(sumMinor(given.map((credit) => credit.feeMinor))).toBe(taken.feeMinor);
        expect(sumMinor(given.map((credit) => credit.vatMinor))).toBe(taken.vatMinor);
      }),
    );
  });
});

test('in every group of every document, net and VAT make the gross', () => {
  const anyLines = fc.array(fc.tuple(fc.nat(100_000), fc.constantFrom(210, 550, 850, 1_000, 2_000)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(anyLines, (pairs) => {
      for (const groups of [vatOfGross(lines(...pairs)), vatOfNet(lines(...pairs))]) {
        for (const group of groups) expect(group.netMinor + group.vatMinor).toBe(group.grossMinor);
      }
      expect(vatTotals(vatOfGross(lines(...pairs))).grossMinor).toBe(pairs.reduce((sum, [amount]) => sum + amount, 0));
    }),
  );
});
