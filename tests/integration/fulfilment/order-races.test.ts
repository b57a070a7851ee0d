import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { expireUnpaid } from '@/lib/checkout';
import {
  acceptSubOrder,
  answerCarry,
  cancelByShopper,
  handOver,
  markReady,
  refuseSubOrder,
  resolveRescues,
  startPreparing,
  tickLine,
  timeOutUnanswered,
} from '@/lib/fulfilment';
import { listLevelsOffTheirClaims, recordCount } from '@/lib/inventory';
import { HOUR, MINUTE, plusMs } from '@/lib/kernel';
import { payWithDemoCard, returnMoney } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { type GivenOffer, type GivenShop, given, portsAt, wednesdayMorning } from '../../support/builders';
import { askedOf, type Sold, street } from '../../support/network-street';
import {
  carryOutEverything,
  goodCard,
  type GivenOrder,
  linesOf,
  moneyOf,
  paidOrder,
  partOf,
  partsOf,
  placedOrder,
} from '../../support/paid-order';

const ports = portsAt();
const HUNDRED = 100;

async function sold(): Promise<{ readonly shop: GivenShop; readonly offer: GivenOffer; readonly order: GivenOrder }> {
  const shop = await given.shop();
  const offer = await given.offer({ shop });
  return { shop, offer, order: await paidOrder([{ offer, quantity: 2 }], ports, 'refund') };
}

async function level({ offerId }: GivenOffer) {
  return (await databaseHandle().sql`select on_hand, reserved, allocated from stock_levels where offer_id = ${offerId}`)[0];
}

/** A hundred hands at the same moment, taking turns between what they want. */
async function atOnce<T>(first: () => Promise<T>, second: () => Promise<T> = first): Promise<readonly T[]> {
  return Promise.all(Array.from({ length: HUNDRED }, (_, index) => (index % 2 === 0 ? first() : second())));
}

async function changesOf(order: GivenOrder, event: string): Promise<number> {
  const [row] = await databaseHandle().sql<{ count: number }[]>`
    select count(*)::int as count from sub_order_events e join sub_orders s on s.id = e.sub_order_id where s.order_id = ${order.orderId} and e.event = ${event}`;
  return row?.count ?? 0;
}

test('an answer and its deadline at the same moment: one of them counts, and the units follow it', async () => {
  const { shop, offer, order } = await sold();
  const part = await partOf(order, shop);
  const deadline = portsAt(plusMs(wednesdayMorning, HOUR));
  await atOnce<unknown>(
    () => acceptSubOrder(shop.scope, part.id, deadline),
    () => timeOutUnanswered(deadline),
  );
  const { state } = await partOf(order, shop);
  expect(['accepted', 'unanswered']).toContain(state);
  expect((await changesOf(order, 'accept')) + (await changesOf(order, 'time-out'))).toBe(1);
  expect(await level(offer)).toMatchObject({ allocated: state === 'accepted' ? 2 : 0 });
});

test('of a hundred hands that accept the same order, one does; the others hear that it is accepted', async () => {
  const { shop, offer, order } = await sold();
  const part = await partOf(order, shop);
  const outcomes = await atOnce(() => acceptSubOrder(shop.scope, part.id, ports));
  expect(outcomes.every((outcome) => outcome.ok && outcome.value.state === 'accepted')).toBe(true);
  expect(await changesOf(order, 'accept')).toBe(1);
  expect(await level(offer)).toMatchObject({ on_hand: 10, reserved: 0, allocated: 2 });
});

test('the first pick and the cancellation at the same moment: who was first is told to the other, once', async () => {
  const { shop, offer, order } = await sold();
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  const outcomes = await atOnce(
    () => startPreparing(shop.scope, part.id, ports),
    () => cancelByShopper({ kind: 'order', orderId: order.orderId }, part.id, ports),
  );
  const { state } = await partOf(order, shop);
  expect((await changesOf(order, 'start')) + (await changesOf(order, 'cancel'))).toBe(1);
  expect(outcomes.filter((outcome) => outcome.ok).every((outcome) => outcome.ok && outcome.value.state === state)).toBe(true);
  expect(await level(offer)).toMatchObject({ allocated: state === 'cancelled' ? 0 : 2 });
});

