import { beforeEach, expect, test } from 'vitest';
import { acceptSubOrder, handOver, markReady, tickLine } from '@/lib/fulfilment';
import { DAY, HOUR, parseId, plusMs } from '@/lib/kernel';
import type { Instant, OperatorScope } from '@/lib/kernel';
import { answerDispute, listDisputes } from '@/lib/disputes';
import { hearWebhook, payWithDemoCard, signedDemoWebhook } from '@/lib/payments';
import { holdPayouts, liftHold, listBalances, payOut, sendPayouts, sendTransfers } from '@/lib/payouts';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { DEMO_WEBHOOK_QUEUE } from '@/lib/platform/jobs';
import { reader } from '@/lib/platform/transaction';
import type { DemoWebhook } from '@/lib/provider';
import { listReconciliations, noteDifference, reconcileDay } from '@/lib/reconciliation';
import { checkLedger, getStatement, lastCutOff } from '@/lib/settlement';
import type { GivenShop } from '../../support/builders';
import { given, portsAt } from '../../support/builders';
import type { GivenOrder } from '../../support/paid-order';
import { carryOutEverything, goodCard, linesOf, paidOrder, partOf, placedOrder } from '../../support/paid-order';

const ports = portsAt();
const tomorrow = portsAt(plusMs(lastCutOff(ports.clock.now(), 'Europe/Paris'), DAY + HOUR));
const finance: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'finance' };

async function sold(shop: GivenShop, priceMinor: number): Promise<void> {
  const order = await paidOrder([{ offer: await given.offer({ shop, priceMinor }) }]);
  await servePart(order, shop);
}

async function servePart(order: GivenOrder, shop: GivenShop): Promise<void> {
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await markReady(shop.scope, { subOrderId: part.id }, ports);
  await handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
  await carryOutEverything(ports);
}

async function merchantOf(shop: GivenShop) {
  const [row] = await databaseHandle().sql<{ id: string }[]>`select merchant_id as id from shops where id = ${shop.shopId}`;
  const id = parseId('merchant', row?.id ?? '');
  if (!id) throw new Error('a shop has a merchant');
  return id;
}

/** What the demo provider's own books say is on a merchant's account there, and what went to its bank. */
async function accountOf(shop: GivenShop) {
  const account = `acct_demo_${await merchantOf(shop)}`;
  const [row] = await databaseHandle().sql<{ moved: number; back: number; paid: number }[]>`
    select coalesce(sum(amount_minor) filter (where kind = 'transfer'), 0)::int as moved,
      coalesce((select sum(r.amount_minor) from demo_entries r join demo_entries t on t.reference = r.about where r.kind = 'reversal' and t.account = ${account}), 0)::int as back,
      coalesce(sum(amount_minor) filter (where kind = 'payout'), 0)::int as paid from demo_entries where account = ${account}`;
  return row ?? { moved: 0, back: 0, paid: 0 };
}

/** What the demo's bank has to say about this merchant's payout. */
async function answerOf(shop: GivenShop): Promise<DemoWebhook> {
  const [row] = await databaseHandle().sql<{ data: DemoWebhook }[]>`
    select j.data from pgboss.job j join payouts p on p.id = j.data -> 'data' -> 'object' -> 'metadata' ->> 'payout_id'
    where j.name = ${DEMO_WEBHOOK_QUEUE} and p.merchant_id = ${await merchantOf(shop)} limit 1`;
  if (!row) throw new Error('the demo bank answers');
  return row.data;
}

async function told(webhook: DemoWebhook, at: Instant = tomorrow.clock.now()): Promise<void> {
  const signed = signedDemoWebhook(webhook);
  expect((await hearWebhook(signed.body, signed.signature, portsAt(at))).ok).toBe(true);
  await carryOutEverything(portsAt(at));
}

const sends = async (at = tomorrow) => {
  await sendTransfers(at);
  await payOut(at);
  return sendPayouts(at);
};

async function merchantBalance(shop: GivenShop) {
  const merchantId = await merchantOf(shop);
  return (await listBalances(finance, tomorrow)).find((one) => one.merchantId === merchantId);
}

