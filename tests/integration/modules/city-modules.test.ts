import { describe, expect, test } from 'vitest';
import { chooseMethod } from '@/lib/basket';
import { bringVoucher, enterCheckout, getCheckout, placeOrder } from '@/lib/checkout';
import { acceptSubOrder, despatch, handOver, markReady, refuseSubOrder, tickLine } from '@/lib/fulfilment';
import type { ShopScope } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import { listModules } from '@/lib/modules';
import type { CityModule } from '@/lib/modules/views';
import { payWithDemoCard } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { listOffers } from '@/lib/search';
import { loadShopBook, takesOrdersAt } from '@/lib/shops';
import { getVoucherBalance } from '@/lib/wallet';
import { given, type GivenOffer, home, livesNearby, orderFor, portsAt, wednesdayMorning } from '../../support/builders';
import { refused, street } from '../../support/network-street';
import { carryOutEverything, goodCard, type GivenOrder, linesOf, paidOrder, partOf, partsOf } from '../../support/paid-order';
import { cityAdmin, say, whileOff } from '../../support/switched-off';

const ports = portsAt();
const { sql } = databaseHandle();

const cardOf = async (name: CityModule) => (await listModules(cityAdmin)).find((card) => card.name === name);

const courier = { priceMinor: 390, radiusMetres: 9_000, slots: [['14:00', '17:00']] } as const;
const parcel = { priceMinor: 590, days: 2, maxGrams: 20_000 } as const;
const ways = [
  { name: 'click-and-collect', method: 'pickup', services: { pickup: true } },
  { name: 'local-delivery', method: 'courier', services: { pickup: false, courier } },
  { name: 'parcels', method: 'parcel', services: { pickup: false, parcel } },
] as const;

async function basketWith(offer: GivenOffer) {
  const basket = await given.basketOf([{ offer, shopChosen: true }]);
  await livesNearby(basket);
  return basket;
}

async function offeredWays({ listingId }: GivenOffer): Promise<readonly string[]> {
  const { offers } = await listOffers({ listingId, book: await loadShopBook(wednesdayMorning), place: home, now: wednesdayMorning });
  return offers.flatMap((offer) => offer.promises.map(({ method }) => method));
}

