import { beforeEach, expect, test } from 'vitest';
import { expireUnpaid } from '@/lib/checkout';
import { acceptSubOrder, refuseSubOrder } from '@/lib/fulfilment';
import { demoFor } from '@/lib/intents';
import { isIban } from '@/lib/intents/iban';
import { DAY, MINUTE, dayKey, plusMs } from '@/lib/kernel';
import type { DemoTransferKind, DemoWebhook } from '@/lib/payments';
import {
  capturePayment,
  chooseMethod,
  getPaymentPage,
  payWithDemoCard,
  sendBackLeftovers,
  sendFromDemoBank,
  startPayment,
  syncPayment,
} from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { DEMO_WEBHOOK_QUEUE } from '@/lib/platform/jobs';
import type { Ports } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { reconcileDay } from '@/lib/reconciliation';
import { checkLedger } from '@/lib/settlement';
import type { GivenShop } from '../../support/builders';
import { given, portsAt, wednesdayMorning } from '../../support/builders';
import type { GivenOrder } from '../../support/paid-order';
import { carryOutEverything, deliverWebhook, goodCard, partOf, partsOf, placedOrder } from '../../support/paid-order';

const tooLate = portsAt(plusMs(wednesdayMorning, 20 * MINUTE));

/** What the demo's bank has to tell, told. */
async function hear(ports: Ports = portsAt(), copies = 1): Promise<readonly string[]> {
  const rows = await databaseHandle().sql<{ data: DemoWebhook }[]>`
    with taken as (delete from pgboss.job where name = ${DEMO_WEBHOOK_QUEUE} returning data, created_on, id) select data from taken order by created_on, id`;
  const heard: string[] = [];
  for (const { data } of rows) for (let copy = 0; copy < copies; copy += 1) heard.push(await deliverWebhook(data, ports));
  await carryOutEverything(ports);
  return heard;
}

async function transferOrder(stock?: number) {
  const shop = await given.shop();
  const order = await placedOrder([{ offer: await given.offer({ shop, ...(stock !== undefined && { stock }) }) }]);
  const chosen = await chooseMethod(order.orderToken, 'bank-transfer', portsAt());
  if (!chosen.ok) throw new Error(chosen.error.kind);
  return { shop, order, page: chosen.value };
}

const send = async (order: GivenOrder, kind: DemoTransferKind, ports = portsAt()) => {
  expect(await sendFromDemoBank(order.orderToken, kind, ports)).toEqual({ ok: true, value: undefined });
};

/** What our books and the bank's say of an order's transfers, all of its intents together. */
async function booksOf(order: GivenOrder) {
  const [row] = await databaseHandle().sql`
    with mine as (select p.id, p.provider_reference as reference from payments p where p.order_id = ${order.orderId}
      union all select p.id, f.reference from former_intents f join payments p on p.id = f.payment_id where p.order_id = ${order.orderId})
    select p.state, p.captured_minor::int as captured,
      (p.sent_back_minor + coalesce((select sum(f.sent_back_minor) from former_intents f where f.payment_id = p.id), 0))::int as "sentBack",
      (select coalesce(sum(t.amount_minor), 0)::int from demo_bank_transfers t join mine m on m.reference = t.intent where t.direction = 'in') as "theyGot",
      (select coalesce(sum(t.amount_minor), 0)::int from demo_bank_transfers t join mine m on m.reference = t.intent where t.direction = 'back') as "theySentBack",
      (select coalesce(sum(d.captured_minor), 0)::int from demo_intents d join mine m on m.reference = d.reference) as "theyTook"
    from payments p where p.order_id = ${order.orderId}`;
  return row as { state: string; captured: number; sentBack: number; theyGot: number; theySentBack: number; theyTook: number };
}

/** Nothing lies anywhere: what came is taken or back, and both books say the same of it. */
async function expectSettled(order: GivenOrder): Promise<void> {
  const { captured, sentBack, theyGot, theySentBack, theyTook } = await booksOf(order);
  expect({ theyTook, theySentBack, theyGot }).toEqual({ theyTook: captured, theySentBack: sentBack, theyGot: captured + sentBack });
  expect(await checkLedger(reader())).toEqual([]);
}

async function accept(order: GivenOrder, shop: GivenShop): Promise<void> {
  await acceptSubOrder(shop.scope, (await partOf(order, shop)).id, portsAt());
  await carryOutEverything(portsAt());
}

beforeEach(async () => {
  await databaseHandle().sql`delete from pgboss.job where name = ${DEMO_WEBHOOK_QUEUE}`;
});

