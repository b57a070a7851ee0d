import { expect, test } from 'vitest';
import { choosePlan, getBasket } from '@/lib/basket';
import { enterCheckout, placeOrder } from '@/lib/checkout';
import { refuseSubOrder, resolveRescues } from '@/lib/fulfilment';
import type { NetworkId, NetworkScope, OperatorScope, ShopId } from '@/lib/kernel';
import { HOUR, instant, minor, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import {
  getNetworkDesk,
  listPolicyVersions,
  loadSettings,
  noNetworkRules,
  previewPolicy,
  publishPolicy,
  publishZone,
  recordShares,
  revertPolicy,
  setNetworkRules,
  startingPolicy,
} from '@/lib/sourcing';
import { type GivenShop, given, orderFor, portsAt, wednesdayMorning } from '../../support/builders';
import { home, livesNearby } from '../../support/builders/shopping';
import { paidOrder, partOf } from '../../support/paid-order';

const ports = portsAt();
const operator: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'admin' };

/** Shops under one name, and somebody at its head office. */
async function network(shops: readonly GivenShop[]): Promise<NetworkScope> {
  const { sql } = databaseHandle();
  const networkId: NetworkId = systemIds.make('network');
  await sql`insert into networks (id, name, slug, kind) values (${networkId}, 'Paniers', ${networkId.toLowerCase()}, 'franchise')`;
  await sql`update shops set network_id = ${networkId} where id in ${sql(shops.map(({ shopId }) => shopId))}`;
  return { kind: 'network', networkId, personId: systemIds.make('person'), role: 'head-office' };
}

const shopsOf = async (basket: Awaited<ReturnType<typeof given.basketOf>>, now = plusMs(wednesdayMorning, HOUR)) => {
  const view = await getBasket(basket.shopper, now);
  return { view, shops: view?.groups.map((group) => group.shop.shopId) ?? [] };
};

test('the first policy of the migrations is the one a city starts with', async () => {
  await given.city();
  expect(await loadSettings(wednesdayMorning)).toMatchObject({
    policy: startingPolicy,
    floors: [{ vatCategory: 'book_print', belowMinor: 300 }],
  });
});

test('a published policy is live at once, an outdated draft is refused, and going back is a new version', async () => {
  const listing = await given.listing();
  const shown = await given.offer({ shop: await given.shop(), listing, priceMinor: 500 });
  const cheaper = await given.offer({ shop: await given.shop(), listing, priceMinor: 450 });
  const basket = await given.basketOf([{ offer: shown }]);
  expect((await shopsOf(basket)).shops).toEqual([shown.shop.shopId]);
  const draft = { ...startingPolicy, perSwitch: 0 };
  const published = await publishPolicy(operator, { policy: draft, from: 1, source: 'essai' }, ports);
  expect(published).toEqual({ ok: true, value: { version: 2 } });
  expect((await shopsOf(basket)).shops).toEqual([cheaper.shop.shopId]);
  expect(await publishPolicy(operator, { policy: startingPolicy, from: 1, source: 'essai' }, ports)).toMatchObject({
    error: { kind: 'changed-meanwhile', version: 2 },
  });
  expect(await publishPolicy(operator, { policy: draft, from: 2, source: 'essai' }, ports)).toMatchObject({
    error: { kind: 'nothing-changed' },
  });
  expect(await revertPolicy(operator, { to: 1, from: 2, source: 'retour' }, ports)).toMatchObject({ value: { version: 3 } });
  expect((await shopsOf(basket)).shops).toEqual([shown.shop.shopId]);
  expect((await listPolicyVersions(operator)).map(({ version, source }) => [version, source])).toEqual([
    [3, 'retour'],
    [2, 'essai'],
    [1, undefined],
  ]);
  const { sql } = databaseHandle();
  await expect(sql`update routing_policies set source = 'nobody'`).rejects.toThrow(/fact/);
});

