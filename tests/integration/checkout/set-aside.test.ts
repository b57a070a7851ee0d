import { expect, test } from 'vitest';
import { chooseSetAside, enterCheckout, getCheckout, placeOrder } from '@/lib/checkout';
import { issueDueInvoices, issueInvoice } from '@/lib/documents';
import {
  acceptSubOrder,
  endUncollected,
  getTracking,
  handOver,
  listCounterQueue,
  markReady,
  refuseSubOrder,
  stateWithdrawal,
  tickLine,
} from '@/lib/fulfilment';
import { recordChange } from '@/lib/inventory';
import type { ShopScope } from '@/lib/kernel';
import { DAY, plusMs } from '@/lib/kernel';
import { getPaymentPage, payWithDemoCard, startPayment } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { startReturn } from '@/lib/returns';
import { listOffers } from '@/lib/search';
import { loadShopBook } from '@/lib/shops';
import { listSwitches } from '@/lib/switching';
import { given, type GivenOffer, type GivenShop, orderFor, portsAt, wednesdayMorning } from '../../support/builders';
import { carryOutEverything, type GivenOrder, goodCard, linesOf, moneyOf, paidOrder, partOf, partsOf } from '../../support/paid-order';

const ports = portsAt();
let people = 0;
const somebody = () => `reserve${(people += 1)}@example.org`;

type Stocked = { readonly shop: GivenShop; readonly offer: GivenOffer };

async function stocked(setAside: boolean, stock = 10): Promise<Stocked> {
  const shop = await given.shop({ services: { setAside } });
  return { shop, offer: await given.offer({ shop, stock }) };
}

type Wish = { readonly at: readonly Stocked[]; readonly inShop: readonly Stocked[]; readonly email?: string; readonly quantity?: number };

async function reserve({ at, inShop, email = somebody(), quantity = 1 }: Wish, now = wednesdayMorning) {
  const basket = await given.basketOf(
    at.map(({ offer }) => ({ offer, quantity, shopChosen: true })),
    now,
  );
  const setAside = inShop.map(({ shop }) => shop.shopId);
  return placeOrder(basket.shopper, { ...orderFor(basket), email, setAside }, portsAt(now));
}

async function reserved(wish: Wish, now = wednesdayMorning): Promise<GivenOrder> {
  const placed = await reserve(wish, now);
  if (!placed.ok) throw new Error(JSON.stringify(placed.error));
  return placed.value;
}

async function level({ offer }: Stocked) {
  const [row] = await databaseHandle().sql<{ onHand: number; allocated: number }[]>`
    select on_hand as "onHand", allocated from stock_levels where offer_id = ${offer.offerId}`;
  return row;
}

async function readyAt(
  scope: ShopScope,
  order: GivenOrder,
): Promise<{ readonly code: string; readonly id: Awaited<ReturnType<typeof partOf>>['id'] }> {
  const part = await partOf(order, scope);
  await acceptSubOrder(scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await markReady(scope, { subOrderId: part.id, bag: '' }, ports);
  return { code: part.code, id: part.id };
}

test('set aside without obligation: asked at once, units claimed, handed over at the till; no payment, invoice, commission or ledger', async () => {
  const one = await stocked(true);
  const order = await reserved({ at: [one], inShop: [one] });
  expect((await partsOf(order))[0]?.state).toBe('offered');
  expect(await level(one)).toEqual({ onHand: 10, allocated: 1 });
  expect((await getPaymentPage(order.orderToken))?.state).toBe('authorised');
  expect(await startPayment(order.orderToken, ports)).toEqual({ ok: false, error: { kind: 'order-over' } });
  expect((await payWithDemoCard(order.orderToken, goodCard, ports)).ok).toBe(false);
  expect((await listCounterQueue(one.shop.scope, ports)).toAccept[0]).toMatchObject({ isSetAside: true, totalMinor: one.offer.priceMinor });
  expect((await getTracking(order.orderToken, ports))?.subOrders[0]).toMatchObject({ isSetAside: true, totalMinor: one.offer.priceMinor });
  await carryOutEverything(ports);
  const { sql } = databaseHandle();
  const [mail] = await sql<
    { text: string }[]
  >`select plain_text as text from messages where subject = ${order.orderId} and kind = 'order-confirmation'`;
  expect(mail?.text).toContain('Vous ne vous engagez à rien');
  expect(mail?.text).not.toContain('Renoncer au contrat ici');

  const { id, code } = await readyAt(one.shop.scope, order);
  expect(await handOver(one.shop.scope, { subOrderId: id, proof: { pass: code } }, ports)).toMatchObject({ ok: true });
  await carryOutEverything(ports);
  expect(await level(one)).toEqual({ onHand: 9, allocated: 0 });
  expect((await issueInvoice(id, ports)).ok).toBe(false);
  await issueDueInvoices(ports);
  const [written] = await sql<{ money: number; documents: number; commission: number }[]>`
    select (select count(*)::int from payments where order_id = ${order.orderId}) as money,
      (select count(*)::int from documents where sub_order_id = ${id}) as documents,
      (select sum(commission_minor)::int from order_lines where sub_order_id = ${id}) as commission`;
  expect(written).toEqual({ money: 0, documents: 0, commission: 0 });
});

test('beside something paid: the total leaves it out, nothing is asked before the payment, and only what is paid is taken', async () => {
  const [paid, aside] = [await stocked(false), await stocked(true)];
  const order = await reserved({ at: [paid, aside], inShop: [aside] });
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['placed', 'placed']);
  expect((await getPaymentPage(order.orderToken))?.totalMinor).toBe(paid.offer.priceMinor);
  expect(await payWithDemoCard(order.orderToken, goodCard, ports)).toMatchObject({ ok: true });
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['offered', 'offered']);
  await acceptSubOrder(paid.shop.scope, (await partOf(order, paid.shop)).id, ports);
  await refuseSubOrder(aside.shop.scope, { subOrderId: (await partOf(order, aside.shop)).id, reason: 'missing' }, ports);
  await carryOutEverything(ports);
  expect(await moneyOf(order)).toMatchObject({ state: 'captured', captured: paid.offer.priceMinor, providerRefunded: 0 });
  const [row] = await databaseHandle().sql<
    { rescues: number }[]
  >`select count(*)::int as rescues from rescues where order_id = ${order.orderId}`;
  expect(row?.rescues, 'nobody promised it, so nobody else is asked').toBe(0);
});

