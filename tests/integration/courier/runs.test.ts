import { beforeEach, expect, test } from 'vitest';
import { chooseMethod } from '@/lib/basket';
import { placeOrder } from '@/lib/checkout';
import {
  bringBack,
  callOffRun,
  deliverAtDoor,
  fetchPart,
  findOnRun,
  getRunSheet,
  listCourierAreas,
  listRuns,
  listSlots,
  markAbsent,
  planRun,
} from '@/lib/courier';
import { acceptSubOrder, getTracking, listHandovers, markReady, markUncollected, passTokenOf, tickLine } from '@/lib/fulfilment';
import { runScope } from '@/lib/identity';
import { getLastHour } from '@/lib/insights';
import type { OperatorScope, RunScope, SubOrderId } from '@/lib/kernel';
import { HOUR, plusMs } from '@/lib/kernel';
import { payWithDemoCard } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { publishZone } from '@/lib/sourcing';
import { given, type GivenOffer, type GivenShop, home, livesNearby, orderFor, portsAt } from '../../support/builders';
import { carryOutEverything, type GivenOrder, goodCard, linesOf, moneyOf, partOf, partsOf } from '../../support/paid-order';

const ports = portsAt();
const courier = { priceMinor: 390, radiusMetres: 6_000, slots: [['16:00', '18:00']] as const };
const city: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'support' };

type Stocked = { readonly shop: GivenShop; readonly offer: GivenOffer };
let shops: readonly [Stocked, Stocked];

beforeEach(async () => {
  await databaseHandle().sql`delete from courier_run_parts`;
  const stocked = async (): Promise<Stocked> => {
    const shop = await given.shop({ services: { courier } });
    return { shop, offer: await given.offer({ shop, stock: 20 }) };
  };
  shops = [await stocked(), await stocked()];
});

/** A paid order of one thing from each of these shops, brought by bike in the afternoon. */
async function broughtOrder(from: readonly Stocked[]): Promise<GivenOrder> {
  const basket = await given.basketOf(from.map(({ offer }) => ({ offer, shopChosen: true })));
  await livesNearby(basket);
  for (const { shop } of from) {
    const chosen = await chooseMethod(basket.shopper, { shopId: shop.shopId, method: 'courier' }, ports);
    if (!chosen.ok) throw new Error(chosen.error.kind);
  }
  const placed = await placeOrder(basket.shopper, { ...orderFor(basket), rescueWish: 'refund' }, ports);
  if (!placed.ok) throw new Error(JSON.stringify(placed.error));
  const paid = await payWithDemoCard(placed.value.orderToken, goodCard, ports);
  if (!paid.ok) throw new Error(JSON.stringify(paid.error));
  return placed.value;
}

async function prepared(order: GivenOrder, { shop }: Stocked): Promise<SubOrderId> {
  const part = await partOf(order, shop);
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  expect(await markReady(shop.scope, { subOrderId: part.id, bag: 'A4' }, ports)).toMatchObject({ ok: true });
  return part.id;
}

async function runOf(subOrderIds: readonly SubOrderId[]): Promise<{ readonly scope: RunScope; readonly token: string }> {
  const planned = await planRun(city, { courierName: 'Karim', subOrderIds }, ports);
  if (!planned.ok) throw new Error(planned.error.kind);
  const scope = await runScope(planned.value.token, ports);
  if (!scope) throw new Error('a new link opens its run');
  return { scope, token: planned.value.token };
}

async function sheetOf(scope: RunScope) {
  const sheet = await getRunSheet(scope, ports);
  if (!sheet) throw new Error('the run is there');
  return sheet;
}

async function onHand({ offer }: Stocked): Promise<number> {
  const [row] = await databaseHandle().sql<
    { units: number }[]
  >`select on_hand as units from stock_levels where offer_id = ${offer.offerId}`;
  return row?.units ?? 0;
}

