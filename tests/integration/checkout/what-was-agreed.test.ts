import { beforeAll, expect, test } from 'vitest';
import { getBasket, setLineQuantity } from '@/lib/basket';
import { enterCheckout, findPlacedOrder, getCheckout, placeOrder } from '@/lib/checkout';
import { MINUTE, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { setTakesOrders } from '@/lib/shops';
import { given, livesNearby, orderFor, portsAt, wednesdayMorning } from '../../support/builders';
import { emptyTables, rowCounts } from '../../support/database';

beforeAll(emptyTables);

const courier = {
  priceMinor: 390,
  radiusMetres: 6_000,
  slots: [
    ['12:00', '14:00'],
    ['17:00', '19:00'],
  ] as const,
};

test('units and cents are conserved from the basket to the lines', async () => {
  const near = await given.shop({ services: { courier, pickup: false }, commissionBps: 1_250 });
  const far = await given.shop();
  const cheese = await given.offer({
    shop: far,
    listing: await given.listing({ salesUnit: 'gram', title: 'Comté' }),
    priceMinor: 2_999,
    priceSteps: 1_000,
    stock: 9_000,
  });
  const basket = await given.basketOf([
    { offer: await given.offer({ shop: near, priceMinor: 333 }), quantity: 3, shopChosen: true },
    { offer: await given.offer({ shop: near, priceMinor: 1_001 }), quantity: 1, shopChosen: true },
    { offer: cheese, quantity: 345 },
  ]);
  await livesNearby(basket);
  await enterCheckout(basket.shopper, portsAt());
  const page = await getCheckout(basket.shopper, wednesdayMorning);
  const placed = await placeOrder(basket.shopper, orderFor(basket), portsAt());
  expect(placed.ok).toBe(true);

  const { sql } = databaseHandle(); // the first order of this file's database
  const [order] = await sql`select goods_minor::int goods, delivery_minor::int delivery, total_minor::int total from orders`;
  expect(order).toEqual({ goods: 999 + 1_001 + 1_035, delivery: 390, total: 3_425 });
  expect(page?.basket.totalMinor).toBe(3_425);
  const subs = await sql`
    select s.total_minor::int total, s.goods_minor::int goods, s.delivery_minor::int delivery, sum(l.total_minor)::int lines, sum(l.delivery_share_minor)::int shares,
      sum(l.commission_minor)::int commission, sum(l.quantity)::int units from sub_orders s join order_lines l on l.sub_order_id = s.id group by s.id order by s.number`;
  expect(subs.reduce((sum, sub) => sum + sub['total'], 0)).toBe(order?.['total']);
  for (const sub of subs) expect([sub['lines'], sub['shares']]).toEqual([sub['goods'], sub['delivery']]);
  expect(subs.map((sub) => sub['commission']).toSorted((a, b) => a - b)).toEqual([83, 250]);
  const [claims] = await sql`select sum(quantity)::int units from reservations where state = 'held'`;
  expect(claims?.['units']).toBe(3 + 1 + 345);
  const numbers = await sql`select number from sub_orders order by number`;
  expect(numbers.map((row) => row['number'])).toEqual(['H-1001-1', 'H-1001-2']);
  const codes = await sql`select pickup_code from sub_orders`;
  for (const code of codes) expect(code['pickup_code']).toMatch(/^[ACDEFHJKMNPRTVWXY34679]{4}$/u);
});

test('a price that moved since it was read is told, old and new, and nothing is written', async () => {
  const offer = await given.offer({ shop: await given.shop(), priceMinor: 450 });
  const basket = await given.basketOf([{ offer, quantity: 2 }]);
  await enterCheckout(basket.shopper, portsAt());
  await databaseHandle().sql`update offers set price_minor = 500 where id = ${offer.offerId}`;
  const before = await rowCounts('orders', 'idempotency_keys');
  const refused = await placeOrder(basket.shopper, orderFor(basket), portsAt());
  expect(refused).toMatchObject({ ok: false, error: { kind: 'price-changed', changes: [{ oldMinor: 450, newMinor: 500 }] } });
  expect(await rowCounts('orders', 'idempotency_keys')).toEqual(before);
  expect((await getCheckout(basket.shopper, wednesdayMorning))?.basket.totalMinor).toBe(1_000); // settled anew, to be read again
  expect((await getBasket(basket.shopper, wednesdayMorning))?.groups[0]?.lines[0]?.former).toEqual({ unitPriceMinor: 450 });
  expect((await placeOrder(basket.shopper, orderFor(basket), portsAt())).ok).toBe(true);
});

test('a shop that stopped taking orders is routed around, once that was read', async () => {
  const [one, other] = [await given.shop(), await given.shop()];
  const listing = await given.listing();
  const offers = [await given.offer({ shop: one, listing, priceMinor: 400 }), await given.offer({ shop: other, listing, priceMinor: 900 })];
  const basket = await given.basketOf([{ offer: offers[0]! }]);
  await enterCheckout(basket.shopper, portsAt());
  await setTakesOrders(one.scope, false, portsAt());
  const refused = await placeOrder(basket.shopper, orderFor(basket), portsAt());
  expect(refused).toMatchObject({ ok: false, error: { kind: 'shop-not-selling' } });
  const page = await getCheckout(basket.shopper, wednesdayMorning);
  expect(page?.basket.groups.map((group) => [group.shop.shopId, group.totalMinor])).toEqual([[other.shopId, 900]]);
  const placed = await placeOrder(basket.shopper, orderFor(basket), portsAt());
  expect(placed.ok).toBe(true);
  const [freed] = await databaseHandle().sql`select reserved from stock_levels where offer_id = ${offers[0]!.offerId}`;
  expect(freed?.['reserved']).toBe(0);
});

test('what is held is still mine to order, and a change of the basket has to be agreed to again', async () => {
  const { baskets } = await given.oneLoafIn(1);
  const [basket] = baskets;
  await enterCheckout(basket!.shopper, portsAt());
  expect((await getBasket(basket!.shopper, wednesdayMorning))?.problems).toEqual([]);
  const lineId = (await getBasket(basket!.shopper, wednesdayMorning))?.groups[0]?.lines[0]?.lineId;
  await setLineQuantity(basket!.shopper, { lineId: lineId!, quantity: 2 }, portsAt());
  expect(await getCheckout(basket!.shopper, wednesdayMorning)).toBeUndefined();
  const view = await getBasket(basket!.shopper, wednesdayMorning);
  expect(view?.problems).toMatchObject([{ reason: 'less-left', available: 1 }]);
  expect(await placeOrder(basket!.shopper, orderFor(basket!), portsAt())).toMatchObject({
    ok: false,
    error: { kind: 'insufficient-stock', shortfalls: [{ wanted: 2, available: 1 }] },
  });
});

test('the promise that was read is the promise that is kept, though minutes went by', async () => {
  const basket = await given.basketOf([{ offer: await given.offer({ shop: await given.shop() }) }]);
  await enterCheckout(basket.shopper, portsAt());
  const promised = (await getCheckout(basket.shopper, wednesdayMorning))?.basket.groups[0]?.promise.from;
  const later = plusMs(wednesdayMorning, 14 * MINUTE);
  await placeOrder(basket.shopper, orderFor(basket), portsAt(later));
  const [sub] = await databaseHandle()
    .sql`select extract(epoch from promised_from) * 1000 as at from sub_orders s join orders o on o.id = s.order_id where o.basket_id = ${basket.basketId}`;
  expect(Number(sub?.['at'])).toBe(promised);
});

test('what was read an hour ago is settled anew and read again before it is ordered', async () => {
  const basket = await given.basketOf([{ offer: await given.offer({ shop: await given.shop() }) }]);
  await enterCheckout(basket.shopper, portsAt());
  const later = plusMs(wednesdayMorning, 60 * MINUTE);
  expect(await getCheckout(basket.shopper, later)).toBeUndefined();
  expect(await placeOrder(basket.shopper, orderFor(basket), portsAt(later))).toEqual({ ok: false, error: { kind: 'promise-gone' } });
  const promised = (await getCheckout(basket.shopper, later))?.basket.groups[0]?.promise.from;
  expect(promised).toBeGreaterThan(later);
  expect((await placeOrder(basket.shopper, orderFor(basket), portsAt(later))).ok).toBe(true);
});

test('a basket changed in another tab is not ordered for another total than the one that was read', async () => {
  const basket = await given.basketOf([{ offer: await given.offer({ shop: await given.shop(), priceMinor: 450 }) }]);
  await enterCheckout(basket.shopper, portsAt());
  const lineId = (await getBasket(basket.shopper, wednesdayMorning))?.groups[0]?.lines[0]?.lineId;
  await setLineQuantity(basket.shopper, { lineId: lineId!, quantity: 3 }, portsAt());
  const refused = await placeOrder(basket.shopper, { ...orderFor(basket), totalSeenMinor: 450 }, portsAt());
  expect(refused).toEqual({ ok: false, error: { kind: 'promise-gone' } });
  expect((await getCheckout(basket.shopper, wednesdayMorning))?.basket.totalMinor).toBe(1_350);
  expect((await placeOrder(basket.shopper, { ...orderFor(basket), totalSeenMinor: 1_350 }, portsAt())).ok).toBe(true);
});

test('another shopper’s basket does not exist for you', async () => {
  const [mine, theirs] = [await given.basketOf([{ offer: await given.offer({ shop: await given.shop() }) }]), await given.basketOf([])];
  expect(await placeOrder(theirs.shopper, orderFor(mine), portsAt())).toEqual({ ok: false, error: { kind: 'basket-not-found' } });
  const lineId = (await getBasket(mine.shopper, wednesdayMorning))?.groups[0]?.lines[0]?.lineId;
  expect(await setLineQuantity(theirs.shopper, { lineId: lineId!, quantity: 5 }, portsAt())).toEqual({
    ok: false,
    error: { kind: 'line-not-found' },
  });
  expect((await placeOrder(mine.shopper, orderFor(mine), portsAt())).ok).toBe(true);
  expect(await findPlacedOrder(theirs.shopper)).toBeUndefined();
});

test('a courier’s address beyond the round is refused with the shop’s name', async () => {
  const shop = await given.shop({ name: 'Brûlerie', services: { courier, pickup: false } });
  const basket = await given.basketOf([{ offer: await given.offer({ shop }) }]);
  await livesNearby(basket);
  await enterCheckout(basket.shopper, portsAt());
  const far = { ...orderFor(basket), address: { label: 'Paris', latitude: 48.85, longitude: 2.35 } };
  expect(await placeOrder(basket.shopper, far, portsAt())).toMatchObject({
    ok: false,
    error: { kind: 'address-out-of-reach', shopName: 'Brûlerie' },
  });
  expect(await placeOrder(basket.shopper, { ...far, address: undefined }, portsAt())).toMatchObject({
    ok: false,
    error: { kind: 'address-missing' },
  });
});