test('the order’s page keeps the choice, says what is paid where, and the choice is what is ordered', async () => {
  const [paid, aside] = [await stocked(false), await stocked(true)];
  const basket = await given.basketOf([paid, aside].map(({ offer }) => ({ offer, shopChosen: true })));
  await enterCheckout(basket.shopper, ports);
  const before = await getCheckout(basket.shopper, ports.clock.now());
  expect(before?.setAside.map(({ shopId, isChosen }) => [shopId, isChosen])).toEqual([[aside.shop.shopId, false]]);
  expect(await chooseSetAside(basket.shopper, { shopId: aside.shop.shopId, inShop: true })).toMatchObject({ ok: true });
  expect(await chooseSetAside(basket.shopper, { shopId: (await given.shop()).shopId, inShop: true })).toMatchObject({ ok: false });
  const page = await getCheckout(basket.shopper, ports.clock.now());
  expect(page).toMatchObject({ toPayMinor: paid.offer.priceMinor, isOnlySetAside: false });
  const all = { ...orderFor(basket), email: somebody() };
  expect(await placeOrder(basket.shopper, { ...all, totalSeenMinor: before?.toPayMinor }, ports)).toMatchObject({
    error: { kind: 'promise-gone' },
  });
  await enterCheckout(basket.shopper, ports);
  const placed = await placeOrder(basket.shopper, { ...all, key: 'again-and-again', totalSeenMinor: paid.offer.priceMinor }, ports);
  expect(placed).toMatchObject({ ok: true });
  const parts = await databaseHandle().sql<{ aside: boolean }[]>`
    select is_set_aside as aside from sub_orders where order_id = ${placed.ok ? placed.value.orderId : ''} order by number`;
  expect(parts.map((part) => part.aside).toSorted((a, b) => Number(a) - Number(b))).toEqual([false, true]);
});

test('nobody reserves what is not offered, too much, or too often; who left two behind pays before', async () => {
  const never = await stocked(false);
  expect(await reserve({ at: [never], inShop: [never] })).toEqual({ ok: false, error: { kind: 'not-set-aside' } });
  const one = await stocked(true, 60);
  expect(await reserve({ at: [one], inShop: [one], quantity: 7 })).toEqual({ ok: false, error: { kind: 'not-set-aside' } });

  const email = somebody();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => reserve({ at: [one], inShop: [one], email: email.toUpperCase() })));
  expect(
    outcomes.filter((outcome) => outcome.ok),
    'three at once, however many ask',
  ).toHaveLength(3);
  expect(outcomes.find((outcome) => !outcome.ok)).toEqual({ ok: false, error: { kind: 'too-many-set-asides', most: 3 } });
  expect(await level(one)).toMatchObject({ allocated: 3 });

  const forgetful = somebody();
  for (let made = 0; made < 2; made += 1) await readyAt(one.shop.scope, await reserved({ at: [one], inShop: [one], email: forgetful }));
  await endUncollected(portsAt(plusMs(wednesdayMorning, 10 * DAY)));
  expect(await reserve({ at: [one], inShop: [one], email: forgetful })).toEqual({ ok: false, error: { kind: 'not-fetched-before' } });
  expect(await reserve({ at: [one], inShop: [], email: forgetful })).toMatchObject({ ok: true });
});

