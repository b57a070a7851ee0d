import { expect } from 'vitest';
import { acceptSubOrder, handOver, markReady, tickLine } from '@/lib/fulfilment';
import { DAY, HOUR, parseId, plusMs } from '@/lib/kernel';
import type { Instant, OperatorScope } from '@/lib/kernel';
import { hearWebhook, payWithDemoCard, signedDemoWebhook } from '@/lib/payments';
import { listBalances, payOut, sendPayouts, sendTransfers } from '@/lib/payouts';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { DEMO_WEBHOOK_QUEUE } from '@/lib/platform/jobs';
import type { DemoWebhook } from '@/lib/provider';
import { getStatement, lastCutOff, listMerchantFigure, listShopFigure } from '@/lib/settlement';
import { merchantFigures } from '@/lib/settlement/views';
import type { GivenShop } from './builders';
import { given, portsAt } from './builders';
import type { GivenOrder } from './paid-order';
import { carryOutEverything, goodCard, linesOf, paidOrder, partOf, placedOrder } from './paid-order';

export const ports = portsAt();
export const tomorrow = portsAt(plusMs(lastCutOff(ports.clock.now(), 'Europe/Paris'), DAY + HOUR));
export const finance: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'finance' };

export async function sold(shop: GivenShop, priceMinor: number): Promise<void> {
  const order = await paidOrder([{ offer: await given.offer({ shop, priceMinor }) }]);
  await servePart(order, shop);
}

export async function servePart(order: GivenOrder, shop: GivenShop): Promise<void> {
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await markReady(shop.scope, { subOrderId: part.id }, ports);
  await handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
  await carryOutEverything(ports);
}

export async function merchantOf(shop: GivenShop) {
  const [row] = await databaseHandle().sql<{ id: string }[]>`select merchant_id as id from shops where id = ${shop.shopId}`;
  const id = parseId('merchant', row?.id ?? '');
  if (!id) throw new Error('a shop has a merchant');
  return id;
}

/** What the demo provider's own books say is on a merchant's account there, and what went to its bank. */
export async function accountOf(shop: GivenShop) {
  const account = `acct_demo_${await merchantOf(shop)}`;
  const [row] = await databaseHandle().sql<{ moved: number; back: number; paid: number }[]>`
    select coalesce(sum(amount_minor) filter (where kind = 'transfer'), 0)::int as moved,
      coalesce((select sum(r.amount_minor) from demo_entries r join demo_entries t on t.reference = r.about where r.kind = 'reversal' and t.account = ${account}), 0)::int as back,
      coalesce(sum(amount_minor) filter (where kind = 'payout'), 0)::int as paid from demo_entries where account = ${account}`;
  return row ?? { moved: 0, back: 0, paid: 0 };
}

/** What the demo's bank has to say about this merchant's payout. */
export async function answerOf(shop: GivenShop): Promise<DemoWebhook> {
  const [row] = await databaseHandle().sql<{ data: DemoWebhook }[]>`
    select j.data from pgboss.job j join payouts p on p.id = j.data -> 'data' -> 'object' -> 'metadata' ->> 'payout_id'
    where j.name = ${DEMO_WEBHOOK_QUEUE} and p.merchant_id = ${await merchantOf(shop)} limit 1`;
  if (!row) throw new Error('the demo bank answers');
  return row.data;
}

export async function told(webhook: DemoWebhook, at: Instant = tomorrow.clock.now()): Promise<void> {
  const signed = signedDemoWebhook(webhook);
  expect((await hearWebhook(signed.body, signed.signature, portsAt(at))).ok).toBe(true);
  await carryOutEverything(portsAt(at));
}

export const sends = async (at = tomorrow) => {
  await sendTransfers(at);
  await payOut(at);
  return sendPayouts(at);
};

export async function merchantBalance(shop: GivenShop) {
  const merchantId = await merchantOf(shop);
  return (await listBalances(finance, tomorrow)).find((one) => one.merchantId === merchantId);
}

