import { expect, test } from 'vitest';
import { orderLines } from '@/db/schema';
import {
  acceptSubOrder,
  cancelByShopper,
  despatch,
  findToHandOver,
  getCounterSubOrder,
  getPickupPass,
  getTracking,
  handOver,
  listCounterQueue,
  listOrders,
  getOrder360,
  getCityToday,
  getShopToday,
  markDelivered,
  markReady,
  markUncollected,
  orderFilterInput,
  refuseSubOrder,
  startPreparing,
  tickLine,
  timeOutUnanswered,
} from '@/lib/fulfilment';
import { HOUR, MINUTE, type OperatorScope, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { eq } from 'drizzle-orm';
import { type GivenOffer, type GivenShop, given, portsAt, wednesdayMorning } from '../../support/builders';
import { carryOutEverything, type GivenOrder, linesOf, moneyOf, paidOrder, partOf } from '../../support/paid-order';

const ports = portsAt();
const operator: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'admin' };

async function sold(quantity = 1): Promise<{ readonly shop: GivenShop; readonly offer: GivenOffer; readonly order: GivenOrder }> {
  const shop = await given.shop();
  const offer = await given.offer({ shop });
  return { shop, offer, order: await paidOrder([{ offer, quantity }], ports) };
}

async function readyToHandOver() {
  const { shop, offer, order } = await sold();
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await markReady(shop.scope, { subOrderId: part.id }, ports);
  return { shop, offer, order, part };
}

test("a shop can neither see nor touch what is another shop's, and its own works", async () => {
  const { shop, order } = await sold();
  const attacker = await given.shop();
  const part = await partOf(order, shop);
  const [line] = await linesOf(part);
  if (!line) throw new Error('the part has a line');
  const notFound = { ok: false, error: { kind: 'sub-order-not-found' } };

  const scope = attacker.scope;
  expect(await getCounterSubOrder(scope, part.id, ports)).toBeUndefined();
  expect(await listCounterQueue(scope, ports)).toMatchObject({ toAccept: [], toPrepare: [], ready: [] });
  expect(await acceptSubOrder(scope, part.id, ports)).toEqual(notFound);
  expect(await refuseSubOrder(scope, { subOrderId: part.id, reason: 'missing' }, ports)).toEqual(notFound);
  expect(await startPreparing(scope, part.id, ports)).toEqual(notFound);
  expect(await tickLine(scope, { lineId: line.id, pickedQuantity: 1 }, ports)).toEqual({ ok: false, error: { kind: 'line-not-found' } });
  expect(await markReady(scope, { subOrderId: part.id }, ports)).toEqual(notFound);
  expect(await despatch(scope, part.id, ports)).toEqual(notFound);
  expect(await markDelivered(scope, part.id, ports)).toEqual(notFound);
  expect(await markUncollected(scope, part.id, ports)).toEqual(notFound);
  expect(await handOver(scope, { subOrderId: part.id, proof: { pass: part.code } }, ports)).toEqual({
    ok: false,
    error: { kind: 'wrong-code' },
  });
  expect(await findToHandOver(scope, { name: 'Camille Rolland', lastDigits: order.number.slice(-4) })).toEqual({
    ok: false,
    error: { kind: 'wrong-code' },
  });

  expect(await acceptSubOrder(shop.scope, part.id, ports)).toMatchObject({ ok: true });
  expect((await getCounterSubOrder(shop.scope, part.id, ports))?.lines).toHaveLength(1);
});

test('an order link cancels its own parts only, and only before they are picked', async () => {
  const mine = await sold();
  const theirs = await readyToHandOver();
  const scope = { kind: 'order', orderId: mine.order.orderId } as const;
  expect(await cancelByShopper(scope, theirs.part.id, ports)).toEqual({ ok: false, error: { kind: 'sub-order-not-found' } });
  expect(await cancelByShopper({ kind: 'order', orderId: theirs.order.orderId }, theirs.part.id, ports)).toEqual({
    ok: false,
    error: { kind: 'already-picked', state: 'ready' },
  });

  const part = await partOf(mine.order, mine.shop);
  expect(await cancelByShopper(scope, part.id, ports)).toMatchObject({ ok: true, value: { state: 'cancelled' } });
  expect(await cancelByShopper(scope, part.id, ports)).toMatchObject({ ok: true });
  await carryOutEverything();
  expect(await moneyOf(mine.order)).toMatchObject({ state: 'voided', captured: 0 });
});

test('cancelled after the money was taken, it goes back once', async () => {
  const { shop, order } = await sold(2);
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  await carryOutEverything();
  await cancelByShopper({ kind: 'order', orderId: order.orderId }, part.id, ports);
  await carryOutEverything();
  await carryOutEverything();
  expect(await moneyOf(order)).toMatchObject({ state: 'captured', providerCaptured: 900, providerRefunded: 900 });
});

test('of ten hands that give away the same bag at once, one does', async () => {
  const { shop, offer, part } = await readyToHandOver();
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () => handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports)),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(new Set(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.kind])))).toEqual(new Set(['already-handed-over']));
  expect(await databaseHandle().sql`select on_hand, allocated from stock_levels where offer_id = ${offer.offerId}`).toMatchObject([
    { on_hand: 9, allocated: 0 },
  ]);
  const kept = await databaseHandle()
    .sql`select actor_id as who, detail ->> 'proof' as proof from sub_order_events where sub_order_id = ${part.id} and event = 'hand-over'`;
  expect(kept, 'how the bag was shown to be theirs is kept, not what was shown').toEqual([{ who: shop.scope.personId, proof: 'code' }]);
});

