import { expect, test } from 'vitest';
import { expireUnpaid, placeOrder } from '@/lib/checkout';
import {
  acceptSubOrder,
  endOverdueRescues,
  handOver,
  markReady,
  refuseSubOrder,
  reportMissing,
  resolveRescues,
  tickLine,
} from '@/lib/fulfilment';
import type { VoucherId } from '@/lib/kernel';
import { DAY, HOUR, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { reader } from '@/lib/platform/transaction';
import { payOut } from '@/lib/payouts';
import { checkLedger, getPartMoney, getStatement, settleVouchers } from '@/lib/settlement';
import { getVoucherBalance, setVoucherBlocked } from '@/lib/wallet';
import type { GivenShop } from '../../support/builders';
import { cityFinance, given, orderFor, portsAt } from '../../support/builders';
import type { GivenOrder } from '../../support/paid-order';
import { expectListsToAgree } from '../../support/merchant-money';
import { carryOutEverything, linesOf, moneyOf, paidOrder, partOf, placedOrder } from '../../support/paid-order';

const ports = portsAt();
const { sql } = databaseHandle();

const balanceOf = async (code: string) => {
  const read = await getVoucherBalance({ code, sender: 'test', locale: 'fr' }, ports);
  return read.ok ? [read.value.balanceMinor, read.value.reservedMinor] : read.error.kind;
};
const ledgerOf = async (order: GivenOrder) =>
  Object.fromEntries(
    (
      await sql<{ account: string; sum: number }[]>`
        select e.account, sum(e.amount_minor)::int as sum from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
        where t.order_id = ${order.orderId} and e.phase = 'posted' group by 1 having sum(e.amount_minor) <> 0`
    ).map(({ account, sum }) => [account, sum]),
  );

async function give(shop: GivenShop, order: GivenOrder) {
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await markReady(shop.scope, { subOrderId: part.id }, ports);
  await handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
}

test('a voucher and a card pay two shops between them, held, taken and earned to the cent', async () => {
  const [one, two] = [await given.shop({ commissionBps: 800 }), await given.shop({ commissionBps: 1_000 })];
  const code = await given.voucher(1_000);
  const listing = await given.listing({ title: 'Sel' });
  const wanted = [
    { offer: await given.offer({ shop: one, priceMinor: 900 }) },
    { offer: await given.offer({ shop: two, listing, priceMinor: 600 }) },
  ];
  const order = await paidOrder(wanted, ports, 'refund', [code]);
  expect(await balanceOf(code)).toEqual([1_000, 1_000]);
  const [payment] = await sql`select amount_minor::int as amount from payments where order_id = ${order.orderId}`;
  expect(payment?.['amount']).toBe(500);

  await refuseSubOrder(two.scope, { subOrderId: (await partOf(order, two)).id, reason: 'closing' }, ports);
  await give(one, order);
  await carryOutEverything();
  // 900 of 1 500 is the voucher's 600 and the card's 300; the other shop's 400 are on the voucher again.
  expect(await balanceOf(code)).toEqual([400, 0]);
  expect((await moneyOf(order))?.providerCaptured).toBe(300);
  expect(await ledgerOf(order)).toEqual({ provider: -300, voucher: -600, merchant: 814, commission: 72, 'commission-vat': 14 });
  expect(await checkLedger(reader())).toEqual([]);

  const figures = (await getPartMoney(one.scope, (await partOf(order, one)).id))?.figures;
  expect(figures?.map(({ figure, sumMinor }) => [figure, sumMinor])).toEqual([
    ['yours', 814],
    ['vouchers', 600], // of the 814
  ]);
  const [line] = (await getStatement(one.scope, undefined, ports))?.lines ?? [];
  expect([line?.worthMinor, line?.vouchersMinor, line?.netMinor]).toEqual([900, 600, 214]);
  expect(await settleVouchers(ports)).toBe(0); // not before the day after
  const tomorrow = portsAt(plusMs(ports.clock.now(), DAY));
  await Promise.all(Array.from({ length: 5 }, () => settleVouchers(tomorrow)));
  await expectListsToAgree();
  const settled =
    await sql`select s.amount_minor::int as amount from voucher_settlements s join sub_orders p on p.merchant_id = s.merchant_id where p.order_id = ${order.orderId} and p.shop_id = ${one.shopId}`;
  expect(settled.map((row) => row['amount'])).toEqual([600]);
  const nextWeek = portsAt(plusMs(ports.clock.now(), 7 * DAY));
  await payOut(nextWeek);
  const after = await getStatement(one.scope, undefined, nextWeek);
  expect([after?.balanceMinor, after?.payouts.map((payout) => payout.amountMinor)]).toEqual([0, [214]]);
});

test('an order that vouchers pay altogether asks no bank, and several share it as their rules allow', async () => {
  const shop = await given.shop();
  const bread = await given.category();
  const loaf = await given.offer({ shop, priceMinor: 400, listing: await given.listing({ title: 'Pain', categoryId: bread }) });
  const book = await given.offer({ shop, priceMinor: 2_000, listing: await given.listing({ title: 'Livre' }) });
  const forBread = await given.voucher(1_000, { categoryIds: [bread], kind: 'employer-card' });
  const town = await given.voucher(2_000, { topUpBps: 12_500, kind: 'local-currency' });
  expect(await balanceOf(town)).toEqual([2_500, 0]);
  const order = await paidOrder([{ offer: loaf }, { offer: book }], ports, 'refund', [town, forBread]);
  expect([await balanceOf(forBread), await balanceOf(town)]).toEqual([
    [1_000, 400],
    [2_500, 2_000],
  ]);
  await give(shop, order);
  await carryOutEverything();
  expect([await balanceOf(forBread), await balanceOf(town)]).toEqual([
    [600, 0],
    [500, 0],
  ]);
  const [payment] = await sql`select provider, state from payments where order_id = ${order.orderId}`;
  expect(payment).toEqual({ provider: 'none', state: 'captured' });
  expect((await ledgerOf(order))['voucher']).toBe(-2_400);
});

test('what another shop serves instead is paid by the same voucher, and a miss nobody serves goes back to it', async () => {
  const listing = await given.listing({ title: 'Théière' });
  const [one, two] = [await given.shop({ commissionBps: 800 }), await given.shop({ commissionBps: 800 })];
  const code = await given.voucher(1_000);
  const order = await paidOrder([{ offer: await given.offer({ shop: one, listing, priceMinor: 500 }), quantity: 3 }], ports, 'elsewhere', [
    code,
  ]);
  await given.offer({ shop: two, listing, priceMinor: 500, stock: 1 });
  const part = await partOf(order, one);
  await acceptSubOrder(one.scope, part.id, ports);
  await carryOutEverything();
  expect([await balanceOf(code), (await moneyOf(order))?.providerCaptured]).toEqual([[0, 0], 500]);
  const [line] = await linesOf(part);
  if (!line) throw new Error('the part has a line');
  await reportMissing(one.scope, { subOrderId: part.id, lineId: line.id, found: 1, reason: 'missing' }, ports);
  await resolveRescues(order.orderId, ports);
  await carryOutEverything();
  await give(two, order);
  await give(one, order);
  await endOverdueRescues(portsAt(plusMs(ports.clock.now(), HOUR))); // nobody answered for the unit no shop has
  await carryOutEverything();
  const ledger = await ledgerOf(order);
  const [voucherBalance] = await balanceOf(code);
  const money = await moneyOf(order);
  // Two of three were served, at 500 each: who paid how much of them follows from one rule, and nothing is lost between them.
  expect((ledger['voucher'] ?? 0) + (ledger['provider'] ?? 0)).toBe(-1_000);
  expect(Number(voucherBalance) - 1_000).toBe(ledger['voucher']);
  expect(ledger['provider']).toBe(Number(money?.providerRefunded) - 500);
  expect(ledger['shopper-funds'] ?? 0).toBe(0);
  expect(await checkLedger(reader())).toEqual([]);
});

test('of a hundred orders with one voucher at once none spends what another holds', async () => {
  const shop = await given.shop();
  const offer = await given.offer({ shop, priceMinor: 300, stock: 500 });
  const code = await given.voucher(1_000);
  const baskets = await Promise.all(Array.from({ length: 100 }, () => given.basketOf([{ offer, shopChosen: true }])));
  const [newest] = await sql<{ id: string }[]>`select id from vouchers order by id desc limit 1`;
  await sql`update baskets set voucher_ids = jsonb_build_array(${newest?.id ?? ''}::text) where id in ${sql(baskets.map(({ basketId }) => basketId))}`;
  const placed = await Promise.all(baskets.map((basket) => placeOrder(basket.shopper, orderFor(basket), ports)));
  const won = placed.filter((outcome) => outcome.ok);
  expect(won.length).toBe(4); // 300 + 300 + 300 + the last 100
  expect(placed.filter((outcome) => !outcome.ok).every((outcome) => !outcome.ok && outcome.error.kind === 'voucher-pays-nothing')).toBe(
    true,
  );
  expect(await balanceOf(code)).toEqual([1_000, 1_000]);
  const [sum] = await sql`select sum(amount_minor)::int as held from order_tenders`;
  expect(Number(sum?.['held'])).toBeGreaterThanOrEqual(1_000);
  await expireUnpaid(plusMs(ports.clock.now(), HOUR), portsAt(plusMs(ports.clock.now(), HOUR)));
  expect(await balanceOf(code)).toEqual([1_000, 0]);
});

test('whose voucher it is, where and until when is asked before anything is held, and what was read is what is paid', async () => {
  const [here, elsewhere] = [await given.shop(), await given.shop()];
  const offer = await given.offer({ shop: here, priceMinor: 700 });
  const order = async (code: string, more: object = {}) => {
    const basket = await given.basketOf([{ offer, shopChosen: true }]);
    await given.bring(basket, code);
    const placed = await placeOrder(basket.shopper, { ...orderFor(basket), ...more }, ports);
    return placed.ok ? 'placed' : placed.error.kind;
  };
  const theirs = await given.voucher(500, { holderEmail: 'anne@example.org' });
  expect(await order(theirs)).toBe('voucher-not-yours');
  expect(await order(theirs, { email: 'Anne@example.org' })).toBe('placed');
  expect(await order(await given.voucher(500, { shopIds: [elsewhere.shopId] }))).toBe('voucher-pays-nothing');
  expect(await order(await given.voucher(500), { dueSeenMinor: 700 })).toBe('vouchers-changed');
  expect(await order(await given.voucher(500), { dueSeenMinor: 200 })).toBe('placed');
});

test('a code that opens nothing says so in one way, and guessing is stopped', async () => {
  const known = await given.voucher(500);
  const [newest] = await sql<{ id: VoucherId }[]>`select id from vouchers order by id desc limit 1`;
  if (!newest) throw new Error('a voucher was issued');
  const ask = (code: string, sender: string) => getVoucherBalance({ code, sender, locale: 'fr' }, ports);
  for (const code of ['', 'ABCD', '2222-2222-2222-2222', known.slice(0, -1)]) {
    const read = await ask(code, 'sender of typing errors');
    expect(read.ok ? 'opened' : read.error.kind).toBe('code-unknown');
  }
  expect((await ask(known.toLowerCase().replaceAll('-', ' '), 'sender of typing errors')).ok).toBe(true);
  for (let guess = 0; guess < 10; guess += 1) await ask('2222-2222-2222-2222', 'guesser');
  const stopped = await ask(known, 'guesser');
  expect(stopped.ok ? 'opened' : stopped.error.kind).toBe('too-many-codes');
  await setVoucherBlocked(cityFinance, { voucherId: newest.id, isBlocked: true }, ports);
  const blocked = await ask(known, 'another sender');
  expect(blocked.ok && blocked.value.state).toBe('blocked');
});

test('an order never paid leaves a voucher as it was', async () => {
  const shop = await given.shop();
  const code = await given.voucher(200);
  await placedOrder([{ offer: await given.offer({ shop, priceMinor: 700 }) }], ports, 'refund', [code]);
  expect(await balanceOf(code)).toEqual([200, 200]);
  const later = portsAt(plusMs(ports.clock.now(), HOUR));
  await expireUnpaid(later.clock.now(), later);
  expect(await balanceOf(code)).toEqual([200, 0]);
  await expect(sql`update voucher_movements set amount_minor = 5`).rejects.toThrow(/is a fact/);
  await expect(sql`update vouchers set balance_minor = -1`).rejects.toThrow(/voucher_never_below_zero/);
});
