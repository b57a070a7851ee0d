import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minor, sumMinor } from '@/lib/kernel';
import {
  CLEARING_BPS,
  deliveryCredit,
  exchangeMoney,
  guaranteeUntil,
  lessDeduction,
  lineRights,
  returnCredit,
  returnDestination,
} from '@/lib/oms';

const amount = fc.integer({ min: 0, max: 5_000_000 }).map(minor);
const line = fc.record({ servedQuantity: fc.integer({ min: 1, max: 40 }), owedMinor: amount, rescueMinor: amount });

describe('what units that come back are worth', () => {
  test('C2: one of two shirts at 34.38 gives back 17.19, the second the other 17.19', () => {
    const shirts = { servedQuantity: 2, owedMinor: minor(3_438), rescueMinor: minor(0) };
    expect(returnCredit(shirts, 0, 1).shopperMinor).toBe(1_719);
    expect(returnCredit(shirts, 1, 1).shopperMinor).toBe(1_719);
  });

  test('in whatever steps all of it comes back, each source has exactly what it gave, and no step is below nothing', () => {
    fc.assert(
      fc.property(line, fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 }), (served, steps) => {
        let before = 0;
        const credits = [];
        for (const step of [...steps, served.servedQuantity]) {
          const units = Math.min(step, served.servedQuantity - before);
          if (units === 0) break;
          credits.push(returnCredit(served, before, units));
          before += units;
        }
        for (const credit of credits) expect(Math.min(credit.shopperMinor, credit.rescueMinor)).toBeGreaterThanOrEqual(0);
        if (before < served.servedQuantity) return;
        expect(sumMinor(credits.map((credit) => credit.shopperMinor))).toBe(served.owedMinor);
        expect(sumMinor(credits.map((credit) => credit.rescueMinor))).toBe(served.rescueMinor);
      }),
    );
  });

  test('BO-13: of a dearer delivery a withdrawal gives back the standard one, a defect all of it, an exchange nothing', () => {
    const paid = { owedMinor: minor(990), rescueMinor: minor(100), standardMinor: minor(390) };
    expect(deliveryCredit('withdrawal', paid)).toEqual({ shopperMinor: 390, rescueMinor: 100 });
    expect(deliveryCredit('withdrawal', { ...paid, standardMinor: minor(1_490) }).shopperMinor).toBe(990);
    expect(deliveryCredit('withdrawal', { ...paid, standardMinor: null }).shopperMinor).toBe(990);
    expect(deliveryCredit('defect', paid)).toEqual({ shopperMinor: 990, rescueMinor: 100 });
    expect(deliveryCredit('exchange', paid)).toEqual({ shopperMinor: 0, rescueMinor: 0 });
  });

  test('only a withdrawal is lessened by what goods lost, and never below nothing', () => {
    fc.assert(
      fc.property(amount, amount, amount, (shopperMinor, rescueMinor, lost) => {
        const credit = { shopperMinor, rescueMinor };
        expect(lessDeduction('defect', credit, lost)).toEqual(credit);
        expect(lessDeduction('exchange', credit, lost)).toEqual(credit);
        expect(lessDeduction('withdrawal', credit, lost)).toEqual({ shopperMinor: Math.max(0, shopperMinor - lost), rescueMinor });
      }),
    );
  });

  test('an exchange sells the new thing for no more than the old one gave: one of supplement and money back is nothing', () => {
    fc.assert(
      fc.property(amount, amount, (credit, price) => {
        const { lineMinor, supplementMinor, backMinor } = exchangeMoney(credit, price);
        expect(lineMinor + backMinor).toBe(credit);
        expect(lineMinor + supplementMinor).toBe(price);
        expect(Math.min(supplementMinor, backMinor)).toBe(0);
      }),
    );
  });
});

test('what is not good is never on sale again, and nobody buys what he did not agree to or for more than was paid', () => {
  const facts = fc.record({
    isOwnShop: fc.boolean(),
    isSameMerchant: fc.boolean(),
    buysIt: fc.boolean(),
    isGood: fc.boolean(),
    paidMinor: amount,
    ownPriceMinor: amount,
  });
  fc.assert(
    fc.property(facts, (given) => {
      const { destination, clearingMinor } = returnDestination(given);
      if (!given.isGood) expect(['home', 'aside']).toContain(destination);
      expect(given.isOwnShop).toBe(destination === 'shelf' || destination === 'aside');
      if (destination === 'bought') expect(given.buysIt).toBe(true);
      else expect(clearingMinor).toBe(0);
      expect(clearingMinor).toBeLessThanOrEqual(Math.min(given.paidMinor, given.ownPriceMinor));
      if (given.isSameMerchant) expect(clearingMinor).toBe(0);
    }),
  );
  const bought = {
    isOwnShop: false,
    isSameMerchant: false,
    buysIt: true,
    isGood: true,
    paidMinor: minor(2_490),
    ownPriceMinor: minor(2_000),
  };
  expect(returnDestination(bought)).toEqual({ destination: 'bought', clearingMinor: (2_000 * CLEARING_BPS) / 10_000 });
});

describe('what may be asked', () => {
  const facts = { today: '2026-12-15', withdrawUntil: '2026-12-15', guaranteeUntil: '2028-12-01', exception: null, leftQuantity: 1 };

  test('on the last day still, the day after only the guarantee', () => {
    expect(lineRights(facts)).toEqual({ withdrawal: true, exchange: true, defect: true });
    expect(lineRights({ ...facts, today: '2026-12-16' })).toEqual({ withdrawal: false, exchange: false, defect: true });
    expect(lineRights({ ...facts, today: '2028-12-02' })).toEqual({ withdrawal: false, exchange: false, defect: false });
  });

  test('ME-27: a perishable thing keeps its guarantee, nothing else; what is on the road may be withdrawn from', () => {
    expect(lineRights({ ...facts, exception: 'perishable' })).toEqual({ withdrawal: false, exchange: false, defect: true });
    const road = { ...facts, withdrawUntil: undefined, guaranteeUntil: undefined };
    expect(lineRights(road)).toEqual({ withdrawal: true, exchange: false, defect: false });
    expect(lineRights({ ...facts, leftQuantity: 0 })).toEqual({ withdrawal: false, exchange: false, defect: false });
  });

  test('ME-26: two years from receipt, six months more for each repair, on the last day of a shorter month', () => {
    expect(guaranteeUntil('2026-12-01')).toBe('2028-12-01');
    expect(guaranteeUntil('2026-12-01', 1)).toBe('2029-06-01');
    expect(guaranteeUntil('2028-02-29', 2)).toBe('2031-02-28');
  });
});