async function finish(scope: ShopScope, order: GivenOrder, method: string): Promise<string | undefined> {
  const part = await partOf(order, scope);
  expect((await acceptSubOrder(scope, part.id, ports)).ok).toBe(true);
  for (const line of await linesOf(part)) await tickLine(scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  expect((await markReady(scope, { subOrderId: part.id, bag: '' }, ports)).ok).toBe(true);
  if (method === 'pickup') await handOver(scope, { subOrderId: part.id, proof: { pass: part.code } }, ports);
  else await despatch(scope, part.id, ports);
  return (await partsOf(order))[0]?.state;
}

describe.each(ways)('$name', ({ name, method, services }) => {
  test('off: not offered, not planned, not ordered, at once; what runs is finished; on again as before', async () => {
    const shop = await given.shop({ services });
    const offer = await given.offer({ shop });
    const running = await basketWith(offer);
    const placed = await placeOrder(running.shopper, orderFor(running), ports);
    if (!placed.ok) throw new Error(placed.error.kind);
    await payWithDemoCard(placed.value.orderToken, goodCard, ports);
    const agreed = await basketWith(offer);
    expect((await enterCheckout(agreed.shopper, ports)).ok).toBe(true);
    expect(await offeredWays(offer)).toEqual([method]);

    await whileOff(name, async () => {
      expect(await offeredWays(offer)).toEqual([]);
      const basket = await basketWith(offer);
      expect(await chooseMethod(basket.shopper, { shopId: shop.shopId, method }, ports)).toMatchObject({ ok: false });
      expect(await enterCheckout(basket.shopper, ports)).toMatchObject({ ok: false });
      expect(await placeOrder(basket.shopper, orderFor(basket), ports)).toMatchObject({ error: { kind: 'insufficient-stock' } });
      expect(await placeOrder(agreed.shopper, orderFor(agreed), ports)).toMatchObject({ error: { kind: 'shop-not-selling' } });
      expect(await finish(shop.scope, placed.value, method)).toBe(method === 'pickup' ? 'handed-over' : 'despatched');
    });
    expect(await offeredWays(offer)).toEqual([method]);
    const after = await basketWith(offer);
    expect((await placeOrder(after.shopper, orderFor(after), ports)).ok).toBe(true);
  });
});

test('a shop keeps its own wish, and offers what is left of it', async () => {
  const shop = await given.shop({ services: { courier, parcel, setAside: true } });
  const offer = await given.offer({ shop });
  const basket = await basketWith(offer);
  await chooseMethod(basket.shopper, { shopId: shop.shopId, method: 'courier' }, ports);
  await whileOff('local-delivery', async () => {
    expect((await offeredWays(offer)).toSorted()).toEqual(['parcel', 'pickup']);
    const ordered = await placeOrder(basket.shopper, orderFor(basket), ports);
    if (!ordered.ok) throw new Error(ordered.error.kind);
    const [part] = await sql<{ method: string }[]>`select method from sub_orders where order_id = ${ordered.value.orderId}`;
    expect(part?.method, 'a way that was fixed and is gone binds nobody').toBe('pickup');
    const [kept] = await sql<{ services: { courier: unknown } }[]>`select services from shops where id = ${shop.shopId}`;
    expect(kept?.services.courier).toMatchObject({ priceMinor: 390 });
  });
  expect((await offeredWays(offer)).toSorted()).toEqual(['courier', 'parcel', 'pickup']);
});

test('what is under way has to be read before; who and when are kept; saying it twice writes once', async () => {
  const shop = await given.shop();
  const basket = await basketWith(await given.offer({ shop }));
  await placeOrder(basket.shopper, orderFor(basket), ports);
  const refused = await say('click-and-collect', false, false);
  expect(refused).toMatchObject({ error: { kind: 'still-running' } });
  expect(await cardOf('click-and-collect')).toMatchObject({ isWanted: true, neededBy: ['set-aside', 'network-carries'] });
  await whileOff('click-and-collect', async () => {
    await say('click-and-collect', false);
    const card = await cardOf('click-and-collect');
    expect(card).toMatchObject({ isWanted: false, works: false, switched: { at: wednesdayMorning } });
    expect(card?.running).toBe(refused.ok ? 0 : refused.error.running);
    expect(await cardOf('set-aside')).toMatchObject({ isWanted: true, works: false });
  });
  const events = await sql<{ actor: string; facts: unknown }[]>`
    select actor, facts from domain_events where name = 'ModuleSwitched' and subject = 'click-and-collect' order by id desc limit 2`;
  expect(events.map(({ facts }) => facts)).toEqual([{ enabled: true }, { enabled: false }]);
  expect(events[0]?.actor).toBe(`operator:${cityAdmin.personId}`);
});

test('setting aside off: not offered, not placed, and a shop that only sets aside takes no order; what is set aside is handed over', async () => {
  const shop = await given.shop({ services: { setAside: true } });
  const reserve = await given.shop({ services: { setAside: true }, level: 'reserve' });
  const offer = await given.offer({ shop });
  const aside = async (email: string) => {
    const basket = await given.basketOf([{ offer, shopChosen: true }]);
    return placeOrder(basket.shopper, { ...orderFor(basket), email, setAside: [shop.shopId] }, ports);
  };
  const takes = async () => {
    const facts = (await loadShopBook(wednesdayMorning)).get(reserve.shopId);
    return facts !== undefined && takesOrdersAt(facts, wednesdayMorning);
  };
  const placed = await aside('aside1@example.org');
  if (!placed.ok) throw new Error(placed.error.kind);
  expect(await takes()).toBe(true);
  await whileOff('set-aside', async () => {
    expect(await takes()).toBe(false);
    expect(await aside('aside2@example.org')).toMatchObject({ error: { kind: 'not-set-aside' } });
    expect(await finish(shop.scope, placed.value, 'pickup')).toBe('handed-over');
  });
  expect((await aside('aside2@example.org')).ok).toBe(true);
});

test('vouchers off: none is brought, issued nor taken; what was brought stays, and what an order gives back goes on the voucher', async () => {
  const shop = await given.shop();
  const offer = await given.offer({ shop, priceMinor: 900 });
  const code = await given.voucher(2_000);
  const balance = async () => {
    const read = await getVoucherBalance({ code, sender: 'test', locale: 'fr' }, ports);
    return read.ok ? [read.value.balanceMinor, read.value.reservedMinor] : read.error.kind;
  };
  const running = await paidOrder([{ offer }], ports, 'refund', [code]);
  const basket = await given.basketOf([{ offer, shopChosen: true }]);
  await given.bring(basket, code);
  await enterCheckout(basket.shopper, ports);
  const off = { error: { kind: 'module-off', module: 'vouchers' } };
  await whileOff('vouchers', async () => {
    const other = await given.basketOf([{ offer }]);
    expect(await bringVoucher(other.shopper, { code, sender: 'test' }, ports)).toMatchObject(off);
    await expect(given.voucher(500)).rejects.toThrow('no voucher was issued');
    expect(await getCheckout(basket.shopper, wednesdayMorning)).toMatchObject({ tenders: { vouchers: [], paidMinor: 0, cardMinor: 900 } });
    const dueSeen = { ...orderFor(basket), dueSeenMinor: minor(0) };
    expect(await placeOrder(basket.shopper, dueSeen, ports)).toMatchObject({ error: { kind: 'vouchers-changed' } });
    expect(await balance()).toEqual([2_000, 900]);
    const part = await partOf(running, shop);
    expect((await refuseSubOrder(shop.scope, { subOrderId: part.id, reason: 'missing' }, ports)).ok).toBe(true);
    await carryOutEverything(ports);
    expect(await balance()).toEqual([2_000, 0]);
  });
  expect(await getCheckout(basket.shopper, wednesdayMorning)).toMatchObject({ tenders: { paidMinor: 900, cardMinor: 0 } });
});

test('where the city has it switched off nobody is asked to carry, and the rescue goes its other ways', async () => {
  const made = await street();
  await whileOff('network-carries', async () => {
    await refused(made, 'missing', 'ask');
    const asked = await databaseHandle()
      .sql`select 1 from stock_transfers where from_shop_id = ${made.sister.shop.shopId} and sub_order_id is not null`;
    expect(asked).toEqual([]);
  });
});