test('who received more than its share lately is used a little less readily, and never beyond the cap', async () => {
  const listing = await given.listing();
  const offers = [];
  for (const priceMinor of [500, 530]) offers.push(await given.offer({ shop: await given.shop(), listing, priceMinor }));
  const [often, seldom] = offers;
  if (!often || !seldom) throw new Error('two shops sell it');
  const third = await given.offer({ shop: await given.shop(), listing, priceMinor: 900 });
  const basket = await given.basketOf([{ offer: third }]);
  expect((await shopsOf(basket)).shops).toEqual([often.shop.shopId]);
  const order = await paidOrder([{ offer: often, quantity: 4 }]);
  await recordShares(order.orderId);
  await recordShares(order.orderId);
  const { received, policy } = await loadSettings(plusMs(wednesdayMorning, HOUR));
  expect(received.get(often.shop.shopId)).toBe(2_000);
  expect(policy.fairShareCap).toBeGreaterThan(30);
  expect((await shopsOf(basket)).shops).toEqual([seldom.shop.shopId]);
  // Beyond the cap the cheaper shop is worth it again.
  await databaseHandle().sql`update offers set price_minor = 570 where id = ${seldom.offerId}`;
  expect((await shopsOf(basket)).shops).toEqual([often.shop.shopId]);
});

test('a network’s lines come from its own shops first, hard in every plan, and its rules are its own alone', async () => {
  const listing = await given.listing();
  const first = await given.shop();
  const sister = await given.shop();
  const shown = await given.offer({ shop: first, listing, priceMinor: 500, stock: 1 });
  const own = await given.offer({ shop: sister, listing, priceMinor: 800 });
  const foreign = await given.offer({ shop: await given.shop(), listing, priceMinor: 400 });
  const scope = await network([first, sister]);
  const basket = await given.basketOf([{ offer: shown, quantity: 2 }]);
  expect((await shopsOf(basket)).shops).toEqual([foreign.shop.shopId]);
  const hard = { ...noNetworkRules, ownFirst: 'hard' } as const;
  expect(await setNetworkRules(scope, { rules: hard, from: 0, source: 'maison' }, ports)).toMatchObject({ ok: true });
  const { view, shops } = await shopsOf(basket);
  expect(shops).toEqual([own.shop.shopId]);
  expect(view?.plans.every((plan) => !plan.changes.some((change) => change.kind === 'shop'))).toBe(true);

  const viewer = await setNetworkRules({ ...scope, role: 'viewer' }, { rules: hard, from: 1, source: 'x' }, ports);
  expect(viewer).toMatchObject({ error: { kind: 'role-too-small' } });
  const stolen = { ...hard, excludedShopIds: [foreign.shop.shopId] };
  expect(await setNetworkRules(scope, { rules: stolen, from: 1, source: 'x' }, ports)).toMatchObject({ error: { kind: 'foreign-shop' } });
  expect(await setNetworkRules(scope, { rules: hard, from: 0, source: 'x' }, ports)).toMatchObject({
    error: { kind: 'changed-meanwhile' },
  });
  expect((await getNetworkDesk(scope)).shops.map(({ shopId }) => shopId).toSorted()).toEqual([first.shopId, sister.shopId].toSorted());
});

test('what a shop of a network cannot serve is looked for in its own shops first, a cheaper one beside them or not', async () => {
  const listing = await given.listing();
  const [first, sister] = [await given.shop(), await given.shop()];
  const shown = await given.offer({ shop: first, listing, priceMinor: 500 });
  await given.offer({ shop: sister, listing, priceMinor: 530 });
  await given.offer({ shop: await given.shop(), listing, priceMinor: 450 });
  await setNetworkRules(
    await network([first, sister]),
    { rules: { ...noNetworkRules, ownFirst: 'hard' }, from: 0, source: 'maison' },
    ports,
  );
  const order = await paidOrder([{ offer: shown }]);
  // What is missing would be carried from the sister's shelf; a shop with too much to do needs another to serve.
  await refuseSubOrder(first.scope, { subOrderId: (await partOf(order, first)).id, reason: 'overloaded' }, ports);
  await resolveRescues(order.orderId, ports);
  expect(await partOf(order, sister)).toMatchObject({ state: 'offered', totalMinor: 530 });
});

