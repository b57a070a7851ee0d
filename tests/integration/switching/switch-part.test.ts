import { expect, test } from 'vitest';
import { placeOrder } from '@/lib/checkout';
import { acceptSubOrder, getTracking, tickLine } from '@/lib/fulfilment';
import type { OrderScope } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import { payWithDemoCard } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { listSwitches, switchPart } from '@/lib/switching';
import { given, orderFor, portsAt } from '../../support/builders';
import { livesNearby } from '../../support/builders/shopping';
import { carryOutEverything, type GivenOrder, goodCard, linesOf, moneyOf, partOf, partsOf } from '../../support/paid-order';

const ports = portsAt();
const courier = { priceMinor: 390, radiusMetres: 9_000, slots: [['14:00', '17:00']] } as const;
const scopeOf = ({ orderId }: GivenOrder): OrderScope => ({ kind: 'order', orderId });

const services = (ways: { readonly pickup: boolean; readonly courier: typeof courier | null }) =>
  JSON.stringify({ ...ways, parcel: null, takesReturns: true });

/** One shop with the last of a thing, another that has it too; the first has it ordered, and from then on brings things and has them fetched. */
async function ordered(method: 'pickup' | 'courier' = 'pickup') {
  const listing = await given.listing();
  const shop = await given.shop();
  const offer = await given.offer({ shop, listing, priceMinor: 1_000, stock: 1 });
  const cheaper = await given.offer({ shop: await given.shop(), listing, priceMinor: 800 });
  const { sql } = databaseHandle();
  const offering = async (ways: string) => sql`update shops set services = ${ways}::text::jsonb where id = ${shop.shopId}`;
  await offering(services({ pickup: method === 'pickup', courier: method === 'courier' ? courier : null }));
  const basket = await given.basketOf([{ offer, shopChosen: true }]);
  await livesNearby(basket);
  const placed = await placeOrder(basket.shopper, orderFor(basket), ports);
  if (!placed.ok) throw new Error(placed.error.kind);
  const order: GivenOrder = placed.value;
  if (!(await payWithDemoCard(order.orderToken, goodCard, ports)).ok) throw new Error('the card is good');
  await offering(services({ pickup: true, courier }));
  const [part] = await partsOf(order);
  if (!part) throw new Error('the order has a part');
  return { order, part, shop, offer, cheaper };
}

const allocated = async (offerId: string) =>
  (await databaseHandle().sql<{ allocated: number }[]>`select allocated::int as allocated from stock_levels where offer_id = ${offerId}`)[0]
    ?.allocated;

test('a delivery becomes a pickup: the last unit keeps its shop, less is owed, and only that is taken', async () => {
  const { order, part, shop, offer } = await ordered('courier');
  expect(part.totalMinor).toBe(1_390);
  await acceptSubOrder(shop.scope, part.id, ports);
  const open = await listSwitches(scopeOf(order), { subOrderId: part.id }, ports);
  const pickup = open?.options.find((option) => option.isSameShop && option.method === 'pickup');
  expect(pickup).toMatchObject({ totalMinor: 1_000, differenceMinor: -390, deliveryMinor: 0 });
  const to = { shopId: shop.shopId, method: 'pickup' } as const;
  expect(await switchPart(scopeOf(order), { subOrderId: part.id, to, totalSeenMinor: minor(999) }, ports)).toMatchObject({
    error: { kind: 'price-changed' },
  });
  const switched = await switchPart(scopeOf(order), { subOrderId: part.id, to, totalSeenMinor: minor(1_000) }, ports);
  expect(switched).toMatchObject({ ok: true, value: { kind: 'switched' } });
  expect(await allocated(offer.offerId)).toBe(1);
  expect((await partsOf(order)).map(({ state, totalMinor }) => [state, totalMinor])).toEqual([
    ['cancelled', 1_390],
    ['offered', 1_000],
  ]);
  const [, next] = await partsOf(order);
  if (!next) throw new Error('there is a new part');
  await acceptSubOrder(shop.scope, next.id, ports);
  await carryOutEverything(ports);
  expect(await moneyOf(order)).toMatchObject({ captured: 1_000 });
  const tracking = await getTracking(order.orderToken, ports);
  expect(tracking?.subOrders.map(({ change, state }) => [state, change?.kind])).toEqual([
    ['cancelled', 'switched'],
    ['accepted', undefined],
  ]);
});