/** Each test has the night to itself. */
beforeEach(async () => {
  await databaseHandle().sql`delete from pgboss.job where name = ${DEMO_WEBHOOK_QUEUE}`;
  await databaseHandle().sql`delete from payout_runs`;
});

test('what is earned is transferred at once, paid out the night after and arrives when the bank says so, however often each is asked', async () => {
  const shop = await given.shop({ name: 'Chez Payée', commissionBps: 800 });
  await sold(shop, 1_000);
  await Promise.all(Array.from({ length: 5 }, () => sendTransfers(ports)));
  expect(await accountOf(shop)).toEqual({ moved: 904, back: 0, paid: 0 });
  expect(await merchantBalance(shop)).toMatchObject({ earnedMinor: 904, onTheWayMinor: 0, paidMinor: 0 });

  await Promise.all(Array.from({ length: 5 }, () => sends()));
  expect(await accountOf(shop)).toEqual({ moved: 904, back: 0, paid: 904 });
  expect(await merchantBalance(shop)).toMatchObject({ earnedMinor: 0, onTheWayMinor: 904 });
  expect((await getStatement(shop.scope, undefined, tomorrow))?.payouts[0]?.state).toBe('sent');

  const arrived = await answerOf(shop);
  await told(arrived);
  await told({ ...arrived, id: 'evt_the_same_again' });
  expect(await merchantBalance(shop)).toMatchObject({ onTheWayMinor: 0, paidMinor: 904 });
  expect((await getStatement(shop.scope, undefined, tomorrow))?.payouts[0]?.state).toBe('paid');
  expect(await checkLedger(reader())).toEqual([]);
});

test('a payout the bank sends back is the merchant’s balance again, and waits until somebody looked at it', async () => {
  const shop = await given.shop({ name: 'Chez Renvoyée', commissionBps: 0 });
  await sold(shop, 700);
  await sends();
  const arrived = await answerOf(shop);
  const failed = {
    ...arrived,
    id: 'evt_failed',
    type: 'payout.failed',
    data: { object: { ...arrived.data.object, failure_message: 'Account closed' } },
  };
  await told(failed);
  await told(arrived); // the older message comes after the newer one
  const statement = await getStatement(shop.scope, undefined, tomorrow);
  expect(statement).toMatchObject({ balanceMinor: 700, holds: [{ reason: 'bank-refused', statement: 'Account closed' }] });
  expect(statement?.lines.map((line) => line.kind)).toEqual(['payout-failed']);
  expect(statement?.payouts[0]?.state).toBe('failed');

  const later = portsAt(plusMs(tomorrow.clock.now(), DAY));
  await sends(later);
  expect(await accountOf(shop)).toMatchObject({ paid: 700 });
  const [hold] = (await merchantBalance(shop))?.holds ?? [];
  if (!hold) throw new Error('it is held');
  expect(await liftHold({ ...finance, role: 'viewer' }, hold.holdId, later)).toEqual({ ok: false, error: { kind: 'finance-only' } });
  expect((await liftHold(finance, hold.holdId, later)).ok).toBe(true);
  await sends(portsAt(plusMs(later.clock.now(), DAY)));
  expect(await accountOf(shop)).toEqual({ moved: 700, back: 0, paid: 1_400 }); // the demo lists the first, which came back, as well
  expect(await checkLedger(reader())).toEqual([]);
});

test('a hold keeps one merchant’s payouts, tells it why in writing, and ends by itself', async () => {
  const [held, free] = [
    await given.shop({ name: 'Chez Retenue', commissionBps: 0 }),
    await given.shop({ name: 'Chez Libre', commissionBps: 0 }),
  ];
  await sold(held, 300);
  await sold(free, 400);
  const merchantId = await merchantOf(held);
  const hold = { merchantId, reason: 'papers-missing' as const, statement: 'The tax number is missing.', days: 1 };
  expect((await holdPayouts({ ...finance, role: 'support' }, hold, ports)).ok).toBe(false);
  expect((await holdPayouts(finance, { ...hold, days: 2 }, ports)).ok).toBe(true);
  await carryOutEverything();
  const [mail] = await databaseHandle().sql<
    { text: string }[]
  >`select plain_text as text from messages where kind = 'payouts-held' order by id desc limit 1`;
  expect(mail?.text).toContain('The tax number is missing.');

  await sends();
  expect([await accountOf(held), await accountOf(free)]).toMatchObject([{ paid: 0 }, { paid: 400 }]);
  expect((await getStatement(held.scope, undefined, tomorrow))?.holds).toHaveLength(1);
  expect((await getStatement(free.scope, undefined, tomorrow))?.holds).toEqual([]);

  await sends(portsAt(plusMs(tomorrow.clock.now(), 2 * DAY)));
  expect(await accountOf(held)).toMatchObject({ moved: 300, paid: 300 });
});

