import { expect, test } from 'vitest';
import {
  acceptSubOrder,
  answerRescue,
  cancelByShopper,
  endOverdueRescues,
  handOver,
  markReady,
  refuseSubOrder,
  reportMissing,
  resolveRescues,
  serveWaiting,
  startPreparing,
  tickLine,
  timeOutUnanswered,
} from '@/lib/fulfilment';
import { recordChange, recordCount } from '@/lib/inventory';
import type { OperatorScope, RescueId } from '@/lib/kernel';
import { HOUR, MINUTE, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { publishPolicy, startingPolicy } from '@/lib/sourcing';
import { type GivenOffer, type GivenShop, given, newKey, portsAt, wednesdayMorning } from '../../support/builders';
import { carryOutEverything, type GivenOrder, linesOf, moneyOf, paidOrder, partOf, partsOf } from '../../support/paid-order';

const ports = portsAt();
const operator: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'admin' };

type Sold = { readonly shop: GivenShop; readonly offer: GivenOffer };

/** The same article in several shops, each at its price, with so many on its shelf. */
async function soldIn(...prices: readonly (number | readonly [priceMinor: number, stock: number])[]): Promise<readonly Sold[]> {
  const listing = await given.listing({ title: 'Moulin à café' });
  const shops: Sold[] = [];
  for (const wish of prices) {
    const [priceMinor, stock] = typeof wish === 'number' ? [wish, 10] : wish;
    const shop = await given.shop();
    shops.push({ shop, offer: await given.offer({ shop, listing, priceMinor, stock }) });
  }
  return shops;
}

async function rescuesOf(order: GivenOrder) {
  return databaseHandle().sql<{ id: RescueId; state: string; quantity: number; attempts: number; goods: number; options: unknown }[]>`
    select id, state, quantity, attempts, goods_minor::int as goods, options from rescues where order_id = ${order.orderId} order by id`;
}

async function level({ offerId }: GivenOffer) {
  return (await databaseHandle().sql`select on_hand, reserved, allocated from stock_levels where offer_id = ${offerId}`)[0];
}

async function mailsAbout(order: GivenOrder): Promise<readonly string[]> {
  const rows = await databaseHandle().sql<{ kind: string }[]>`
    select m.kind from messages m where m.recipient = 'camille@example.org' and (m.subject = ${order.orderId}
      or m.subject in (select id from sub_orders where order_id = ${order.orderId})) order by m.created_at, m.id`;
  return rows.map((row) => row.kind);
}

async function complete(shop: GivenShop, order: GivenOrder): Promise<void> {
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  expect(await markReady(shop.scope, { subOrderId: part.id }, ports)).toMatchObject({ ok: true });
  expect(await handOver(shop.scope, { subOrderId: part.id, proof: { pass: part.code } }, ports)).toMatchObject({ ok: true });
}

test('what a shop refuses is served by another at the same price, with a contract of its own, and the money follows', async () => {
  const [first, second] = await soldIn(450, 520);
  if (!first || !second) throw new Error('two shops sell it');
  const order = await paidOrder([{ offer: first.offer, quantity: 2 }]);
  await refuseSubOrder(first.shop.scope, { subOrderId: (await partOf(order, first.shop)).id, reason: 'overloaded' }, ports);
  expect(await rescuesOf(order)).toMatchObject([{ state: 'searching', quantity: 2, goods: 900 }]);
  await resolveRescues(order.orderId, ports);

  const part = await partOf(order, second.shop);
  expect(part).toMatchObject({ state: 'offered', totalMinor: 1_040, number: `${order.number}-2` });
  expect(await level(first.offer)).toMatchObject({ allocated: 0 });
  expect(await level(second.offer)).toMatchObject({ allocated: 2 });
  await carryOutEverything(ports);
  expect(await mailsAbout(order)).toEqual(['order-confirmation', 'rescue-routed']);
  expect(await moneyOf(order)).toMatchObject({ state: 'authorised' });

  await complete(second.shop, order);
  await carryOutEverything(ports);
  expect(await moneyOf(order)).toMatchObject({ state: 'captured', captured: 900, providerRefunded: 0 });
  expect(await rescuesOf(order)).toMatchObject([{ state: 'rescued', attempts: 1 }]);
  expect(await databaseHandle().sql`select rescue_minor::int as paid from sub_orders where id = ${part.id}`).toEqual([{ paid: 140 }]);
});

