import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minor } from '@/lib/kernel';
import { commissionCredit, commissionOn, posting } from '@/lib/oms';
import type { LedgerTransaction, Sources } from '@/lib/oms';

const cents = fc.integer({ min: 0, max: 200_000 }).map(minor);
const merchants = ['m1', 'm2', 'm3'] as const;
const standing = (
  ledger: readonly LedgerTransaction[],
  kind: Parameters<typeof posting.balanceOf>[1]['kind'],
  holder: string | null = null,
) => posting.balanceOf(ledger, { kind, holder });
const from = (shopperMinor: number, more: Partial<Sources> = {}): Sources => ({
  shopperMinor: minor(shopperMinor),
  cityDiscountMinor: minor(0),
  rescueMinor: minor(0),
  vouchers: [],
  ...more,
});

describe('the law’s worked cases', () => {
  test('C4: a payment of two shops is shared to the cent, and the city keeps its commission and the VAT on it', () => {
    const shares = [
      { subOrder: 'A', amountMinor: minor(6_628) },
      { subOrder: 'B', amountMinor: minor(2_350) },
    ];
    // Commission is on goods: shop A's delivery is not in it.
    const feeA = { feeMinor: minor(491), vatMinor: minor(98) };
    const feeB = commissionOn(minor(2_350), 800, 2_000);
    const ledger = [
      posting.authorised(shares),
      posting.captured(shares, shares),
      posting.earned('A', 'shop A', from(6_628), feeA),
      posting.earned('B', 'shop B', from(2_350), feeB),
    ];
    expect([standing(ledger, 'merchant', 'shop A'), standing(ledger, 'merchant', 'shop B')]).toEqual([6_039, 2_124]);
    expect([standing(ledger, 'commission') + standing(ledger, 'commission-vat'), standing(ledger, 'provider')]).toEqual([815, -8_978]);
  });

  test('C5: a returned T-shirt costs the shop what it received for it, and the city its commission', () => {
    const credit = commissionCredit({ beforeMinor: minor(6_138), afterMinor: minor(4_419) }, 800, 2_000);
    expect(credit).toEqual({ feeMinor: 137, vatMinor: 27 });
    const ledger = [posting.refundedAfterEarning({ order: 'o', merchant: 'shop A' }, from(1_719), credit)];
    expect([standing(ledger, 'merchant', 'shop A'), standing(ledger, 'refunds', 'o')]).toEqual([-1_555, 1_719]);
    expect(standing(ledger, 'commission') + standing(ledger, 'commission-vat')).toBe(-164);
  });
});

test('a discount of the city, a voucher and a rescue pay the merchant whole, and the shopper only the rest', () => {
  const sources = from(5_000, {
    cityDiscountMinor: minor(500),
    rescueMinor: minor(120),
    vouchers: [{ issuer: 'works council', amountMinor: minor(1_000) }],
  });
  const fee = commissionOn(posting.worthOf(sources), 800, 2_000);
  const shares = [{ subOrder: 's', amountMinor: minor(5_000) }];
  const ledger = [posting.paidAtOnce(shares), posting.rescueFed(minor(300)), posting.earned('s', 'm', sources, fee)];
  expect(standing(ledger, 'merchant', 'm')).toBe(6_620 - fee.feeMinor - fee.vatMinor);
  expect([standing(ledger, 'shopper-funds', 's'), standing(ledger, 'rescue'), standing(ledger, 'city-discounts')]).toEqual([0, 180, -500]);
  const settled = [...ledger, posting.voucherSettled('works council', 'm', minor(1_000))];
  expect([standing(settled, 'voucher', 'works council'), standing(settled, 'merchant', 'm')]).toEqual([
    0,
    5_620 - fee.feeMinor - fee.vatMinor,
  ]);
});