test('the counter finds it by code however it is typed, by pass, and by name with the end of the number', async () => {
  const { shop, order, part } = await readyToHandOver();
  const found = { ok: true, value: { subOrderId: part.id, number: part.number } };
  const pass = (await getTracking(order.orderToken, ports))?.subOrders[0]?.passToken ?? '';
  expect(await findToHandOver(shop.scope, { pass: ` ${part.code.toLowerCase().slice(0, 2)} ${part.code.slice(2)} ` })).toEqual(found);
  expect(await findToHandOver(shop.scope, { pass })).toEqual(found);
  expect(await findToHandOver(shop.scope, { name: 'ROLLAND', lastDigits: order.number.slice(-2) })).toEqual(found);
  const wrong = { ok: false, error: { kind: 'wrong-code' } };
  expect(await findToHandOver(shop.scope, { pass: '!!!!' })).toEqual(wrong);
  expect(await findToHandOver(shop.scope, { pass: `${pass.slice(0, -1)}_` })).toEqual(wrong);
  expect(await findToHandOver(shop.scope, { name: 'Roll', lastDigits: order.number.slice(-2) })).toEqual(wrong);
  expect(await findToHandOver(shop.scope, { name: '', lastDigits: order.number.slice(-2) })).toEqual(wrong);
  expect(await getPickupPass(part.number, ports)).toBeUndefined();
});

test('too early and too late at the counter each say so', async () => {
  const { shop, order } = await sold();
  const part = await partOf(order, shop);
  expect(await handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports)).toEqual({
    ok: false,
    error: { kind: 'not-ready', number: part.number, state: 'offered' },
  });
  const ready = await readyToHandOver();
  await handOver(ready.shop.scope, { subOrderId: ready.part.id, proof: { pass: ready.part.code } }, ports);
  expect(await handOver(ready.shop.scope, { subOrderId: ready.part.id, proof: { pass: ready.part.code } }, ports)).toEqual({
    ok: false,
    error: { kind: 'already-handed-over', number: ready.part.number, at: wednesdayMorning },
  });
});

test('what asks for an age is not handed over before somebody looked', async () => {
  const { shop, part } = await readyToHandOver();
  await reader().update(orderLines).set({ minimumAge: 18 }).where(eq(orderLines.subOrderId, part.id));
  const command = { subOrderId: part.id, proof: { pass: part.code } };
  expect(await handOver(shop.scope, command, ports)).toEqual({ ok: false, error: { kind: 'age-not-confirmed', minimumAge: 18 } });
  expect(await handOver(shop.scope, { ...command, ageChecked: true }, ports)).toMatchObject({ ok: true });
});

test('a shop that does not answer in its opening minutes loses the order, and no money is taken', async () => {
  const { shop, offer, order } = await sold();
  await timeOutUnanswered(portsAt(plusMs(wednesdayMorning, 29 * MINUTE)));
  expect((await partOf(order, shop)).state).toBe('offered');
  const later = portsAt(plusMs(wednesdayMorning, 31 * MINUTE));
  await Promise.all([timeOutUnanswered(later), timeOutUnanswered(later)]);
  const part = await partOf(order, shop);
  expect(part.state).toBe('unanswered');
  expect(await acceptSubOrder(shop.scope, part.id, later)).toMatchObject({
    ok: false,
    error: { kind: 'transition-not-allowed', state: 'unanswered', by: 'system' },
  });
  await carryOutEverything();
  expect(await moneyOf(order)).toMatchObject({ state: 'voided' });
  expect(await databaseHandle().sql`select allocated from stock_levels where offer_id = ${offer.offerId}`).toMatchObject([
    { allocated: 0 },
  ]);
});

test('a bag nobody came for goes back to the shelf, and its money to the shopper', async () => {
  const { shop, offer, order, part } = await readyToHandOver();
  await carryOutEverything();
  await markUncollected(shop.scope, part.id, portsAt(plusMs(wednesdayMorning, 48 * HOUR)));
  await carryOutEverything();
  expect(await moneyOf(order)).toMatchObject({ providerCaptured: 450, providerRefunded: 450 });
  expect(await databaseHandle().sql`select on_hand, allocated from stock_levels where offer_id = ${offer.offerId}`).toMatchObject([
    { on_hand: 10, allocated: 0 },
  ]);
});

test('the city finds an order by its number, reads all of it, and counts its day', async () => {
  const { shop, order, part } = await readyToHandOver();
  await carryOutEverything();
  const page = await listOrders(operator, orderFilterInput.parse({ words: order.number, state: 'ready' }), ports);
  expect(page).toMatchObject({
    total: 1,
    rows: [{ number: order.number, state: 'ready', subOrders: [{ number: part.number, state: 'ready' }] }],
  });
  expect((await listOrders(operator, orderFilterInput.parse({ words: order.number, state: 'refused' }), ports)).total).toBe(0);
  expect((await listOrders(operator, orderFilterInput.parse({ words: '%', page: 'x' }), ports)).total).toBe(0);

  const whole = await getOrder360(operator, order.orderId, ports);
  expect(whole).toMatchObject({
    state: 'ready',
    payment: { state: 'captured', capturedMinor: 450 },
    subOrders: [{ shareMinor: 450, capturedMinor: 450 }],
  });
  expect(whole?.timeline.map((entry) => entry.kind)).toEqual(expect.arrayContaining(['order', 'sub-order', 'payment', 'message']));
  expect(whole?.decisions).toHaveLength(1);
  expect(await getShopToday(shop.scope, ports)).toMatchObject({ ready: 1, ordersToday: 1, takingsTodayMinor: 450 });
  expect((await getCityToday(operator, ports)).ordersToday).toBeGreaterThan(0);
});