test('a transfer has an account of its own and a code for it; part of the money waits for the rest, and the whole pays', async () => {
  const { order, page } = await transferOrder();
  const { transfer } = page;
  expect(page).toMatchObject({ state: 'open', method: 'bank-transfer', methods: ['card', 'bank-transfer'] });
  expect(transfer).toMatchObject({ reference: order.number, arrivedMinor: 0, missingMinor: 450 });
  expect(isIban(transfer?.iban ?? '')).toBe(true);
  expect(transfer?.code?.split('\n')).toEqual([
    'BCD',
    '002',
    '1',
    'SCT',
    transfer?.bic,
    transfer?.beneficiary,
    transfer?.iban,
    'EUR4.50',
    '',
    '',
    order.number,
  ]);

  await send(order, 'part');
  expect((await getPaymentPage(order.orderToken))?.transfer?.arrivedMinor, 'nobody has told us').toBe(0);
  expect(await hear()).toEqual(['heard']);
  const half = await getPaymentPage(order.orderToken);
  expect(half).toMatchObject({ state: 'open', transfer: { arrivedMinor: 225, missingMinor: 225 } });
  expect(half?.transfer?.code).toContain('EUR2.25');
  expect((await partsOf(order)).map(({ state }) => state)).toEqual(['placed']);

  await send(order, 'exact');
  expect(await hear(portsAt(), 2)).toEqual(['heard', 'heard-before']);
  expect((await getPaymentPage(order.orderToken))?.state).toBe('authorised');
  expect((await partsOf(order)).map(({ state }) => state)).toEqual(['offered']);
  expect((await booksOf(order)).theyTook, 'held, not taken').toBe(0);
});

test('what a shop cannot serve, a surplus and a second transfer go back; the books agree to the cent and to the name of the taking', async () => {
  const [yes, no] = [await given.shop(), await given.shop()];
  const order = await placedOrder(
    [
      { offer: await given.offer({ shop: yes }) },
      { offer: await given.offer({ shop: no, listing: await given.listing({ title: 'Sel' }) }) },
    ],
    portsAt(),
    'refund',
  );
  await chooseMethod(order.orderToken, 'bank-transfer', portsAt());
  await send(order, 'too-much');
  await hear();
  await send(order, 'twice');
  await hear();
  await acceptSubOrder(yes.scope, (await partOf(order, yes)).id, portsAt());
  await refuseSubOrder(no.scope, { subOrderId: (await partOf(order, no)).id, reason: 'missing' }, portsAt());
  await carryOutEverything(portsAt());
  await hear();
  expect(await booksOf(order)).toEqual({
    state: 'captured',
    captured: 450,
    sentBack: 2_750,
    theyGot: 3_200,
    theySentBack: 2_750,
    theyTook: 450,
  });

  await send(order, 'exact'); // long after: nobody waits for it
  await hear();
  expect(await sendBackLeftovers(portsAt())).toBe(1);
  expect(await sendBackLeftovers(portsAt()), 'once').toBe(0);
  await expectSettled(order);
  const compared = await reconcileDay(dayKey(wednesdayMorning, 'Europe/Paris'), portsAt());
  expect(compared.differences).toEqual([]);
  expect(compared.compared).toBeGreaterThan(0);
});

test('money that comes too late, or too little in time, goes back whole and nothing was ever taken', async () => {
  const [late, little] = [await transferOrder(1), await transferOrder(1)];
  await send(little.order, 'part');
  await hear();
  await expireUnpaid(tooLate.clock.now(), tooLate);
  await send(late.order, 'exact', tooLate);
  await hear(tooLate);
  await sendBackLeftovers(tooLate);
  for (const { order } of [late, little]) {
    expect((await getPaymentPage(order.orderToken))?.state).toBe('expired');
    expect((await booksOf(order)).state).toBe('voided');
    await expectSettled(order);
    await send(order, 'exact', tooLate); // and again, when it is long over
    await hear(tooLate);
    await sendBackLeftovers(tooLate);
    await expectSettled(order);
  }
  expect(await booksOf(late.order)).toMatchObject({ captured: 0, theyGot: 900 });
});

test('changing one’s mind lets go first: the card before the transfer is asked for, and what still comes by transfer goes back', async () => {
  const order = await placedOrder([{ offer: await given.offer({ shop: await given.shop() }) }]);
  await startPayment(order.orderToken, portsAt());
  const intents = async () =>
    databaseHandle()
      .sql`select d.method, d.state from demo_intents d where d.idempotency_key like ${`${order.orderId}%`} order by d.idempotency_key`;
  await chooseMethod(order.orderToken, 'bank-transfer', portsAt());
  expect(await intents()).toEqual([
    { method: 'card', state: 'cancelled' },
    { method: 'bank-transfer', state: 'requires-transfer' },
  ]);
  const [before] = await databaseHandle().sql<
    { reference: string }[]
  >`select provider_reference as reference from payments where order_id = ${order.orderId}`;
  await chooseMethod(order.orderToken, 'bank-transfer', portsAt());
  expect(await intents(), 'the same choice again is no change').toHaveLength(2);
  expect(await payWithDemoCard(order.orderToken, goodCard, portsAt())).toEqual({ ok: false, error: { kind: 'paid-by-transfer' } });

  await chooseMethod(order.orderToken, 'card', portsAt());
  await demoFor({ clock: portsAt().clock, isReplayed: false }).sendTransfer(before?.reference ?? '', 'exact');
  await hear();
  expect(
    (await partsOf(order)).map(({ state }) => state),
    'it pays nothing',
  ).toEqual(['placed']);
  expect(await payWithDemoCard(order.orderToken, goodCard, portsAt())).toEqual({ ok: true, value: 'authorised' });
  await sendBackLeftovers(portsAt());
  expect(await booksOf(order)).toMatchObject({ state: 'authorised', theyGot: 450, theySentBack: 450, sentBack: 450 });
  await chooseMethod(order.orderToken, 'bank-transfer', portsAt());
  expect((await getPaymentPage(order.orderToken))?.method, 'what is paid is not paid again').toBe('card');
});