test('a shop that stays silent is routed around as soon as its time is up', async () => {
  const [first, second] = await soldIn(450, 450);
  if (!first || !second) throw new Error('two shops sell it');
  const order = await paidOrder([{ offer: first.offer }]);
  await databaseHandle().sql`update sub_orders set promised_from = promised_from + interval '3 hours' where order_id = ${order.orderId}`;
  const later = portsAt(plusMs(wednesdayMorning, HOUR));
  expect(await timeOutUnanswered(later)).toBe(1);
  await resolveRescues(order.orderId, later);
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['unanswered', 'offered']);
});

test('who wished a refund is refunded, and nobody looks elsewhere', async () => {
  const [first] = await soldIn(450, 450);
  if (!first) throw new Error('two shops sell it');
  const order = await paidOrder([{ offer: first.offer }], ports, 'refund');
  await refuseSubOrder(first.shop.scope, { subOrderId: (await partOf(order, first.shop)).id, reason: 'missing' }, ports);
  await carryOutEverything(ports);
  expect(await rescuesOf(order)).toEqual([]);
  expect(await moneyOf(order)).toMatchObject({ state: 'voided', captured: 0 });
});

test('who wished to be asked is asked, chooses, and has it from the shop that was chosen', async () => {
  const [first, second] = await soldIn(450, 430);
  if (!first || !second) throw new Error('two shops sell it');
  const order = await paidOrder([{ offer: first.offer }], ports, 'ask');
  await refuseSubOrder(first.shop.scope, { subOrderId: (await partOf(order, first.shop)).id, reason: 'missing' }, ports);
  await carryOutEverything(ports);
  const [asked] = await rescuesOf(order);
  expect(asked).toMatchObject({
    state: 'asked',
    options: [{ kind: 'elsewhere', shopId: second.shop.shopId, payMinor: 430 }, { kind: 'wait' }],
  });
  expect(await moneyOf(order)).toMatchObject({ state: 'authorised' });
  if (!asked) throw new Error('the shopper is asked');

  const stranger = await paidOrder([{ offer: second.offer }]);
  const choice = { rescueId: asked.id, choice: { option: 0 } };
  expect(await answerRescue({ kind: 'order', orderId: stranger.orderId }, choice, ports)).toMatchObject({
    ok: false,
    error: { kind: 'rescue-not-found' },
  });
  expect(await answerRescue({ kind: 'order', orderId: order.orderId }, choice, ports)).toEqual({ ok: true, value: { state: 'offered' } });
  expect(await answerRescue({ kind: 'order', orderId: order.orderId }, choice, ports)).toMatchObject({
    ok: false,
    error: { kind: 'already-decided' },
  });
  await complete(second.shop, order);
  await carryOutEverything(ports);
  expect(await moneyOf(order)).toMatchObject({ state: 'captured', captured: 430 });
});

test('without an answer in half an hour the line is refunded, and not a minute earlier', async () => {
  const [first] = await soldIn(450, 430);
  if (!first) throw new Error('two shops sell it');
  const order = await paidOrder([{ offer: first.offer }], ports, 'ask');
  await refuseSubOrder(first.shop.scope, { subOrderId: (await partOf(order, first.shop)).id, reason: 'missing' }, ports);
  await resolveRescues(order.orderId, ports);
  await endOverdueRescues(portsAt(plusMs(wednesdayMorning, 29 * MINUTE)));
  expect(await rescuesOf(order)).toMatchObject([{ state: 'asked' }]);
  await endOverdueRescues(portsAt(plusMs(wednesdayMorning, 30 * MINUTE)));
  expect(await rescuesOf(order)).toMatchObject([{ state: 'refunded' }]);
  await carryOutEverything(ports);
  expect(await moneyOf(order)).toMatchObject({ state: 'voided', captured: 0 });
});