test('a shop bound to postcodes brings nothing elsewhere, and one kept out supplies nothing', async () => {
  const courier = { priceMinor: 390, radiusMetres: 9_000, slots: [['14:00', '17:00']] } as const;
  const shop = await given.shop({ services: { pickup: true, courier } });
  const offer = await given.offer({ shop });
  const scope = await network([shop]);
  const basket = await given.basketOf([{ offer }]);
  await livesNearby(basket); // 38000
  const methods = async () => (await shopsOf(basket)).view?.plans.map((plan) => plan.courierCount) ?? [];
  const territory = (postcodes: readonly string[]) => ({
    ...noNetworkRules,
    territories: [{ shopId: shop.shopId, postcodes: [...postcodes] }],
  });
  const { sql } = databaseHandle();
  await sql`update baskets set method_by_shop = ${JSON.stringify({ [shop.shopId]: 'courier' })}::text::jsonb where id = ${basket.basketId}`;
  await setNetworkRules(scope, { rules: territory(['38000']), from: 0, source: 'x' }, ports);
  expect(await methods()).toEqual([1]);
  await setNetworkRules(scope, { rules: territory(['38100']), from: 1, source: 'x' }, ports);
  expect(await methods()).toEqual([]);
  await sql`update baskets set method_by_shop = '{}' where id = ${basket.basketId}`;
  expect((await shopsOf(basket)).shops).toEqual([shop.shopId]);
  await setNetworkRules(scope, { rules: { ...noNetworkRules, excludedShopIds: [shop.shopId] }, from: 2, source: 'x' }, ports);
  expect((await shopsOf(basket)).shops).toEqual([]);
});

const zone = {
  slug: 'centre',
  from: 0,
  name: 'Centre',
  latitude: 45.1885,
  longitude: 5.7245,
  radiusMetres: 3_000,
  priceMinor: 500,
  furtherShopMinor: 100,
  slots: [{ from: '14:00', to: '17:00', stops: 1 }],
  source: 'essai',
};

test('one courier brings what two shops have for one shared price, chosen, held and ordered as it was read; a full slot is promised to nobody', async () => {
  const courier = { priceMinor: 390, radiusMetres: 9_000, slots: [['09:00', '12:00']] } as const;
  const services = { pickup: true, courier } as const;
  const bread = await given.offer({ shop: await given.shop({ services }), priceMinor: 1_000 });
  const cheese = await given.offer({ shop: await given.shop({ services }), priceMinor: 3_000 });
  const wish = async () => {
    const basket = await given.basketOf([
      { offer: bread, shopChosen: true },
      { offer: cheese, shopChosen: true },
    ]);
    await livesNearby(basket);
    return basket;
  };
  const basket = await wish();
  expect((await getBasket(basket.shopper, wednesdayMorning))?.plans.some((plan) => plan.kind === 'round')).toBe(false);
  expect(await publishZone(operator, { ...zone, slots: [...zone.slots, { from: '16:00', to: '18:00', stops: 3 }] }, ports)).toMatchObject({
    error: { kind: 'slots-overlap' },
  });
  expect(await publishZone(operator, zone, ports)).toEqual({ ok: true, value: { version: 1 } });
  const round = (await getBasket(basket.shopper, wednesdayMorning))?.plans.find((plan) => plan.kind === 'round');
  expect(round).toMatchObject({ courierCount: 2, deliveryMinor: 600, isOneRound: true });
  await choosePlan(basket.shopper, { plan: 'round' }, ports);
  const chosen = await getBasket(basket.shopper, wednesdayMorning);
  expect(chosen).toMatchObject({ plan: 'round', deliveryMinor: 600, totalMinor: 4_600 });
  expect(chosen?.groups.map((group) => group.deliveryMinor).toSorted((a, b) => a - b)).toEqual([150, 450]);
  expect(new Set(chosen?.groups.map((group) => group.promise.to)).size).toBe(1);
  expect(await enterCheckout(basket.shopper, ports)).toMatchObject({ ok: true });
  const placed = await placeOrder(basket.shopper, { ...orderFor(basket), totalSeenMinor: minor(4_600) }, ports);
  expect(placed).toMatchObject({ ok: true });
  const parts = await databaseHandle().sql`select p.method, p.delivery_minor::int as delivery, o.plan from sub_orders p
    join orders o on o.id = p.order_id where o.basket_id = ${basket.basketId} order by p.delivery_minor`;
  expect([...parts]).toEqual([
    { method: 'courier', delivery: 150, plan: 'round' },
    { method: 'courier', delivery: 450, plan: 'round' },
  ]);
  // The one door of this afternoon is taken: the next basket is brought on the next day with a slot.
  const next = (await getBasket((await wish()).shopper, wednesdayMorning))?.plans.find((plan) => plan.kind === 'round');
  expect(next?.lastAt).toBe(plusMs(instant(Date.UTC(2026, 10, 25, 16)), 24 * HOUR));
  await publishZone(operator, { ...zone, from: 1, slots: [] }, ports);
});