/** Two shops' things bought with the card whose payments the demo's bank takes back; both handed over. */
export async function disputed() {
  const shops = [await given.shop({ commissionBps: 0 }), await given.shop({ commissionBps: 0 })] as const;
  const offers = [
    { offer: await given.offer({ shop: shops[0], priceMinor: 600 }) },
    { offer: await given.offer({ shop: shops[1], priceMinor: 300, listing: await given.listing({ title: 'Sel' }) }) },
  ];
  const order = await placedOrder(offers, ports);
  await payWithDemoCard(order.orderToken, { ...goodCard, number: '4000000000000259' }, ports);
  for (const shop of shops) await servePart(order, shop);
  const [row] = await databaseHandle().sql<{ data: DemoWebhook }[]>`
    select data from pgboss.job where name = ${DEMO_WEBHOOK_QUEUE} and data ->> 'type' = 'charge.dispute.created'`;
  if (!row) throw new Error('the demo bank takes it back');
  return { shops, order, opened: row.data };
}

export const closed = async () => {
  const [row] = await databaseHandle().sql<{ data: DemoWebhook }[]>`
    select data from pgboss.job where name = ${DEMO_WEBHOOK_QUEUE} and data ->> 'type' = 'charge.dispute.closed'`;
  if (!row) throw new Error('the demo bank decides');
  return row.data;
};
export const balances = async (...shops: readonly GivenShop[]) =>
  Promise.all(shops.map(async (shop) => (await getStatement(shop.scope, undefined, tomorrow))?.balanceMinor));

/** Every figure of a merchant opens to lines that sum to it, for the city and for the shop, and each line's entries hold its amount. */
export async function expectToOpen(shop: GivenShop): Promise<void> {
  const balance = await merchantBalance(shop);
  for (const figure of merchantFigures) {
    const opened = [await listMerchantFigure(finance, await merchantOf(shop), figure), await listShopFigure(shop.scope, figure)];
    for (const view of opened) {
      const shown = view?.lines.map((line) => line.amountMinor) ?? [];
      const told = { sumMinor: view?.sumMinor, lines: shown.reduce((sum, amount) => sum + amount, view?.earlier?.amountMinor ?? 0) };
      const figureMinor = balance?.[`${figure}Minor`] ?? 0;
      expect({ figure, ...told }).toEqual({ figure, sumMinor: figureMinor, lines: figureMinor });
    }
    // The city reads whole transactions, which sum to nothing; a shop reads its own entries, which are the line.
    const sums = opened.map((view) => view?.lines.map((line) => line.entries.reduce((sum, entry) => sum + entry.amountMinor, 0)));
    expect(sums).toEqual([opened[0]?.lines.map(() => 0), opened[1]?.lines.map((line) => line.amountMinor)]);
  }
}

/** What is open, by its lists and by adding the whole ledger up; the two are never apart. */
export async function expectListsToAgree(): Promise<void> {
  const { sql } = databaseHandle();
  const apart = await sql`
    select 'funds' as list, coalesce(f.sub_order_id, e.holder) as what from open_funds f full join (
        select holder, sum(amount_minor) as sum from ledger_entries join sub_orders s on s.id = holder where account = 'shopper-funds' and phase = 'posted' group by 1
        having sum(amount_minor) <> 0) e on e.holder = f.sub_order_id where e.sum is distinct from f.funds_minor
    union all select 'vouchers', coalesce(o.transaction_id, e.id) from open_voucher_dues o full join (
        select t.id, l.holder, -sum(l.amount_minor) as owed from ledger_transactions t join ledger_entries l on l.transaction_id = t.id
        where l.account = 'voucher' and t.kind in ('earned', 'refunded')
          and not exists (select 1 from voucher_settlement_transactions v where v.transaction_id = t.id and v.issuer_id = l.holder) group by 1, 2) e
      on e.id = o.transaction_id and e.holder = o.issuer_id where e.owed is distinct from o.owed_minor
    union all select 'fees', coalesce(o.transaction_id, e.id) from open_fees o full join (
        select distinct t.id from ledger_transactions t join ledger_entries l on l.transaction_id = t.id and l.account in ('commission', 'commission-vat')
        where t.merchant_id is not null and t.kind <> 'commission-rounded'
          and not exists (select 1 from commission_document_transactions c where c.transaction_id = t.id)) e
      on e.id = o.transaction_id where o.transaction_id is null or e.id is null`;
  expect(apart.filter(({ what }) => !String(what).startsWith('led_old'))).toEqual([]);
}