test('beside something paid it has no return, no other way to be received and no withdrawal: it was bought in the shop', async () => {
  const [paid, aside] = [await stocked(false), await stocked(true)];
  const order = await reserved({ at: [paid, aside], inShop: [aside] });
  await payWithDemoCard(order.orderToken, goodCard, ports);
  const scope = { kind: 'order', orderId: order.orderId } as const;
  expect(await listSwitches(scope, { subOrderId: (await partOf(order, aside.shop)).id }, ports)).toBeUndefined();
  for (const { shop } of [paid, aside]) {
    const { code, id } = await readyAt(shop.scope, order);
    expect(await handOver(shop.scope, { subOrderId: id, proof: { pass: code } }, ports)).toMatchObject({ ok: true });
  }
  const part = await partOf(order, aside.shop);
  const lines = await linesOf(part);
  for (const cause of ['withdrawal', 'defect'] as const) {
    const command = { subOrderId: part.id, cause, toShopId: aside.shop.shopId, key: `return-${cause}` } as const;
    const started = await startReturn(scope, { ...command, lines: lines.map((line) => ({ lineId: line.id, quantity: 1 })) }, ports);
    expect(started).toEqual({ ok: false, error: { kind: 'sub-order-not-found' } });
  }
  await stateWithdrawal({ name: 'Camille Rolland', orderNumber: order.number, email: 'x@example.org', key: 'law', locale: 'fr' }, ports);
  await carryOutEverything(ports);
  const cases = await databaseHandle().sql`select shop_id as "shopId" from return_cases where order_id = ${order.orderId}`;
  expect(cases.every(({ shopId }) => shopId === paid.shop.shopId)).toBe(true);
});

test('a shelf that turns out shorter ends the youngest set-aside and says so; nothing is looked for elsewhere, nothing is owed', async () => {
  const one = await stocked(true, 1);
  const order = await reserved({ at: [one], inShop: [one] });
  const sale = { offerId: one.offer.offerId, delta: -1, reason: 'counter-sale', occurredAt: wednesdayMorning, key: 'sold' } as const;
  await recordChange(one.shop.scope, sale, ports);
  await carryOutEverything(ports);
  expect((await partsOf(order)).map((part) => part.state)).toEqual(['refused']);
  expect(await level(one)).toEqual({ onHand: 0, allocated: 0 });
  const [row] = await databaseHandle().sql<{ rescues: number; mails: number }[]>`
    select (select count(*)::int from rescues where order_id = ${order.orderId}) as rescues,
      (select count(*)::int from messages where subject in (select id from sub_orders where order_id = ${order.orderId}) and recipient like 'reserve%') as mails`;
  expect(row).toEqual({ rescues: 0, mails: 1 });
});

test('a shop that cannot be paid before takes set-asides: without being asked for, at the counter, for a household, and nobody is moved there', async () => {
  const shop = await given.shop({ level: 'reserve', services: { setAside: true, parcel: { priceMinor: 500, days: 2, maxGrams: 9_000 } } });
  const offer = await given.offer({ shop, stock: 30 });
  const one = { shop, offer };
  const order = await reserved({ at: [one], inShop: [] });
  expect((await partsOf(order))[0]?.state).toBe('offered');
  expect((await getPaymentPage(order.orderToken))?.state).toBe('authorised');
  expect(await level(one)).toEqual({ onHand: 30, allocated: 1 });

  const many = await given.basketOf([{ offer, quantity: 9 }]);
  await enterCheckout(many.shopper, ports);
  const page = await getCheckout(many.shopper, ports.clock.now());
  expect(page).toMatchObject({ toPayMinor: 0, isOnlySetAside: true, setAside: [{ isChosen: true, isOnlyThere: true }] });
  expect(page?.basket.groups[0]?.lines[0]?.quantity, 'six, not nine').toBe(6);
  expect(page?.basket.groups[0]?.methods.map(({ method }) => method)).toEqual(['pickup']);

  const seller = await given.shop();
  const sold = await given.offer({ shop: seller, listing: offer, stock: 5 });
  const { offers } = await listOffers({ ...offer, book: await loadShopBook(ports.clock.now()), place: undefined, now: ports.clock.now() });
  expect(new Map(offers.map((row) => [row.shopId, row.setAside]))).toEqual(
    new Map([
      [shop.shopId, 'only'],
      [seller.shopId, 'no'],
    ]),
  );
  const paid = await paidOrder([{ offer: sold }]);
  await refuseSubOrder(seller.scope, { subOrderId: (await partOf(paid, seller)).id, reason: 'overloaded' }, ports);
  await carryOutEverything(ports);
  expect((await partsOf(paid)).map((part) => part.shopId)).toEqual([seller.shopId]);
  const never = await given.offer({ shop: await given.shop({ level: 'window' }) });
  expect(await reserve({ at: [{ shop: never.shop, offer: never }], inShop: [] })).toMatchObject({ ok: false });
});