test('whom the provider does not pay is not paid, and not asked to sell online', async () => {
  const shop = await given.shop({ name: 'Chez Sans Compte', commissionBps: 0 });
  await sold(shop, 500);
  await sendTransfers(ports);
  await databaseHandle().sql`update merchants set psp_account_state = 'pending' where id = ${await merchantOf(shop)}`;
  await sends();
  expect(await accountOf(shop)).toEqual({ moved: 500, back: 0, paid: 0 });
  expect((await getStatement(shop.scope, undefined, tomorrow))?.isPayable).toBe(false);
});

/** Two shops' things bought with the card whose payments the demo's bank takes back; both handed over. */
async function disputed() {
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

const closed = async () => {
  const [row] = await databaseHandle().sql<{ data: DemoWebhook }[]>`
    select data from pgboss.job where name = ${DEMO_WEBHOOK_QUEUE} and data ->> 'type' = 'charge.dispute.closed'`;
  if (!row) throw new Error('the demo bank decides');
  return row.data;
};
const balances = async (...shops: readonly GivenShop[]) =>
  Promise.all(shops.map(async (shop) => (await getStatement(shop.scope, undefined, tomorrow))?.balanceMinor));

test('a dispute keeps aside each shop’s own part, gives it back when it is won, and no message of it counts twice', async () => {
  const { shops, order, opened } = await disputed();
  const bystander = await given.shop({ commissionBps: 0 });
  await sold(bystander, 900);
  expect(await balances(...shops, bystander)).toEqual([600, 300, 900]);
  await told(opened);
  await told({ ...opened, id: 'evt_again', type: 'charge.dispute.updated' });
  expect(await balances(...shops, bystander)).toEqual([0, 0, 900]);
  expect(await merchantBalance(shops[0])).toMatchObject({ disputedMinor: 600 });
  await sends();
  expect(await accountOf(shops[0])).toMatchObject({ paid: 0 });

  const dispute = (await listDisputes(finance)).find((one) => one.orderNumber === order.number);
  if (!dispute) throw new Error('it is listed');
  expect(dispute.parts.map((part) => part.amountMinor)).toEqual([600, 300]);
  const contest = {
    disputeId: dispute.disputeId,
    answer: 'contest',
    bearer: 'merchant',
    evidence: 'Handed over with the code of the pass.',
  } as const;
  expect((await answerDispute({ ...finance, role: 'viewer' }, contest, ports)).ok).toBe(false);
  expect((await answerDispute(finance, contest, ports)).ok).toBe(true);
  const won = await closed();
  await told(won);
  await told({ ...opened, id: 'evt_late' }); // the first message comes once more, after the last
  expect(await balances(...shops, bystander)).toEqual([600, 300, 900]);
  expect(await answerDispute(finance, contest, ports)).toEqual({ ok: false, error: { kind: 'dispute-over' } });
  expect(await checkLedger(reader())).toEqual([]);
});

test('a dispute that names a sub-order is that shop’s alone, whoever bears it when it is lost', async () => {
  const { shops, order, opened } = await disputed();
  const named = { ...opened.data.object, metadata: { sub_orders: `${order.number}-2` }, amount: 300 };
  await told({ ...opened, data: { object: named } });
  const own = await Promise.all(shops.map((shop) => partOf(order, shop)));
  const second = own.findIndex((part) => part.number.endsWith('-2'));
  const expected = shops.map((_, index) => (index === 0 ? 600 : 300) - (index === second ? 300 : 0));
  expect(await balances(...shops)).toEqual(expected);

  const dispute = (await listDisputes(finance)).find((one) => one.orderNumber === order.number);
  if (!dispute) throw new Error('it is listed');
  await answerDispute(finance, { disputeId: dispute.disputeId, answer: 'accept', bearer: 'city' }, ports);
  await told(await closed());
  expect(await balances(...shops)).toEqual([600, 300]); // the city pays: nobody did anything wrong
  expect(await checkLedger(reader())).toEqual([]);
});

/** The day the tests sell on, and the night they pay out in. */
const [today, next] = ['2026-11-25', '2026-11-26'] as const;
const differencesOf = async (day: string) => (await reconcileDay(day, tomorrow)).differences.map(({ entry, kind }) => `${entry} ${kind}`);

test('the books of both sides agree to the cent, and whatever does not is listed, explained and resolved, never hidden', async () => {
  const { sql } = databaseHandle();
  const shop = await given.shop({ commissionBps: 0 });
  await sold(shop, 450);
  await sends();
  expect(await differencesOf(today)).toEqual([]);
  expect(await differencesOf(next)).toEqual([]);

  const [charge] = await sql<
    { reference: string }[]
  >`select reference from demo_entries where kind = 'charge' and amount_minor = 450 order by created_at desc limit 1`;
  const reference = charge?.reference ?? '';
  await sql`update demo_entries set amount_minor = 440 where reference = ${reference}`;
  await sql`insert into demo_entries (reference, kind, amount_minor, state, idempotency_key, created_at)
    select 're_by_hand', 'refund', 10, 'paid', 're_by_hand', created_at from demo_entries where reference = ${reference}`;
  expect(await differencesOf(today)).toEqual(['charge amount-differs', 'refund missing-here']);
  await sql`delete from demo_entries where reference = ${reference}`;
  expect(await differencesOf(today)).toEqual(['charge missing-there', 'refund missing-here']);

  expect((await noteDifference(finance, { entry: 'refund', reference: 're_by_hand', note: 'Made by hand on Tuesday.' })).ok).toBe(true);
  expect((await noteDifference({ ...finance, role: 'viewer' }, { entry: 'refund', reference: 're_by_hand', note: 'Nothing.' })).ok).toBe(
    false,
  );
  await sql`insert into demo_entries (reference, kind, amount_minor, state, idempotency_key, created_at) values (${reference}, 'charge', 450, 'paid', ${reference}, ${new Date(ports.clock.now()).toISOString()})`;
  await sql`delete from demo_entries where reference = 're_by_hand'`;
  expect(await differencesOf(today)).toEqual([]);
  const { differences } = await listReconciliations(finance);
  expect(differences.map((one) => [one.entry, one.resolvedAt !== undefined, one.note])).toEqual([
    ['charge', true, undefined],
    ['refund', true, 'Made by hand on Tuesday.'],
  ]);
});

test('a provider that is away, and a crash between its answer and our commit at each step, change nothing in the end', async () => {
  const { sql } = databaseHandle();
  const shop = await given.shop({ commissionBps: 800 });
  await sold(shop, 1_000);
  const away = async (work: () => Promise<unknown>) => {
    await sql`alter table demo_entries rename to demo_entries_away`;
    await work().catch(() => undefined);
    await sql`alter table demo_entries_away rename to demo_entries`;
  };
  await away(() => sendTransfers(ports));
  expect(await accountOf(shop)).toMatchObject({ moved: 0 });
  await sendTransfers(ports);
  await sql`update transfers set sent_at = null, provider_reference = null`; // as a crash leaves it
  await sendTransfers(ports);
  await payOut(tomorrow);
  await away(() => sendPayouts(tomorrow));
  await away(() => reconcileDay(next, tomorrow));
  await sendPayouts(tomorrow);
  await sql`update payouts set state = 'created', sent_at = null, provider_reference = null where state = 'sent' and merchant_id = ${await merchantOf(shop)}`;
  await sendPayouts(tomorrow);
  await told(await answerOf(shop));
  expect(await accountOf(shop)).toEqual({ moved: 904, back: 0, paid: 904 });
  expect(await merchantBalance(shop)).toMatchObject({ earnedMinor: 0, onTheWayMinor: 0, paidMinor: 904 });
  expect(await differencesOf(next)).toEqual([]);
  expect(await checkLedger(reader())).toEqual([]);
});