test('the city is paid out what it took less what it spent, the VAT first, and never another’s money', () => {
  const standing = (commission: number, vat: number, ...spent: number[]) => [
    { kind: 'commission' as const, amountMinor: minor(commission) },
    { kind: 'commission-vat' as const, amountMinor: minor(vat) },
    ...spent.map((amount) => ({ kind: 'guarantee' as const, amountMinor: minor(-amount) })),
  ];
  const parts = (...args: Parameters<typeof standing>) => Object.values(posting.cityPayable(standing(...args)));
  expect([parts(500, 100), parts(500, 100, 200), parts(500, 100, 550), parts(500, 100, 900), parts(500, -20)]).toEqual([
    [500, 100],
    [300, 100],
    [0, 50],
    [0, 0],
    [480, 0],
  ]);
  const failed = [posting.cityPaidOut(minor(500), minor(100)), posting.cityPayoutFailed(minor(500), minor(100))];
  expect(posting.balanceOf(failed, { kind: 'provider', holder: null })).toBe(0);
});

test('a dispute touches the merchant of that sale and no other, and a won one touches nobody', () => {
  const opened = posting.disputeOpened('s1', minor(900), minor(1_500));
  const lost = [opened, posting.disputeLost('s1', minor(900), { merchant: 'm1' })];
  expect(merchants.map((merchant) => standing(lost, 'merchant', merchant))).toEqual([-900, 0, 0]);
  const won = [opened, posting.disputeWon('s1', minor(900))];
  expect([standing(won, 'disputes', 's1'), standing(won, 'provider')]).toEqual([0, 1_500]);
});

test('a merchant below zero is carried by the city, and gives it back from the next sales', () => {
  const owing = [posting.refundedAfterEarning({ order: 'o', merchant: 'm1' }, from(700), { feeMinor: minor(0), vatMinor: minor(0) })];
  const ledger = [...owing, posting.carried('m1', minor(700)), posting.paidAtOnce([{ subOrder: 's2', amountMinor: minor(1_000) }])];
  const later = [...ledger, posting.earned('s2', 'm1', from(1_000), commissionOn(minor(1_000), 0, 0)), posting.recovered('m1', minor(700))];
  expect([standing(ledger, 'guarantee', 'm1'), standing(ledger, 'merchant', 'm1')]).toEqual([-700, 0]);
  expect([standing(later, 'guarantee', 'm1'), standing(later, 'merchant', 'm1'), posting.payable(minor(-5))]).toEqual([0, 300, 0]);
});

test('more than was held is never taken, and a transaction that does not balance is never made', () => {
  const held = [{ subOrder: 's', amountMinor: minor(100) }];
  expect(() => posting.captured(held, [{ subOrder: 's', amountMinor: minor(101) }])).toThrow();
  expect(() => posting.transactionOf('wrong', [['provider', null, 1]])).toThrow(/sums to zero/);
  expect(() => posting.paidOut('m', minor(-1))).toThrow();
});

