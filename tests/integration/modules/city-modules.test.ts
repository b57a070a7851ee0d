import { describe, expect, test } from 'vitest';
import { chooseMethod } from '@/lib/basket';
import { enterCheckout, placeOrder } from '@/lib/checkout';
import { acceptSubOrder, despatch, handOver, markReady, tickLine } from '@/lib/fulfilment';
import type { OperatorScope, ShopScope } from '@/lib/kernel';
import { type CityModule, listModules, switchModule } from '@/lib/modules';
import { payWithDemoCard } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { listOffers } from '@/lib/search';
import { loadShopBook } from '@/lib/shops';
import { given, type GivenOffer, home, livesNearby, orderFor, portsAt, wednesdayMorning } from '../../support/builders';
import { goodCard, type GivenOrder, linesOf, partOf, partsOf } from '../../support/paid-order';

const ports = portsAt();
const city: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'admin' };
const { sql } = databaseHandle();

const say = (name: CityModule, enabled: boolean, isConfirmed = true) => switchModule(city, { name, enabled, isConfirmed }, ports);

async function whileOff(name: CityModule, work: () => Promise<void>): Promise<void> {
  expect((await say(name, false)).ok).toBe(true);
  try {
    await work();
  } finally {
    expect((await say(name, true)).ok).toBe(true);
  }
}

const cardOf = async (name: CityModule) => (await listModules(city)).find((card) => card.name === name);

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
  await whileOff('local-delivery', async () => {
    expect((await offeredWays(offer)).toSorted()).toEqual(['parcel', 'pickup']);
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
  expect(events[0]?.actor).toBe(`operator:${city.personId}`);
});