test('some of the money has come: the method stays, and the rest pays', async () => {
  const { order } = await transferOrder();
  await send(order, 'part'); // the message has not come: who changes asks the bank first
  expect(await chooseMethod(order.orderToken, 'card', portsAt())).toEqual({ ok: false, error: { kind: 'money-arrived' } });
  await send(order, 'late');
  expect(await syncPayment(order.orderToken, portsAt()), 'the shopper asks, before the message').toMatchObject({
    ok: true,
    value: { state: 'authorised' },
  });
});

test('in any number of tabs, by card and by transfer at once: one is held, the shop is asked once, and all else goes back', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { order, shop } = await transferOrder();
    const tabs = [
      () => chooseMethod(order.orderToken, 'card', portsAt()),
      () => payWithDemoCard(order.orderToken, goodCard, portsAt()),
      () => sendFromDemoBank(order.orderToken, 'exact', portsAt()),
      () => chooseMethod(order.orderToken, 'bank-transfer', portsAt()),
      () => startPayment(order.orderToken, portsAt()),
      () => hear(),
    ];
    await Promise.all([...tabs, ...tabs, ...tabs].map((tab) => tab()));
    await hear();
    await payWithDemoCard(order.orderToken, goodCard, portsAt());
    await send(order, 'exact').catch(() => undefined); // only where a transfer is the choice
    await hear();
    await accept(order, shop);
    await hear();
    await sendBackLeftovers(portsAt());
    const { method, offers, cards } = (
      await databaseHandle().sql<{ method: string; offers: number; cards: number }[]>`
        select p.method, (select count(*)::int from domain_events where name = 'OrderPaid' and subject = p.order_id) as offers,
          (select count(*)::int from demo_intents d where d.method = 'card' and d.state in ('authorised', 'captured') and d.idempotency_key like p.order_id || '%') as cards
        from payments p where p.order_id = ${order.orderId}`
    )[0] ?? { method: '', offers: 0, cards: 0 };
    expect({ offers, cards }).toEqual({ offers: 1, cards: method === 'card' ? 1 : 0 });
    const books = await booksOf(order);
    expect(books).toMatchObject({ state: 'captured', captured: 450, theyTook: 450 });
    expect(books.theyGot).toBe(books.theySentBack + (method === 'card' ? 0 : 450));
    expect(books.sentBack).toBe(books.theySentBack);
  }
});

test('a crash after the bank took and sent back, before it was written down, is carried on', async () => {
  const { order, shop } = await transferOrder();
  await send(order, 'too-much');
  await hear();
  const { sql } = databaseHandle();
  await sql.unsafe(`create function dies() returns trigger language plpgsql as $$ begin raise exception 'the power went out'; end $$`);
  await sql.unsafe(`create trigger dies before update on payments for each row when (new.state = 'captured') execute function dies()`);
  await accept(order, shop).catch(() => undefined);
  await capturePayment(order.orderId, portsAt()).catch(() => undefined);
  await sql.unsafe(`drop trigger dies on payments; drop function dies()`);
  expect(await booksOf(order)).toMatchObject({ state: 'authorised', theyTook: 450, theySentBack: 500 });
  await capturePayment(order.orderId, portsAt());
  await hear();
  expect(await booksOf(order)).toMatchObject({ state: 'captured', captured: 450, sentBack: 500 });
  await expectSettled(order);
});

test('a city that does not want it offers it to nobody, and a stranger’s order is none', async () => {
  const { sql } = databaseHandle();
  const order = await placedOrder([{ offer: await given.offer({ shop: await given.shop() }) }]);
  await sql`insert into modules (name, enabled, updated_at) values ('bank-transfer', false, now())`;
  expect(await chooseMethod(order.orderToken, 'bank-transfer', portsAt())).toEqual({ ok: false, error: { kind: 'transfer-not-offered' } });
  expect((await getPaymentPage(order.orderToken))?.methods).toEqual(['card']);
  await sql`delete from modules where name = 'bank-transfer'`;
  expect(await chooseMethod('a-token-of-nothing', 'bank-transfer', portsAt())).toEqual({ ok: false, error: { kind: 'order-not-found' } });
  expect(await sendFromDemoBank('a-token-of-nothing', 'exact', portsAt())).toEqual({ ok: false, error: { kind: 'order-not-found' } });
  expect(await sendFromDemoBank(order.orderToken, 'exact', portsAt())).toEqual({ ok: false, error: { kind: 'no-demo-here' } });
  expect(await chooseMethod(order.orderToken, 'bank-transfer', portsAt(plusMs(wednesdayMorning, DAY)))).toEqual({
    ok: false,
    error: { kind: 'order-over' },
  });
});