describe('whatever happens', () => {
  type Sale = {
    readonly held: number;
    readonly taken: number;
    readonly discount: number;
    readonly voucher: number;
    readonly rate: number;
    readonly refunds: readonly number[];
  };
  const anySale: fc.Arbitrary<Sale> = fc
    .record({
      held: cents,
      part: fc.integer({ min: 0, max: 100 }),
      discount: fc.nat(2_000),
      voucher: fc.nat(2_000),
      rate: fc.nat(3_000),
      refunds: fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 4 }),
    })
    .map(({ held, part, ...sale }) => ({ ...sale, held, taken: Math.floor((held * part) / 100) }));

  function lifeOf(sale: Sale, index: number): readonly LedgerTransaction[] {
    const [subOrder, order] = [`s${index}`, `o${index}`];
    const merchant = merchants[index % merchants.length] ?? 'm1';
    const held = [{ subOrder, amountMinor: minor(sale.held) }];
    if (sale.taken === 0) return [posting.authorised(held), posting.voided(held)];
    const sources = from(sale.taken, {
      cityDiscountMinor: minor(sale.discount),
      vouchers: [{ issuer: 'issuer', amountMinor: minor(sale.voucher) }],
    });
    const worth = posting.worthOf(sources);
    const life = [
      posting.authorised(held),
      posting.captured(held, [{ subOrder, amountMinor: minor(sale.taken) }]),
      posting.earned(subOrder, merchant, sources, commissionOn(worth, sale.rate, 2_000)),
    ];
    let left = sources;
    for (const percent of sale.refunds) {
      const amount = minor(Math.floor((posting.worthOf(left) * percent) / 100));
      const back = posting.refundBySource(left, amount);
      if (!back.ok) throw new Error(back.error.kind);
      const before = posting.worthOf(left);
      left = posting.lessSources(left, back.value);
      const credit = commissionCredit({ beforeMinor: before, afterMinor: posting.worthOf(left) }, sale.rate, 2_000);
      life.push(posting.refundedAfterEarning({ order, merchant }, back.value, credit));
      life.push(posting.refundSent(order, back.value.shopperMinor));
    }
    return life;
  }

  test('every transaction sums to zero in each phase, nothing stays pending, and what was taken is owed to someone', () => {
    fc.assert(
      fc.property(fc.array(anySale, { maxLength: 8 }), (sales) => {
        const ledger = sales.flatMap(lifeOf);
        expect(ledger.every(posting.isBalanced)).toBe(true);
        expect(posting.balanceOf(ledger, { kind: 'provider', holder: null }, 'pending')).toBe(0);
        sales.forEach((_, index) => {
          expect(standing(ledger, 'shopper-funds', `s${index}`)).toBe(0);
          expect(standing(ledger, 'refunds', `o${index}`)).toBe(0);
        });
        // OP-24 for the whole city: what the provider holds is what merchants, the city and issuers are owed.
        const owed =
          merchants.reduce((sum, merchant) => sum + standing(ledger, 'merchant', merchant), 0) +
          standing(ledger, 'commission') +
          standing(ledger, 'commission-vat') +
          standing(ledger, 'city-discounts') +
          standing(ledger, 'voucher', 'issuer');
        expect(standing(ledger, 'provider') + owed).toBe(0);
      }),
    );
  });

  test('refunds give each source back what it gave, never more, and the commission is credited whole with the last', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        fc.pre(sale.taken > 0);
        const ledger = lifeOf({ ...sale, refunds: [...sale.refunds, 100] }, 0);
        const ends = [
          standing(ledger, 'merchant', 'm1'),
          standing(ledger, 'commission'),
          standing(ledger, 'commission-vat'),
          standing(ledger, 'city-discounts'),
          standing(ledger, 'voucher', 'issuer'),
          standing(ledger, 'provider'),
        ];
        expect(ends.map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
      }),
    );
  });

  test('a refund larger than what is left is refused with what is left', () => {
    expect(posting.refundBySource(from(100), minor(101))).toEqual({ ok: false, error: { kind: 'refund-too-large', mostMinor: 100 } });
  });

  test('reversing a transaction leaves every account where it was', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const ledger = lifeOf(sale, 0);
        const undone = [...ledger, ...ledger.map(posting.reversalOf)];
        const accounts = ledger.flatMap((transaction) => transaction.postings.map(({ account }) => account));
        for (const account of accounts) expect(posting.balanceOf(undone, account)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
});

test('the cents of a rounding reach the VAT account whole and never leave a merchant owing', () => {
  fc.assert(
    fc.property(fc.integer({ min: -500, max: 500 }).map(minor), (more) => {
      const rounded = posting.commissionRounded('m1', more);
      expect(posting.isBalanced(rounded)).toBe(true);
      expect(posting.balanceOf([rounded], { kind: 'commission-vat', holder: null })).toBe(more);
      expect(posting.balanceOf([rounded], { kind: 'merchant', holder: 'm1' })).toBe(Math.max(0, -more));
    }),
  );
});
