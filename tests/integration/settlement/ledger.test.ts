import { expect, test } from 'vitest';
import {
  acceptSubOrder,
  getShopToday,
  handOver,
  listTakings,
  markReady,
  refuseSubOrder,
  reportMissing,
  resolveRescues,
  tickLine,
} from '@/lib/fulfilment';
import type { OperatorScope, OrderId } from '@/lib/kernel';
import { DAY, plusMs, sumMinor } from '@/lib/kernel';
import { capturePayment } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { payOut } from '@/lib/payouts';
import {
  checkLedger,
  getOrderBooks,
  getPartMoney,
  getStatement,
  lastCutOff,
  listMerchantFigure,
  listUnmoved,
  listUnpaid,
  postOrder,
} from '@/lib/settlement';
import { listUnsettled } from '@/lib/settlement/settle-vouchers';
import { listUnbilledMerchants } from '@/lib/billing/fee-repository';
import { given, portsAt } from '../../support/builders';
import type { GivenShop } from '../../support/builders';
import { accountOf, expectListsToAgree, expectToOpen, merchantOf, sends, servePart, sold, tomorrow } from '../../support/merchant-money';
import { carryOutEverything, linesOf, paidOrder, partOf } from '../../support/paid-order';

const ports = portsAt();
const finance: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'finance' };

type Balance = { readonly account: string; readonly phase: string; readonly sum: number };
const balancesOf = async (orderId: string) =>
  databaseHandle().sql<Balance[]>`
    select e.account, e.phase, sum(e.amount_minor)::int as sum from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
    where t.order_id = ${orderId} group by 1, 2 having sum(e.amount_minor) <> 0 order by 1`;
const causesOf = async (orderId: string) =>
  (
    await databaseHandle().sql<
      { kind: string }[]
    >`select kind from ledger_transactions where order_id = ${orderId} order by recorded_at, id`
  ).map((row) => row.kind);

async function give(shop: GivenShop, order: Awaited<ReturnType<typeof paidOrder>>) {
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await markReady(shop.scope, { subOrderId: part.id }, ports);
  await handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
}

test('held, taken, earned: each cause once however often and however late it is told, and the books sum to zero', async () => {
  const shop = await given.shop({ commissionBps: 800 });
  const order = await paidOrder([{ offer: await given.offer({ shop, priceMinor: 450 }), quantity: 2 }]);
  await carryOutEverything();
  expect(await balancesOf(order.orderId)).toEqual([
    { account: 'provider', phase: 'pending', sum: -900 },
    { account: 'shopper-funds', phase: 'pending', sum: 900 },
  ]);
  await give(shop, order);
  await carryOutEverything();
  await Promise.all(Array.from({ length: 20 }, () => postOrder(order.orderId, ports)));
  expect(await causesOf(order.orderId)).toEqual(['authorised', 'captured', 'earned']);
  expect(await balancesOf(order.orderId)).toEqual([
    { account: 'commission', phase: 'posted', sum: 72 },
    { account: 'commission-vat', phase: 'posted', sum: 14 },
    { account: 'merchant', phase: 'posted', sum: 814 },
    { account: 'provider', phase: 'posted', sum: -900 },
  ]);
  expect(await checkLedger(reader())).toEqual([]);
});

test('what a shop could not serve is let go and earns nobody anything', async () => {
  const [one, two] = [await given.shop(), await given.shop()];
  const order = await paidOrder([
    { offer: await given.offer({ shop: one }) },
    { offer: await given.offer({ shop: two, listing: await given.listing({ title: 'Sel' }) }) },
  ]);
  await refuseSubOrder(two.scope, { subOrderId: (await partOf(order, two)).id, reason: 'closing' }, ports);
  await give(one, order);
  await carryOutEverything();
  const left = await balancesOf(order.orderId);
  expect(left.filter((balance) => balance.phase === 'pending')).toEqual([]);
  const earned = (account: string) => left.find((balance) => balance.account === account)?.sum ?? 0;
  expect(earned('merchant') + earned('commission') + earned('commission-vat')).toBe(-earned('provider'));
  expect(await checkLedger(reader())).toEqual([]);
});