test('from two shops to two doors: fetched, under way for the shoppers, handed over against a code and against a name', async () => {
  const [one, two] = shops;
  const first = await broughtOrder([one, two]);
  const second = await broughtOrder([two]);
  const ids = [await prepared(first, one), await prepared(first, two), await prepared(second, two)];
  const slots = await listSlots(city, ports);
  expect(slots.flatMap((slot) => slot.parts.map((part) => part.subOrderId)).filter((id) => ids.includes(id))).toHaveLength(3);

  const { scope } = await runOf(ids);
  const before = await sheetOf(scope);
  expect(before.pickUps.map((stop) => stop.parts.length).toSorted((a, b) => a - b)).toEqual([1, 2]);
  expect([...before.pickUps, ...before.doors].map((stop) => stop.position)).toEqual([1, 2, 3, 4]);
  expect(
    (await listSlots(city, ports)).flatMap((slot) => slot.parts.map((part) => part.subOrderId)).filter((id) => ids.includes(id)),
  ).toEqual([]);

  const firstDoor = before.doors.find((stop) => stop.orderNumber === first.number);
  const secondDoor = before.doors.find((stop) => stop.orderNumber === second.number);
  if (!firstDoor || !secondDoor) throw new Error('two doors');
  expect(await deliverAtDoor(scope, { position: firstDoor.position, receivedBy: 'Camille' }, ports)).toEqual({
    ok: false,
    error: { kind: 'nothing-on-board' },
  });
  for (const id of ids) expect(await fetchPart(scope, id, ports)).toMatchObject({ ok: true });
  expect(await fetchPart(scope, ids[0]!, ports)).toMatchObject({ ok: true });
  expect([await onHand(one), await onHand(two)]).toEqual([19, 18]);

  const tracking = await getTracking(first.orderToken, ports);
  expect(tracking?.subOrders.map((part) => part.state)).toEqual(['despatched', 'despatched']);
  const code = tracking?.subOrders[1]?.pickupCode ?? '';
  expect(await deliverAtDoor(scope, { position: firstDoor.position, code: '····' }, ports)).toEqual({
    ok: false,
    error: { kind: 'wrong-code' },
  });
  expect(await deliverAtDoor(scope, { position: firstDoor.position }, ports)).toEqual({ ok: false, error: { kind: 'proof-missing' } });
  expect(await deliverAtDoor(scope, { position: firstDoor.position, code: code.toLowerCase() }, ports)).toMatchObject({ ok: true });
  expect(await deliverAtDoor(scope, { position: secondDoor.position, receivedBy: 'La voisine du 2e' }, ports)).toMatchObject({ ok: true });
  expect([...(await partsOf(first)), ...(await partsOf(second))].map((part) => part.state)).toEqual([
    'delivered',
    'delivered',
    'delivered',
  ]);

  const proofs = await listHandovers(city, first.orderId);
  expect(proofs.map(({ kind, byName }) => [kind, byName])).toEqual(Array.from({ length: 2 }, () => ['at-the-door', 'Karim']));
  expect(proofs).toMatchObject(Array.from({ length: 2 }, () => ({ by: 'courier', proof: 'code', receivedBy: undefined })));
  const atDoor = { kind: 'at-the-door', by: 'courier', proof: 'name' };
  expect(await listHandovers(city, second.orderId), 'nothing of another order').toMatchObject([
    { ...atDoor, byName: 'Karim', receivedBy: 'La voisine du 2e' },
  ]);
  for (const role of ['viewer', 'finance', 'moderator'] as const) {
    const read = await listHandovers({ ...city, role }, second.orderId);
    expect(read, `${role} reads how, not who`).toMatchObject([{ ...atDoor, byName: undefined, receivedBy: undefined }]);
    expect(JSON.stringify(read)).not.toMatch(/Karim|voisine/u);
  }
  expect(await getLastHour(city, portsAt(plusMs(ports.clock.now(), HOUR / 2)))).toMatchObject({ paid: 2, handedOver: 3, declined: 0 });

  const after = await sheetOf(scope);
  expect(after).toMatchObject({ ended: 3, count: 3 });
  expect(JSON.stringify(after.doors)).not.toContain('Camille Rolland');
  expect((await listRuns(city, ports)).find((run) => run.runId === scope.runId)).toMatchObject({ delivered: 3, fetched: 3 });
});

test('nobody at the door: the bag stays on board, goes back to its shop, its units to the shelf and the money to the shopper', async () => {
  const [one] = shops;
  const order = await broughtOrder([one]);
  const id = await prepared(order, one);
  const { scope } = await runOf([id]);
  await fetchPart(scope, id, ports);
  expect(await bringBack(scope, id, ports)).toEqual({ ok: false, error: { kind: 'nothing-on-board' } });
  const { doors } = await sheetOf(scope);
  expect(await markAbsent(scope, { position: doors[0]!.position, reason: 'nobody' }, ports)).toMatchObject({ ok: true });
  expect((await partsOf(order))[0]?.state).toBe('despatched');
  expect((await sheetOf(scope)).toBringBack.map((part) => part.subOrderId)).toEqual([id]);
  expect(await bringBack(scope, id, ports)).toMatchObject({ ok: true });
  expect(await bringBack(scope, id, ports)).toMatchObject({ ok: true });
  expect((await partsOf(order))[0]?.state).toBe('uncollected');
  expect(await onHand(one)).toBe(20);
  await carryOutEverything(ports);
  const money = await moneyOf(order);
  expect(money.providerCaptured - money.providerRefunded).toBe(0);
});

test('a run carries its own bags only: another’s, an unprepared one and a forged link do nothing', async () => {
  const [one, two] = shops;
  const mine = await broughtOrder([one]);
  const theirs = await broughtOrder([two]);
  const own = await prepared(mine, one);
  const foreign = await prepared(theirs, two);
  const { scope, token } = await runOf([own]);
  await runOf([foreign]);
  expect(await fetchPart(scope, foreign, ports)).toEqual({ ok: false, error: { kind: 'not-on-this-run' } });
  expect(await bringBack(scope, foreign, ports)).toEqual({ ok: false, error: { kind: 'not-on-this-run' } });
  expect(await deliverAtDoor(scope, { position: 9, receivedBy: 'x' }, ports)).toEqual({ ok: false, error: { kind: 'not-on-this-run' } });
  const [part] = await partsOf(theirs);
  expect(await findOnRun(scope, part!.number)).toBeUndefined();
  const [ours] = await partsOf(mine);
  expect(await findOnRun(scope, ours!.number.toLowerCase())).toBe(own);
  expect(await findOnRun(scope, passTokenOf(ours!.number))).toBe(own);
  expect((await partsOf(theirs))[0]?.state).toBe('ready');

  expect(await runScope('x'.repeat(43), ports)).toBeUndefined();
  const { slotTo } = await sheetOf(scope);
  expect(await runScope(token, portsAt(plusMs(slotTo, 17 * HOUR)))).toBeDefined();
  expect(await runScope(token, portsAt(plusMs(slotTo, 19 * HOUR)))).toBeUndefined();
});

