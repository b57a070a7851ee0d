import { expect, test } from 'vitest';
import { DAY, minor, ok, plusMs } from '@/lib/kernel';
import { posting } from '@/lib/oms';
import { carryDebt, getCityMoney, payCityOut, payOut, sendPayouts, settlePayout } from '@/lib/payouts';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { checkLedger, insertTransactions } from '@/lib/settlement';
import type { GivenShop } from '../../support/builders';
import { given, portsAt } from '../../support/builders';
import { accountOf, expectToOpen, finance, merchantBalance, merchantOf, ports, sends, sold, tomorrow } from '../../support/merchant-money';

test('a debt the city carries is borne by no shop, is carried once, and comes back from the next payouts before anything is paid', async () => {
  const [shop, bystander] = [await given.shop({ commissionBps: 0 }), await given.shop({ commissionBps: 0 })];
  const merchantId = await merchantOf(shop);
  await sold(bystander, 400);
  await sold(shop, 700);
  await sends();
  await owes(shop, 500);
  expect(await merchantBalance(shop)).toMatchObject({ earnedMinor: -500, carriedMinor: 0 });
  expect(await carryDebt({ ...finance, role: 'support' }, merchantId, ports)).toEqual({ ok: false, error: { kind: 'finance-only' } });
  expect(await carryDebt(finance, systemIds.make('merchant'), ports)).toEqual({ ok: false, error: { kind: 'merchant-not-found' } });
  const carried = await Promise.all(Array.from({ length: 5 }, () => carryDebt(finance, merchantId, ports)));
  expect(carried.filter((one) => one.ok)).toEqual([{ ok: true, value: { carriedMinor: 500 } }]);
  expect(await merchantBalance(shop)).toMatchObject({ earnedMinor: 0, carriedMinor: -500 });
  await expectToOpen(shop);

  // First less than the debt is earned, then more: nothing is paid out before the city has its own back.
  const night = (days: number) => portsAt(plusMs(tomorrow.clock.now(), days * DAY));
  await sold(shop, 300);
  await sends(night(1));
  expect(await merchantBalance(shop)).toMatchObject({ earnedMinor: 0, carriedMinor: -200, onTheWayMinor: 700 });
  await sold(shop, 450);
  await Promise.all(Array.from({ length: 4 }, () => payOut(night(2))));
  await sends(night(2));
  expect(await merchantBalance(shop)).toMatchObject({ earnedMinor: 0, carriedMinor: 0, onTheWayMinor: 950 });
  // The provider took back what was owed from the account it was paid to, and moved nothing for the guarantee.
  expect(await accountOf(shop)).toEqual({ moved: 1_450, back: 500, paid: 950 });
  expect(await merchantBalance(bystander)).toMatchObject({ onTheWayMinor: 400 });
  await expectToOpen(shop);
  expect(await checkLedger(reader())).toEqual([]);
});

test('the city is paid out its own less what it spent, once, and what its bank sends back is the city’s again', async () => {
  const shop = await given.shop({ commissionBps: 1_000 });
  await sold(shop, 5_000);
  const before = await getCityMoney(finance);
  expect(before.sumMinor).toBe(before.accounts.reduce((sum, one) => sum + one.amountMinor, 0));
  expect(await payCityOut({ ...finance, role: 'support' }, ports)).toEqual({ ok: false, error: { kind: 'finance-only' } });
  const asked = await Promise.all(Array.from({ length: 4 }, () => payCityOut(finance, ports)));
  const paid = asked.flatMap((one) => (one.ok ? [one.value] : []));
  expect(paid.map((one) => one.amountMinor)).toEqual([before.payableMinor]);
  expect(asked.filter((one) => !one.ok).map((one) => (one.ok ? '' : one.error.kind))).toEqual(Array(3).fill('nothing-to-pay-out'));
  expect((await getCityMoney(finance)).payableMinor).toBe(0);
  await sendPayouts(tomorrow);
  expect((await getCityMoney(finance)).payouts[0]).toMatchObject({ amountMinor: before.payableMinor, state: 'sent' });
  const [entry] = await databaseHandle()
    .sql`select kind, account, amount_minor::int as amount from demo_entries where about = ${paid[0]?.payoutId ?? ''}`;
  expect(entry).toEqual({ kind: 'payout', account: null, amount: before.payableMinor });

  const payoutId = paid[0]?.payoutId ?? systemIds.make('payout');
  const report = (state: 'paid' | 'failed') =>
    settlePayout({ name: 'PayoutReported', subject: payoutId, facts: { state, reason: undefined } } as const, tomorrow);
  await report('failed');
  await report('paid'); // the older message comes after the newer one
  await report('failed');
  expect(await getCityMoney(finance)).toMatchObject({ payableMinor: before.payableMinor, payouts: [{ state: 'failed' }] });
  expect(await checkLedger(reader())).toEqual([]);
});

test('what kept promises cost is paid by the commission before the city is paid out', async () => {
  const now = ports.clock.now();
  await withTransaction(async (tx) => {
    const cost = { ...posting.reversalOf(posting.rescueFed(minor(120))), cause: 'a rescue of a test', occurredAt: now };
    return ok(await insertTransactions(tx, [cost], { now, ids: systemIds }));
  });
  const standing = async (account: string) => (await getCityMoney(finance)).accounts.find((one) => one.account === account)?.amountMinor;
  expect(await standing('rescue')).toBe(-120);
  expect((await payCityOut(finance, ports)).ok).toBe(true);
  expect(await standing('rescue')).toBeUndefined();
  expect(await checkLedger(reader())).toEqual([]);
});

/** A refund of what was paid out already leaves its merchant owing. */
async function owes(shop: GivenShop, amountMinor: number): Promise<void> {
  const merchantId = await merchantOf(shop);
  const back = posting.refundedAfterEarning(
    { order: `order of ${merchantId}`, merchant: merchantId },
    { shopperMinor: minor(amountMinor), cityDiscountMinor: minor(0), rescueMinor: minor(0), vouchers: [] },
    { feeMinor: minor(0), vatMinor: minor(0) },
  );
  const now = ports.clock.now();
  await withTransaction(async (tx) =>
    ok(await insertTransactions(tx, [{ ...back, cause: `refund:${merchantId}`, merchantId, occurredAt: now }], { now, ids: systemIds })),
  );
}