test('one walk past all shops is a plan of its own, offered, chosen and kept', async () => {
  const near = await given.shop({ latitude: home.latitude + 0.001, longitude: home.longitude });
  const nearToo = await given.shop({ latitude: home.latitude + 0.001, longitude: home.longitude + 0.001 });
  const far = await given.shop({ latitude: home.latitude - 0.012, longitude: home.longitude });
  const [tea, cup] = [await given.listing(), await given.listing()];
  const farTea = await given.offer({ shop: far, listing: tea, priceMinor: 100 });
  await given.offer({ shop: far, listing: cup, priceMinor: 100 });
  await given.offer({ shop: near, listing: tea, priceMinor: 900 });
  await given.offer({ shop: nearToo, listing: cup, priceMinor: 900 });
  const cupOffer = { ...farTea, listingId: cup.listingId };
  const { sql } = databaseHandle();
  const [offerOfCup] = await sql<
    { id: typeof farTea.offerId }[]
  >`select id from offers where listing_id = ${cup.listingId} and shop_id = ${far.shopId}`;
  const basket = await given.basketOf([{ offer: farTea }, { offer: { ...cupOffer, offerId: offerOfCup?.id ?? farTea.offerId } }]);
  await livesNearby(basket);
  const later = plusMs(wednesdayMorning, HOUR);
  const walk = (await getBasket(basket.shopper, later))?.plans.find((plan) => plan.kind === 'walk');
  expect(walk).toMatchObject({ shopCount: 2, pickupCount: 2, totalMinor: 1_800 });
  expect(walk?.walk?.minutes).toBeLessThan(20);
  expect(walk?.walk?.metres).toBeGreaterThan(100);
  await choosePlan(basket.shopper, { plan: 'walk' }, ports);
  const chosen = await shopsOf(basket, later);
  expect(chosen.shops.toSorted()).toEqual([near.shopId, nearToo.shopId].toSorted() as ShopId[]);
});

test('a draft is tried on the latest baskets, and writes nothing', async () => {
  const one = await given.offer({ shop: await given.shop(), priceMinor: 700 });
  const two = await given.offer({ shop: await given.shop(), priceMinor: 800 });
  await paidOrder([{ offer: one }, { offer: two }]);
  const same = await previewPolicy(operator, startingPolicy, wednesdayMorning);
  expect(same.length).toBeGreaterThan(0);
  expect(same.every((sample) => sample.isSame)).toBe(true);
  const before = (await listPolicyVersions(operator)).length;
  await previewPolicy(operator, { ...startingPolicy, mostShops: 1, perShop: 9_000 }, wednesdayMorning);
  expect(await listPolicyVersions(operator)).toHaveLength(before);
});