test('a bag that is not ready waits; one the shop sent off or took back by itself is shown as it is', async () => {
  const [one, two] = shops;
  const order = await broughtOrder([one, two]);
  const late = await partOf(order, one.shop);
  await acceptSubOrder(one.shop.scope, late.id, ports);
  const ready = await prepared(order, two);
  const { scope } = await runOf([late.id, ready]);
  expect(await fetchPart(scope, late.id, ports)).toEqual({ ok: false, error: { kind: 'not-ready' } });
  await fetchPart(scope, ready, ports);
  expect(await markUncollected(two.shop.scope, ready, ports)).toMatchObject({ ok: true });
  const states = (await sheetOf(scope)).doors.flatMap((stop) => stop.parts.map((part) => part.state));
  expect(states.toSorted()).toEqual(['back', 'not-ready']);
});

test('a run is of one slot and of parts that wait; nothing rides twice, however many plan at once', async () => {
  const [one] = shops;
  const order = await broughtOrder([one]);
  const unanswered = await partOf(order, one.shop);
  expect(await planRun(city, { courierName: 'Karim', subOrderIds: [unanswered.id] }, ports)).toEqual({
    ok: false,
    error: { kind: 'parts-changed' },
  });
  expect(await planRun(city, { courierName: 'Karim', subOrderIds: [] }, ports)).toEqual({ ok: false, error: { kind: 'nothing-to-carry' } });
  const id = await prepared(order, one);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => planRun(city, { courierName: 'Karim', subOrderIds: [id] }, ports)));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  const won = outcomes.find((outcome) => outcome.ok);
  if (!won?.ok) throw new Error('one planned it');
  expect(await callOffRun(city, won.value.runId, ports)).toMatchObject({ ok: true });
  expect(await runScope(won.value.token, ports)).toBeUndefined();
  const again = await runOf([id]);
  await fetchPart(again.scope, id, ports);
  expect(await callOffRun(city, again.scope.runId, ports)).toEqual({ ok: false, error: { kind: 'goods-on-board' } });
});

test('of a hundred hands at one door, one delivery is written', async () => {
  const [one] = shops;
  const order = await broughtOrder([one]);
  const id = await prepared(order, one);
  const { scope } = await runOf([id]);
  await fetchPart(scope, id, ports);
  const [door] = (await sheetOf(scope)).doors;
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, (_, hand) =>
      hand % 2 === 0
        ? deliverAtDoor(scope, { position: door!.position, receivedBy: `Main ${hand}` }, ports)
        : markAbsent(scope, { position: door!.position, reason: 'nobody' }, ports),
    ),
  );
  expect(outcomes.some((outcome) => outcome.ok)).toBe(true);
  const [row] = await databaseHandle().sql<{ events: number }[]>`
    select count(*)::int as events from sub_order_events where sub_order_id = ${id} and event = 'deliver'`;
  expect(row?.events).toBe(1);
  expect((await partsOf(order))[0]?.state).toBe('delivered');
});

test('the city sees its couriers’ areas, with the runs and bags whose doors lie in them now', async () => {
  const [{ latitude, longitude }, slots] = [home, [{ from: '16:00', to: '18:00', stops: 10 }]];
  const zone = {
    slug: 'centre',
    from: 0,
    source: 'essai',
    name: 'Centre',
    latitude,
    longitude,
    radiusMetres: 900,
    priceMinor: 390,
    furtherShopMinor: 100,
    slots,
  };
  expect(await publishZone({ ...city, role: 'admin' }, zone, ports)).toMatchObject({ ok: true });
  const [one] = shops;
  const id = await prepared(await broughtOrder([one]), one);
  const { scope } = await runOf([id]);
  const areaOf = async () => (await listCourierAreas(city, ports)).find(({ slug }) => slug === 'centre');
  expect(await areaOf()).toMatchObject({ radiusMetres: 900, runs: 1, toFetch: 1, onBoard: 0 });
  await fetchPart(scope, id, ports);
  expect(await areaOf()).toMatchObject({ runs: 1, toFetch: 0, onBoard: 1 });
  const [door] = (await sheetOf(scope)).doors;
  await deliverAtDoor(scope, { position: door?.position ?? 0, receivedBy: 'Camille' }, ports);
  expect(await areaOf()).toMatchObject({ runs: 0, toFetch: 0, onBoard: 0 });
});