test('one piece of two that is missing goes elsewhere, and each shop is owed for what it serves', async () => {
  const [first, second] = await soldIn(450, 450);
  if (!first || !second) throw new Error('two shops sell it');
  const order = await paidOrder([{ offer: first.offer, quantity: 2 }]);
  const part = await partOf(order, first.shop);
  await acceptSubOrder(first.shop.scope, part.id, ports);
  await carryOutEverything(ports);
  expect(await moneyOf(order)).toMatchObject({ state: 'captured', captured: 900 });

  const [line] = await linesOf(part);
  if (!line) throw new Error('the part has a line');
  await startPreparing(first.shop.scope, part.id, ports);
  const missing = { subOrderId: part.id, lineId: line.id, found: 1, reason: 'missing' } as const;
  expect(await reportMissing(first.shop.scope, missing, ports)).toMatchObject({ ok: true, value: { state: 'preparing' } });
  expect(await reportMissing(first.shop.scope, missing, ports)).toMatchObject({ ok: true });
  expect(await level(first.offer)).toMatchObject({ on_hand: 1, allocated: 1 });
  await carryOutEverything(ports);
  expect(await rescuesOf(order)).toMatchObject([{ state: 'offered', quantity: 1, goods: 450 }]);
  expect(await moneyOf(order)).toMatchObject({ providerRefunded: 0 });

  await complete(second.shop, order);
  await tickLine(first.shop.scope, { lineId: line.id, pickedQuantity: 1 }, ports);
  expect(await markReady(first.shop.scope, { subOrderId: part.id }, ports)).toMatchObject({ ok: true });
  await carryOutEverything(ports);
  expect(await moneyOf(order)).toMatchObject({ state: 'captured', providerCaptured: 900, providerRefunded: 0 });
  expect(
    await databaseHandle()
      .sql`select s.captured_minor::int as captured from payment_shares s join payments p on p.id = s.payment_id where p.order_id = ${order.orderId} order by s.sub_order_id`,
  ).toEqual([{ captured: 450 }, { captured: 450 }]);
});

test('a line is routed twice at most; then its money goes back', async () => {
  const shops = await soldIn(450, 450, 450, 450);
  const [first] = shops;
  if (!first) throw new Error('four shops sell it');
  const order = await paidOrder([{ offer: first.offer }]);
  for (const step of [1, 2, 3]) {
    const part = (await partsOf(order)).find((one) => one.state === 'offered');
    const refusing = shops.find(({ shop }) => shop.shopId === part?.shopId);
    if (!part || !refusing) throw new Error(`somebody is asked at step ${step}`);
    await refuseSubOrder(refusing.shop.scope, { subOrderId: part.id, reason: 'closing' }, ports);
    await resolveRescues(order.orderId, ports);
  }
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['refused', 'refused', 'refused']);
  expect(new Set((await partsOf(order)).map((part) => part.shopId)).size).toBe(3);
  expect(await rescuesOf(order)).toMatchObject([{ state: 'refunded', attempts: 2 }]);
});

test('of three shops asked at once, the first that accepts has it and the others are free again', async () => {
  const shops = await soldIn(450, 450, 450, 450);
  const [first, ...others] = shops;
  if (!first) throw new Error('four shops sell it');
  const order = await paidOrder([{ offer: first.offer }]);
  await refuseSubOrder(first.shop.scope, { subOrderId: (await partOf(order, first.shop)).id, reason: 'overloaded' }, ports);
  const atOnce = await publishPolicy(operator, { policy: { ...startingPolicy, rescueShops: 3 }, from: 1, source: 'essai' }, ports);
  expect(atOnce).toEqual({ ok: true, value: { version: 2 } });
  await resolveRescues(order.orderId, ports);
  await publishPolicy(operator, { policy: startingPolicy, from: 2, source: 'essai' }, ports);
  const offered = (await partsOf(order)).filter((part) => part.state === 'offered');
  expect(offered).toHaveLength(3);

  const outcomes = await Promise.all(
    Array.from({ length: 102 }, (_, index) => {
      const part = offered[index % 3];
      const shop = others.find((one) => one.shop.shopId === part?.shopId)?.shop;
      if (!part || !shop) throw new Error('three others are asked');
      return acceptSubOrder(shop.scope, part.id, ports).then((outcome) => ({ outcome, shopId: shop.shopId }));
    }),
  );
  const winners = new Set(outcomes.filter(({ outcome }) => outcome.ok).map(({ shopId }) => shopId));
  expect(winners.size).toBe(1);
  expect((await partsOf(order)).map((part) => part.state).toSorted()).toEqual(['accepted', 'cancelled', 'cancelled', 'refused']);
  const claimed = await Promise.all(others.map(({ offer }) => level(offer)));
  expect(claimed.reduce((sum, one) => sum + Number(one?.['allocated']), 0)).toBe(1);
  await carryOutEverything(ports);
  expect(await moneyOf(order)).toMatchObject({ state: 'captured', captured: 450 });
  expect(await mailsAbout(order)).toEqual(['order-confirmation', 'rescue-routed']);
});