/** An order of two of a thing one shop has and another sells dearer; taken, then one is missing at the pick and the other shop is asked. */
async function missedAtThePick() {
  const listing = await given.listing({ title: 'Théière' });
  const [one, two] = [await given.shop({ commissionBps: 800 }), await given.shop({ commissionBps: 1_000 })];
  const order = await paidOrder([{ offer: await given.offer({ shop: one, listing, priceMinor: 400 }), quantity: 2 }]);
  await given.offer({ shop: two, listing, priceMinor: 450 });
  const part = await partOf(order, one);
  await acceptSubOrder(one.scope, part.id, ports);
  await carryOutEverything();
  expect(await causesOf(order.orderId)).toEqual(['authorised', 'captured']);
  const [line] = await linesOf(part);
  if (!line) throw new Error('the part has a line');
  await reportMissing(one.scope, { subOrderId: part.id, lineId: line.id, found: 1, reason: 'missing' }, ports);
  await resolveRescues(order.orderId, ports);
  return { order, one, two, part };
}

const served = [
  { account: 'commission', phase: 'posted', sum: 32 + 45 },
  { account: 'commission-vat', phase: 'posted', sum: 6 + 9 },
  { account: 'merchant', phase: 'posted', sum: 850 - 77 - 15 },
  { account: 'provider', phase: 'posted', sum: -800 },
  { account: 'rescue', phase: 'posted', sum: -50 },
];

test('what was taken for one shop and served by another after all is the other’s, whoever hands over first', async () => {
  const early = await missedAtThePick();
  await give(early.two, early.order);
  await postOrder(early.order.orderId, ports); // before anybody moved the money to the other shop
  await give(early.one, early.order);
  await carryOutEverything();
  expect(await checkLedger(reader())).toEqual([]);
  expect(await balancesOf(early.order.orderId)).toEqual(served);

  const late = await missedAtThePick();
  await give(late.one, late.order);
  await carryOutEverything(); // the first shop has earned its part while the other still thinks about it
  await give(late.two, late.order);
  await carryOutEverything();
  expect(await checkLedger(reader())).toEqual([]);
  expect(await balancesOf(late.order.orderId)).toEqual(served);
});

test('a payout holds everything earned before its Monday, once, and its statement adds up to the cent', async () => {
  const shop = await given.shop({ commissionBps: 800 });
  let orderId: OrderId | undefined;
  for (let index = 0; index < 3; index += 1) {
    const order = await paidOrder([{ offer: await given.offer({ shop, priceMinor: 333 + index }) }]);
    await give(shop, order);
    orderId = order.orderId;
  }
  await carryOutEverything();
  const books = orderId ? await getOrderBooks(finance, orderId) : [];
  expect(books.map(({ kind, fees }) => [kind, fees.length])).toEqual([
    ['authorised', 0],
    ['captured', 0],
    ['earned', 1],
  ]);
  for (const { entries } of books) expect(sumMinor(entries.map(({ amountMinor }) => amountMinor))).toBe(0);
  const before = await getStatement(shop.scope, undefined, ports);
  expect(before?.lines).toHaveLength(3);
  for (const { fees, worthMinor, commissionMinor } of before?.lines ?? []) {
    expect(fees).toEqual([{ basisMinor: worthMinor, rateBps: 800, feeMinor: commissionMinor, vatRateBps: 2_000, rule: undefined }]);
  }
  expect(before?.balanceMinor).toBe(
    before?.lines.reduce((sum, line) => sum + line.worthMinor - line.commissionMinor - line.commissionVatMinor, 0),
  );

  const nextWeek = portsAt(plusMs(lastCutOff(ports.clock.now(), 'Europe/Paris'), 7 * DAY));
  await Promise.all(Array.from({ length: 10 }, () => payOut(nextWeek)));
  const after = await getStatement(shop.scope, undefined, nextWeek);
  expect([after?.balanceMinor, after?.lines.length, after?.payouts.length]).toEqual([0, 0, 1]);
  const paid = await getStatement(shop.scope, after?.payouts[0]?.payoutId, nextWeek);
  expect(paid?.shown?.amountMinor).toBe(before?.balanceMinor);
  expect(paid?.lines).toEqual(before?.lines);
  await expectToOpen(shop);

  const stranger = await given.shop();
  expect(await getStatement(stranger.scope, after?.payouts[0]?.payoutId, nextWeek)).toBeUndefined();
});

test('the books cannot be changed, and a transaction that does not balance is refused by the database', async () => {
  const shop = await given.shop();
  const order = await paidOrder([{ offer: await given.offer({ shop }) }]);
  await carryOutEverything();
  const { sql } = databaseHandle();
  const [row] = await sql<{ id: string }[]>`select id from ledger_transactions where order_id = ${order.orderId}`;
  const id = row?.id ?? '';
  await expect(sql`update ledger_entries set amount_minor = 1 where transaction_id = ${id}`).rejects.toThrow(/is a fact/);
  await expect(sql`delete from ledger_transactions where id = ${id}`).rejects.toThrow(/is a fact/);
  await expect(
    sql`insert into ledger_entries (transaction_id, position, account, phase, amount_minor) values (${id}, 99, 'commission', 'posted', 5)`,
  ).rejects.toThrow(/sum to zero/);
  await expect(
    sql`insert into ledger_fees (transaction_id, position, rate_bps, basis_minor, fee_minor, vat_rate_bps) values (${id}, 0, 800, 100, 8, 2000)`,
  ).rejects.toThrow(/not its commission/);
});