test('another shop that costs less takes the part over, and the first has its unit again', async () => {
  const { order, part, offer, cheaper } = await ordered();
  const to = { shopId: cheaper.shop.shopId, method: 'pickup' } as const;
  expect(await switchPart(scopeOf(order), { subOrderId: part.id, to, totalSeenMinor: minor(800) }, ports)).toMatchObject({ ok: true });
  expect([await allocated(offer.offerId), await allocated(cheaper.offerId)]).toEqual([0, 1]);
  await acceptSubOrder(cheaper.shop.scope, (await partOf(order, cheaper.shop)).id, ports);
  await carryOutEverything(ports);
  expect(await moneyOf(order)).toMatchObject({ captured: 800 });
});

test('what costs more is an order of its own: until it is paid nothing changes, then the old part ends and its money is let go', async () => {
  const { order, part, shop, offer } = await ordered();
  const to = { shopId: shop.shopId, method: 'courier' } as const;
  const wish = { subOrderId: part.id, to, totalSeenMinor: minor(1_390) };
  const asked = await switchPart(scopeOf(order), wish, ports);
  if (!asked.ok || asked.value.kind !== 'to-pay') throw new Error(JSON.stringify(asked));
  expect(await switchPart(scopeOf(order), wish, ports)).toEqual(asked);
  expect((await partsOf(order)).map(({ state }) => state)).toEqual(['offered']);
  expect(await payWithDemoCard(asked.value.orderToken, goodCard, ports)).toMatchObject({ ok: true });
  expect((await partsOf(order)).map(({ state }) => state)).toEqual(['cancelled']);
  expect(await allocated(offer.offerId)).toBe(1);
  const tracking = await getTracking(asked.value.orderToken, ports);
  expect(tracking?.subOrders).toMatchObject([{ method: 'courier', state: 'offered', totalMinor: 1_390 }]);
  await carryOutEverything(ports);
  expect(await moneyOf(order)).toMatchObject({ captured: 0 });
});

test('once it is being picked nothing is switched: an order paid too late for it is let go, and the part stays', async () => {
  const { order, part, shop } = await ordered();
  const to = { shopId: shop.shopId, method: 'courier' } as const;
  const asked = await switchPart(scopeOf(order), { subOrderId: part.id, to, totalSeenMinor: minor(1_390) }, ports);
  if (!asked.ok || asked.value.kind !== 'to-pay') throw new Error(JSON.stringify(asked));
  await acceptSubOrder(shop.scope, part.id, ports);
  for (const line of await linesOf(part)) await tickLine(shop.scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  await payWithDemoCard(asked.value.orderToken, goodCard, ports);
  await carryOutEverything(ports);
  expect((await partsOf(order)).map(({ state }) => state)).toEqual(['preparing']);
  expect((await getTracking(asked.value.orderToken, ports))?.paidAt).toBeUndefined();
  const late = await switchPart(
    scopeOf(order),
    { subOrderId: part.id, to: { ...to, method: 'pickup' }, totalSeenMinor: minor(1_000) },
    ports,
  );
  expect(late).toMatchObject({ error: { kind: 'already-picked' } });
});

test('ten taps switch once, and another order’s part is not there', async () => {
  const { order, part, cheaper } = await ordered();
  const other = await ordered();
  const to = { shopId: cheaper.shop.shopId, method: 'pickup' } as const;
  const wish = { subOrderId: part.id, to, totalSeenMinor: minor(800) };
  const taps = await Promise.all(Array.from({ length: 10 }, () => switchPart(scopeOf(order), wish, ports)));
  expect(taps.filter((tap) => tap.ok)).toHaveLength(1);
  expect(await allocated(cheaper.offerId)).toBe(1);
  expect(await switchPart(scopeOf(order), { ...wish, subOrderId: other.part.id }, ports)).toMatchObject({
    error: { kind: 'sub-order-not-found' },
  });
  expect(await listSwitches(scopeOf(order), { subOrderId: other.part.id }, ports)).toBeUndefined();
});