test('of a hundred hands that give the same bag away, one does, and the shelf goes down once', async () => {
  const { shop, offer, order } = await sold();
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await markReady(shop.scope, { subOrderId: part.id }, ports);
  const outcomes = await atOnce(() => handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(await level(offer)).toEqual({ on_hand: 8, reserved: 0, allocated: 0 });
});

test('of a hundred that give the same money back, one does', async () => {
  const { shop, order } = await sold();
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  await carryOutEverything(ports);
  await cancelByShopper({ kind: 'order', orderId: order.orderId }, part.id, ports);
  await atOnce(() => returnMoney(order.orderId, ports));
  expect(await moneyOf(order)).toMatchObject({ providerCaptured: 900, providerRefunded: 900 });
  const refunded = await databaseHandle().sql<{ sum: number }[]>`
    select sum(r.amount_minor)::int as sum from refunds r join payments p on p.id = r.payment_id where p.order_id = ${order.orderId}`;
  expect(refunded).toEqual([{ sum: 900 }]);
});

test('a payment that comes at the last moment and the end of the order: either it is offered with its units, or nothing is taken', async () => {
  const shop = await given.shop();
  const offer = await given.offer({ shop, stock: 1 });
  const order = await placedOrder([{ offer }], ports);
  const late = portsAt(plusMs(wednesdayMorning, 15 * MINUTE));
  await Promise.all([
    payWithDemoCard(order.orderToken, goodCard, ports),
    ...Array.from({ length: HUNDRED - 1 }, () => expireUnpaid(late.clock.now(), late)),
  ]);
  const [part] = await partsOf(order);
  await carryOutEverything(ports);
  const isOffered = part?.state === 'offered';
  expect(await level(offer)).toMatchObject({ reserved: 0, allocated: isOffered ? 1 : 0 });
  if (!isOffered) {
    expect(part?.state).toBe('expired');
    expect(await moneyOf(order).catch(() => ({ captured: 0 }))).toMatchObject({ captured: 0 });
  }
});

/** What its shop has not is asked of the other one; both shelves are full again afterwards. */
async function carryAsked({ shop, offer }: Sold, from: Sold) {
  const order = await paidOrder([{ offer, quantity: 2 }], ports);
  await refuseSubOrder(shop.scope, { subOrderId: (await partOf(order, shop)).id, reason: 'missing' }, ports);
  const again = portsAt(plusMs(wednesdayMorning, MINUTE));
  for (const one of [{ shop, offer }, from]) {
    const { offerId } = one.offer;
    const recount = { offerId, counted: 10, asOf: again.clock.now(), key: `again:${order.number}` };
    expect(await recordCount(one.shop.scope, recount, again)).toMatchObject({ ok: true });
  }
  await resolveRescues(order.orderId, again);
  const [transferId, by] = [await askedOf(from), portsAt(plusMs(wednesdayMorning, 2 * MINUTE))];
  return () => answerCarry(from.shop.scope, { transferId, answer: 'sent' }, by);
}

test('two shops that carry to each other at the same moment lock their shelves in one order: neither holds what the other waits for', async () => {
  const { near, sister } = await street();
  const sends = [await carryAsked(near, sister), await carryAsked(sister, near)];
  const [first, last] = [near.offer.offerId, sister.offer.offerId].toSorted();
  const { sql } = databaseHandle();
  const waiting = async () =>
    (await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`).length;
  let sent: ReturnType<(typeof sends)[number]>[] = [];
  await sql.begin(async (holding) => {
    await holding`select from stock_levels where offer_id = ${first ?? ''} for update`;
    sent = sends.map((send) => send());
    while ((await waiting()) < sends.length) await sleep(5);
    const free = await sql`select from stock_levels where offer_id = ${last ?? ''} for update skip locked`;
    expect(free, 'who waits for the first shelf holds no other').toHaveLength(1);
  });
  expect(await Promise.all(sent)).toMatchObject([{ ok: true }, { ok: true }]);
  for (const offer of [near.offer, sister.offer]) expect(await level(offer)).toMatchObject({ on_hand: 10, allocated: 2 });
  expect(await listLevelsOffTheirClaims()).toEqual([]);
});