test('what is due is read without what was: a ledger of five thousand sales that are dealt with costs the rounds nothing', async () => {
  const shop = await given.shop({ name: 'Chez Ancienne', commissionBps: 0 });
  await sold(shop, 250);
  const { sql } = databaseHandle();
  const merchantId = await merchantOf(shop);
  await sql`insert into ledger_transactions (id, cause, kind, merchant_id, occurred_at, recorded_at)
    select 'led_old' || n, 'earned:old' || n, 'earned', ${merchantId}, now() - interval '1 year', now() from generate_series(1, 5000) n`;
  await sql`insert into ledger_entries (transaction_id, position, account, holder, phase, amount_minor)
    select 'led_old' || n, side, case side when 0 then 'merchant' else 'shopper-funds' end, ${merchantId}, 'posted', 100 - 200 * side from generate_series(1, 5000) n, generate_series(0, 1) side`;
  await sql`insert into payouts (id, merchant_id, amount_minor, cut_off_at, created_at, state) values ('pot_old', ${merchantId}, 500000, now() - interval '1 year', now(), 'paid')`;
  await sql`insert into payout_transactions select 'led_old' || n, 'pot_old' from generate_series(1, 5000) n`;
  await sql`analyze ledger_transactions, ledger_entries, payout_transactions, transfers, open_moves, open_voucher_dues, open_fees`;
  const [now, before] = [tomorrow.clock.now(), plusMs(tomorrow.clock.now(), -DAY)];
  for (const due of [
    listUnmoved(reader()),
    listUnpaid(reader(), now),
    listUnsettled(reader(), now),
    listUnbilledMerchants(reader(), before),
  ]) {
    const { sql: text, params } = due.toSQL();
    const [plan] = await sql.unsafe<{ 'QUERY PLAN': unknown }[]>(`explain (analyze, format json) ${text}`, params as never[]);
    const told = JSON.stringify(plan);
    const rows = [...told.matchAll(/"Actual Rows":\s*([\d.]+)/g)].map((match) => Number(match[1]));
    expect(told).not.toMatch(/Seq Scan","[^}]*"Relation Name":"(ledger|payout|transfers)/);
    expect(Math.max(...rows)).toBeLessThan(100);
  }
  await expectListsToAgree();
  await sends();
  expect(await accountOf(shop)).toEqual({ moved: 250, back: 0, paid: 250 });
  const left = await sql`select 1 from open_moves where merchant_id = ${merchantId}`;
  expect(left).toHaveLength(0);
});

test('an order’s money opens to each shop’s own entries at every step, and to no other shop’s', async () => {
  const [shop, other] = [await given.shop({ commissionBps: 1_000 }), await given.shop({ commissionBps: 0 })];
  const order = await paidOrder([
    { offer: await given.offer({ shop, priceMinor: 600 }) },
    { offer: await given.offer({ shop: other, priceMinor: 300, listing: await given.listing({ title: 'Sel' }) }) },
  ]);
  await carryOutEverything(ports);
  const part = await partOf(order, shop);
  const figures = async () =>
    (await getPartMoney(shop.scope, part.id))?.figures.map(({ figure, sumMinor, lines }) => [
      figure,
      sumMinor,
      lines.flatMap((line) => line.entries).filter((entry) => Math.abs(entry.amountMinor) === 900 || Math.abs(entry.amountMinor) === 300)
        .length,
    ]);
  expect(await figures()).toEqual([['held', 600, 0]]);
  await servePart(order, other);
  expect(await listTakings(shop.scope, ports)).toEqual([{ subOrderId: part.id, number: part.number, amountMinor: 600 }]);
  expect((await getShopToday(shop.scope, ports)).takingsTodayMinor).toBe(600);
  await expectToOpen(shop);
  await servePart(order, shop);
  await capturePayment(order.orderId, ports);
  await carryOutEverything(ports);
  expect(await figures()).toEqual([['yours', 528, 0]]);
  for (const one of [shop, other]) await expectToOpen(one);
  expect(await getPartMoney(other.scope, part.id)).toBeUndefined();
  expect(await listMerchantFigure(finance, systemIds.make('merchant'), 'paid')).toBeUndefined();
});