test('the shopper who does not want it from another shop gives it up without cost', async () => {
  const [first, second] = await soldIn(450, 450);
  if (!first || !second) throw new Error('two shops sell it');
  const order = await paidOrder([{ offer: first.offer }]);
  await refuseSubOrder(first.shop.scope, { subOrderId: (await partOf(order, first.shop)).id, reason: 'overloaded' }, ports);
  await resolveRescues(order.orderId, ports);
  const part = await partOf(order, second.shop);
  expect(await cancelByShopper({ kind: 'order', orderId: order.orderId }, part.id, ports)).toMatchObject({ ok: true });
  expect(await rescuesOf(order)).toMatchObject([{ state: 'refunded' }]);
  await carryOutEverything(ports);
  expect(await moneyOf(order)).toMatchObject({ state: 'voided' });
  expect(await level(second.offer)).toMatchObject({ allocated: 0 });
});

test('a counter sale that empties the shelf moves the youngest promise to another shop and leaves the older one', async () => {
  const [first, second] = await soldIn([450, 2], 450);
  if (!first || !second) throw new Error('two shops sell it');
  const older = await paidOrder([{ offer: first.offer }]);
  const younger = await paidOrder([{ offer: first.offer }], portsAt(plusMs(wednesdayMorning, MINUTE)));
  await recordChange(
    first.shop.scope,
    { offerId: first.offer.offerId, delta: -1, reason: 'counter-sale', occurredAt: wednesdayMorning, key: newKey() },
    ports,
  );
  await carryOutEverything(ports);
  expect((await partsOf(older)).map((part) => part.state)).toEqual(['offered']);
  expect((await partsOf(younger)).map((part) => part.state)).toEqual(['refused', 'offered']);
  expect(await level(first.offer)).toMatchObject({ on_hand: 1, allocated: 1 });
});

test('what is waited for is offered as soon as a shop has it', async () => {
  const [first, second] = await soldIn(450, [450, 0]);
  if (!first || !second) throw new Error('two shops sell it');
  const order = await paidOrder([{ offer: first.offer }]);
  await refuseSubOrder(first.shop.scope, { subOrderId: (await partOf(order, first.shop)).id, reason: 'missing' }, ports);
  await resolveRescues(order.orderId, ports);
  const [asked] = await rescuesOf(order);
  expect(asked).toMatchObject({ state: 'asked', options: [{ kind: 'wait' }] });
  if (!asked) throw new Error('the shopper is asked');
  const answer = { rescueId: asked.id, choice: { option: 0 } };
  expect(await answerRescue({ kind: 'order', orderId: order.orderId }, answer, ports)).toEqual({ ok: true, value: { state: 'waiting' } });
  expect(await serveWaiting(ports)).toBe(0);

  await recordCount(second.shop.scope, { offerId: second.offer.offerId, counted: 4, asOf: wednesdayMorning, key: newKey() }, ports);
  expect(await serveWaiting(ports)).toBe(1);
  expect(await partOf(order, second.shop)).toMatchObject({ state: 'offered' });
  await complete(second.shop, order);
  await carryOutEverything(ports);
  expect(await moneyOf(order)).toMatchObject({ state: 'captured', captured: 450 });
});

test('two shops of one order that both cannot serve are rescued together, each part with a number of its own', async () => {
  const [bowls, cups] = [await soldIn(450, 450), await soldIn(300, 300)];
  const order = await paidOrder([{ offer: bowls[0]!.offer }, { offer: cups[0]!.offer }]);
  for (const { shop } of [bowls[0]!, cups[0]!])
    await refuseSubOrder(shop.scope, { subOrderId: (await partOf(order, shop)).id, reason: 'overloaded' }, ports);
  await resolveRescues(order.orderId, ports);
  expect((await partsOf(order)).map((part) => [part.number.split('-').at(-1), part.state])).toEqual([
    ['1', 'refused'],
    ['2', 'refused'],
    ['3', 'offered'],
    ['4', 'offered'],
  ]);
});
