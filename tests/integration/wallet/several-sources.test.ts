import { expect, test } from 'vitest';
import { refuseSubOrder, resolveRescues } from '@/lib/fulfilment';
import { DAY, dayKey, plusMs } from '@/lib/kernel';
import { payOut, sendTransfers } from '@/lib/payouts';
import { databaseHandle } from '@/lib/platform/database';
import { reader } from '@/lib/platform/transaction';
import { reconcileDay } from '@/lib/reconciliation';
import { checkLedger, getStatement, getTenderStory, listVoucherSettlements, sendSettlements, settleVouchers } from '@/lib/settlement';
import { getVoucherBalance } from '@/lib/wallet';
import type { GivenShop } from '../../support/builders';
import { given, portsAt } from '../../support/builders';
import { finance } from '../../support/merchant-money';
import { carryOutEverything, linesOf, moneyOf, paidOrder, partOf } from '../../support/paid-order';
import { documented, handedOver, inspect, openReturn, scopeOf } from '../../support/returned';

const ports = portsAt();

const balanceOf = async (code: string) => {
  const read = await getVoucherBalance({ code, sender: 'story', locale: 'fr' }, ports);
  return read.ok ? read.value.balanceMinor : read.error.kind;
};
const settledOf = async (shop: GivenShop) => {
  const rows = await databaseHandle().sql<{ amount: number }[]>`
    select v.amount_minor::int as amount from voucher_settlements v join shops s on s.merchant_id = v.merchant_id
    where s.id = ${shop.shopId} order by v.cut_off_at`;
  return rows.map(({ amount }) => amount);
};

test('ME-59: the sale of a card that is good in several shops posts nothing and no VAT; what is bought with it is invoiced with its VAT', async () => {
  const shop = await given.shop();
  const code = await given.voucher(5_000);
  const [books] = await databaseHandle().sql<{ entries: number }[]>`select count(*)::int as entries from ledger_entries`;
  expect(books?.entries).toBe(0);
  const order = await paidOrder([{ offer: await given.offer({ shop, priceMinor: 2_400 }) }], ports, 'refund', [code]);
  const { gross, vat } = await documented(await handedOver(order, shop));
  expect([gross, vat > 0]).toEqual([2_400, true]);
});

test('three shops, a town voucher and a card: one refuses and another steps in, a line comes back in a shop that did not sell it, and every cent is told', async () => {
  const takesReturns = { services: { takesReturns: true }, commissionBps: 1_000 };
  const [one, two, three, instead] = [
    await given.shop(takesReturns),
    await given.shop(takesReturns),
    await given.shop(takesReturns),
    await given.shop(takesReturns),
  ];
  const teapot = await given.listing({ title: 'Théière' });
  const bowl = await given.offer({ shop: one, priceMinor: 2_000, listing: await given.listing({ title: 'Bol' }), stock: 3 });
  const book = await given.offer({ shop: two, priceMinor: 1_000, listing: await given.listing({ title: 'Livre' }), stock: 3 });
  const wanted = [
    { offer: bowl, quantity: 2 },
    { offer: book, quantity: 1 },
    { offer: await given.offer({ shop: three, listing: teapot, priceMinor: 3_000, stock: 2 }), quantity: 1 },
  ];
  // 40 euros paid are worth 50: the town adds a quarter. They pay five eighths of an order of 80.
  const code = await given.voucher(4_000, { topUpBps: 12_500, kind: 'gift-card' });
  const order = await paidOrder(wanted, ports, 'elsewhere', [code]);
  await given.offer({ shop: instead, listing: teapot, priceMinor: 3_000, stock: 2 });

  // The third shop refuses; the fourth serves, and both tenders follow.
  await refuseSubOrder(three.scope, { subOrderId: (await partOf(order, three)).id, reason: 'missing' }, ports);
  await resolveRescues(order.orderId, ports);
  const sold = await handedOver(order, one);
  await handedOver(order, two);
  await handedOver(order, instead);
  expect([await balanceOf(code), (await moneyOf(order))?.providerCaptured]).toEqual([0, 3_000]);

  // One of two bowls comes back to the bookshop: 20 euros, of which the voucher paid 12,50.
  const [line] = await linesOf(sold);
  if (!line) throw new Error('the part has a line');
  const back = await openReturn(order, sold, two, { lines: [{ lineId: line.id, quantity: 1 }] });
  expect(await inspect(two, back.returnToken)).toMatchObject({ ok: true, value: { outcome: 'settled', refundedMinor: 2_000 } });
  await carryOutEverything(ports);
  expect([await balanceOf(code), (await moneyOf(order))?.providerRefunded]).toEqual([1_250, 750]);
  const story = await getTenderStory(scopeOf(order));
  expect(story.back).toMatchObject([{ title: 'Bol', amountMinor: 2_000, cardMinor: 750, vouchers: [{ amountMinor: 1_250 }] }]);
  expect(story.tenders).toMatchObject([{ amountMinor: 5_000, capturedMinor: 5_000, returnedMinor: 1_250 }]);
  expect(await checkLedger(reader())).toEqual([]);
  expect((await documented(sold)).gross).toBe(2_000);

  // The day after, the issuer settles and the payout holds the rest; statements, documents and books agree to the cent.
  const tomorrow = portsAt(plusMs(ports.clock.now(), DAY));
  await settleVouchers(tomorrow);
  await payOut(tomorrow);
  // The provider moves it from the issuer's account to each shop's, once whoever asks and however often; both books say the same.
  await sendTransfers(tomorrow);
  await Promise.all(Array.from({ length: 3 }, () => sendSettlements(tomorrow)));
  const { sql } = databaseHandle();
  const moved = await sql`select amount_minor::int as amount from demo_entries where kind = 'settlement' order by 1`;
  expect(moved.map((row) => row['amount'])).toEqual([625, 1_250, 1_875, 2_400]);
  expect((await listVoucherSettlements(finance, tomorrow)).made.every(({ sentAt }) => sentAt === tomorrow.clock.now())).toBe(true);
  expect((await reconcileDay(dayKey(tomorrow.clock.now(), 'Europe/Paris'), tomorrow)).differences).toEqual([]);
  // What was settled and comes back goes the other way.
  await sql`insert into voucher_settlements (id, issuer_id, merchant_id, amount_minor, cut_off_at, created_at)
    select 'vst_back', issuer_id, merchant_id, -100, now() + interval '9 days', now() from voucher_settlements limit 1`;
  expect(await sendSettlements(tomorrow)).toBe(1);
  const [other] = await sql`select about, account from demo_entries where kind = 'settlement' and amount_minor = 100`;
  expect([other?.['about'], other?.['account']]).toEqual([
    expect.stringMatching(/^acct_demo_mer_/),
    expect.not.stringMatching(/^acct_demo_mer_/),
  ]);
  const told = async (shop: GivenShop) => {
    const statement = await getStatement(shop.scope, undefined, tomorrow);
    return {
      settled: await settledOf(shop),
      payouts: statement?.payouts.map((payout) => payout.amountMinor),
      open: statement?.balanceMinor,
    };
  };
  // 2 000 kept of 4 000: 1 250 by the voucher; 750 by card less 200 commission and 40 VAT on it.
  expect(await told(one)).toEqual({ settled: [1_250], payouts: [510], open: 0 });
  expect(await told(two)).toEqual({ settled: [625], payouts: [255], open: 0 });
  expect(await told(instead)).toEqual({ settled: [1_875], payouts: [765], open: 0 });
  expect(await told(three)).toEqual({ settled: [], payouts: [], open: 0 });
  expect(await checkLedger(reader())).toEqual([]);
});
