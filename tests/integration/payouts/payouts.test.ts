import { beforeEach, expect, test } from 'vitest';
import { commissionRuleInput, previewRule, scheduleRule, withdrawRule } from '@/lib/commission';
import { answerDispute, listDisputes } from '@/lib/disputes';
import { DAY, plusMs } from '@/lib/kernel';
import { holdPayouts, liftHold, payOut, sendPayouts, sendTransfers } from '@/lib/payouts';
import { databaseHandle } from '@/lib/platform/database';
import { DEMO_WEBHOOK_QUEUE } from '@/lib/platform/jobs';
import type { Ports } from '@/lib/platform/ports';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { listReconciliations, noteDifference, reconcileDay } from '@/lib/reconciliation';
import { checkLedger, getStatement } from '@/lib/settlement';
import { loadShopBook } from '@/lib/shops';
import { given, portsAt } from '../../support/builders';
import {
  accountOf,
  answerOf,
  balances,
  closed,
  disputed,
  expectToOpen,
  finance,
  merchantBalance,
  merchantOf,
  ports,
  sends,
  sold,
  told,
  tomorrow,
} from '../../support/merchant-money';
import { carryOutEverything, paidOrder, partOf } from '../../support/paid-order';

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
  await expectToOpen(shop);
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

test('a dispute keeps aside each shop’s own part, gives it back when it is won, and no message of it counts twice', async () => {
  const { shops, order, opened } = await disputed();
  const bystander = await given.shop({ commissionBps: 0 });
  await sold(bystander, 900);
  expect(await balances(...shops, bystander)).toEqual([600, 300, 900]);
  await told(opened);
  await told({ ...opened, id: 'evt_again', type: 'charge.dispute.updated' });
  expect(await balances(...shops, bystander)).toEqual([0, 0, 900]);
  expect(await merchantBalance(shops[0])).toMatchObject({ disputedMinor: 600 });
  for (const shop of [...shops, bystander]) await expectToOpen(shop);
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
  expect(await balances(...shops, bystander)).toEqual([600, 300, 0]); // the bystander was paid meanwhile
  expect(await answerDispute(finance, contest, ports)).toEqual({ ok: false, error: { kind: 'dispute-over' } });
  expect(await checkLedger(reader())).toEqual([]);
});

test('a dispute that names a sub-order is that shop’s alone, whoever bears it when it is lost', async () => {
  const { shops, order, opened } = await disputed();
  await databaseHandle().sql`update demo_entries set amount_minor = 300 where reference = ${opened.data.object.id}`;
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

test('a rate of commission is announced fifteen days before, counts from its midnight, and never for what was ordered before', async () => {
  const [shop, other] = [await given.shop({ commissionBps: 800 }), await given.shop({ commissionBps: 800 })];
  const rateOf = async (at: Ports, of = shop) => (await loadShopBook(at.clock.now())).get(of.shopId)?.commissionRates[0]?.rateBps;
  const rule = { subject: shop.shopId, rate: 500, from: '2026-12-10', to: '2026-12-31', reason: 'A welcome rate for December.' };
  expect(await scheduleRule(finance, rule, ports)).toMatchObject({ ok: false, error: { kind: 'too-soon' } });
  expect((await scheduleRule({ ...finance, role: 'support' }, { ...rule, from: '2026-12-20' }, ports)).ok).toBe(false);
  const made = await scheduleRule(finance, { ...rule, from: '2026-12-20' }, ports);
  if (!made.ok) throw new Error(made.error.kind);
  const city = await scheduleRule(finance, { ...rule, subject: 'city', rate: 900, from: '2026-12-20', to: '' }, ports);
  await carryOutEverything(ports);
  const told = await databaseHandle().sql<
    { kind: string }[]
  >`select kind from messages where subject = ${made.value} and kind = 'commission-scheduled'`;
  expect(told).toHaveLength(1); // the shop's own merchant, and no other

  const [before, during, after] = [
    portsAt(plusMs(ports.clock.now(), 24 * DAY)),
    portsAt(plusMs(ports.clock.now(), 26 * DAY)),
    portsAt(plusMs(ports.clock.now(), 40 * DAY)),
  ];
  expect([await rateOf(before), await rateOf(during), await rateOf(after)]).toEqual([800, 500, 900]);
  expect([await rateOf(before, other), await rateOf(during, other)]).toEqual([800, 900]);
  const preview = await previewRule(finance, { subject: shop.shopId, rateBps: 500, categoryId: undefined, method: undefined }, ports);
  expect(preview.shops).toMatchObject([{ nowBps: 800, sampleNowMinor: 400, sampleThenMinor: 250 }]);

  expect(city.ok && (await withdrawRule(finance, city.value, ports)).ok).toBe(true);
  expect(await rateOf(after)).toBe(800);
  expect(await withdrawRule(finance, made.value, during)).toEqual({ ok: false, error: { kind: 'rule-not-found' } });
  const shortened = databaseHandle()
    .sql`update commission_rules set valid_from = announced_at + interval '14 days' where id = ${made.value}`;
  await expect(shortened).rejects.toThrow(/fifteen_days/);
});

test('a rate for a department, or for what a module brings, counts for its lines alone and is frozen with them', async () => {
  const courier = { priceMinor: 390, radiusMetres: 6_000, slots: [['08:00', '22:00']] as const };
  const shop = await given.shop({ commissionBps: 800, services: { courier } });
  const categoryId = await given.category();
  const [book, bread] = [await given.listing({ title: 'Roman', categoryId }), await given.listing({ title: 'Pain' })];
  const narrow = { rate: 500, from: '2026-12-20', to: '', reason: 'Books live on small margins.' };
  const of = (input: object) => commissionRuleInput.parse({ subject: 'city', ...narrow, rate: '5', ...input });
  expect(await scheduleRule(finance, of({ department: systemIds.make('category') }), ports)).toMatchObject({
    ok: false,
    error: { kind: 'department-not-found' },
  });
  const books = await scheduleRule(finance, of({ department: categoryId }), ports);
  const bikes = await scheduleRule(finance, of({ method: 'courier', rate: '9' }), ports);
  if (!books.ok || !bikes.ok) throw new Error('refused');

  const then = portsAt(plusMs(ports.clock.now(), 30 * DAY));
  const wanted = [book, bread].map(async (listing) => ({ offer: await given.offer({ shop, listing, priceMinor: 1_001 }), quantity: 1 }));
  const order = await paidOrder(await Promise.all(wanted), then);
  const frozen = await databaseHandle().sql`
    select title, commission_bps::int as bps, commission_minor::int as fee, commission_rule_id as rule from order_lines l
    join sub_orders p on p.id = l.sub_order_id where p.order_id = ${order.orderId} order by title`;
  expect(frozen).toEqual([
    { title: 'Pain', bps: 800, fee: 80, rule: null },
    { title: 'Roman', bps: 500, fee: 50, rule: books.value },
  ]);
  const wish = { subject: shop.shopId, rateBps: 200, categoryId: undefined, method: 'courier' as const };
  expect((await previewRule(finance, wish, then)).shops).toMatchObject([{ nowBps: 900, sampleNowMinor: 450, sampleThenMinor: 100 }]);
});
