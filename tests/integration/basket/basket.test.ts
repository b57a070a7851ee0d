import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import {
  addLine,
  chooseMethod,
  choosePlan,
  countBasket,
  findBasketToChange,
  getBasket,
  removeLine,
  replaceLine,
  setLineQuantity,
  touch,
  undoPlan,
} from '@/lib/basket';
import { MINUTE, minor, ok, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { withTransaction } from '@/lib/platform/transaction';
import { setTakesOrders } from '@/lib/shops';
import { given, livesNearby, portsAt, wednesdayMorning } from '../../support/builders';
import { watchDatabase } from '../../support/watched-database';

const ports = portsAt();
const parcel = { priceMinor: 550, days: 2, maxGrams: 5_000 };
const courier = { priceMinor: 390, radiusMetres: 6_000, slots: [['17:00', '19:00']] as const };

test('a basket is read by few statements, however much is in it', async () => {
  const shops = [await given.shop(), await given.shop(), await given.shop()];
  const offers = [];
  for (let index = 0; index < 12; index += 1) offers.push(await given.offer({ shop: shops[index % 3]! }));
  const basket = await given.basketOf(offers.map((offer) => ({ offer })));
  await databaseHandle().sql`update stock_levels set on_hand = 0 where offer_id = ${offers[0]!.offerId}`;
  const watched = await watchDatabase();
  const view = await getBasket(basket.shopper, wednesdayMorning);
  expect(view?.problems).toHaveLength(1);
  expect(watched.statements.length).toBeLessThanOrEqual(6);
  await watched.close();
});

test('totals are the sum of the groups, and a group the sum of its lines and its delivery', async () => {
  const basket = await given.basketOf([
    { offer: await given.offer({ shop: await given.shop({ services: { pickup: false, parcel } }), priceMinor: 1_290 }), quantity: 2 },
    { offer: await given.offer({ shop: await given.shop(), priceMinor: 333 }), quantity: 3 },
  ]);
  const view = await getBasket(basket.shopper, wednesdayMorning);
  expect(view?.groups.map((group) => [group.goodsMinor, group.deliveryMinor, group.totalMinor]).toSorted()).toEqual([
    [2_580, 550, 3_130],
    [999, 0, 999],
  ]);
  expect([view?.goodsMinor, view?.deliveryMinor, view?.totalMinor, view?.articleCount, view?.shopCount]).toEqual([3_579, 550, 4_129, 5, 2]);
});

test('the same thing from two cards is one line; a chosen shop is a line of its own and binds every plan', async () => {
  const listing = await given.listing();
  const cheap = await given.offer({ shop: await given.shop(), listing, priceMinor: 300 });
  const dear = await given.offer({ shop: await given.shop(), listing, priceMinor: 900 });
  const basket = await given.basketOf([{ offer: cheap }, { offer: cheap }, { offer: dear, quantity: 2, shopChosen: true }]);
  const view = await getBasket(basket.shopper, wednesdayMorning);
  const lines = view?.groups.flatMap((group) =>
    group.lines.map((line) => [group.shop.shopId, line.offerId, line.quantity, line.shopChosen]),
  );
  expect(lines).toHaveLength(2);
  expect(lines).toContainEqual([dear.shop.shopId, dear.offerId, 2, true]);
  await choosePlan(basket.shopper, { plan: 'cheapest' }, ports);
  const cheapest = await getBasket(basket.shopper, wednesdayMorning);
  expect(cheapest?.totalMinor).toBe(2 * 900 + 2 * 300);
});

test('what a card promised a moment ago stays with its shop; later a real saving may move it, and says so', async () => {
  const listing = await given.listing();
  const shown = await given.offer({ shop: await given.shop({ name: 'Montrée' }), listing, priceMinor: 2_000 });
  await given.offer({ shop: await given.shop(), listing, priceMinor: 900 });
  const basket = await given.basketOf([{ offer: shown }]);
  const soon = await getBasket(basket.shopper, plusMs(wednesdayMorning, 9 * MINUTE));
  expect(soon?.groups[0]?.shop.name).toBe('Montrée');
  expect(soon?.plans.find((plan) => plan.kind === 'cheapest')?.differenceMinor).toBe(-1_100);
  const later = await getBasket(basket.shopper, plusMs(wednesdayMorning, 11 * MINUTE));
  expect(later?.groups[0]?.lines[0]).toMatchObject({
    movedFromShopName: 'Montrée',
    unitPriceMinor: 900,
    former: { unitPriceMinor: 2_000 },
  });
});

test('a plan is applied in one tap and undone in one tap', async () => {
  const listing = await given.listing();
  const shown = await given.offer({ shop: await given.shop(), listing, priceMinor: 2_000 });
  await given.offer({ shop: await given.shop(), listing, priceMinor: 900 });
  const { shopper } = await given.basketOf([{ offer: shown }]);
  await choosePlan(shopper, { plan: 'cheapest' }, ports);
  const cheap = await getBasket(shopper, wednesdayMorning);
  expect([cheap?.totalMinor, cheap?.canUndoPlan, cheap?.plans.find((plan) => plan.isChosen)?.kind]).toEqual([900, true, 'cheapest']);
  await undoPlan(shopper, ports);
  expect((await getBasket(shopper, wednesdayMorning))?.totalMinor).toBe(2_000);
  expect(await undoPlan(shopper, ports)).toEqual({ ok: false, error: { kind: 'nothing-to-undo' } });
});

test('another way of receiving keeps the shop, and a way it does not offer is refused', async () => {
  const listing = await given.listing();
  const one = await given.offer({ shop: await given.shop({ services: { parcel } }), listing });
  await given.offer({ shop: await given.shop(), listing });
  const basket = await given.basketOf([{ offer: one }]);
  expect((await chooseMethod(basket.shopper, { shopId: one.shop.shopId, method: 'parcel' }, ports)).ok).toBe(true);
  const view = await getBasket(basket.shopper, plusMs(wednesdayMorning, 20 * MINUTE));
  expect(view?.groups.map((group) => [group.shop.shopId, group.promise.method, group.deliveryMinor])).toEqual([
    [one.shop.shopId, 'parcel', 550],
  ]);
  expect(await chooseMethod(basket.shopper, { shopId: one.shop.shopId, method: 'courier' }, ports)).toEqual({
    ok: false,
    error: { kind: 'method-not-offered' },
  });
});

test('a thing that is gone is said and kept, with the same thing elsewhere to take instead', async () => {
  const listing = await given.listing();
  const gone = await given.offer({ shop: await given.shop({ name: 'Fermée' }), listing });
  const other = await given.offer({ shop: await given.shop(), listing, priceMinor: 700 });
  const basket = await given.basketOf([{ offer: gone, shopChosen: true }]);
  await setTakesOrders(gone.shop.scope, false, ports);
  const view = await getBasket(basket.shopper, wednesdayMorning);
  expect(view?.groups).toEqual([]);
  expect(view?.problems).toMatchObject([
    { reason: 'shop-closed', line: { shopName: 'Fermée' }, substitutes: [{ offerId: other.offerId, priceMinor: 700 }] },
  ]);
  const lineId = view?.problems[0]?.line.lineId;
  expect((await replaceLine(basket.shopper, { lineId: lineId!, offerId: other.offerId }, ports)).ok).toBe(true);
  expect((await getBasket(basket.shopper, wednesdayMorning))?.totalMinor).toBe(700);
});

test('a thing nobody else has is given the likest of its department', async () => {
  const categoryId = await given.category();
  const shop = await given.shop();
  const gone = await given.offer({ shop, listing: await given.listing({ categoryId, title: 'Cafetière italienne 6 tasses' }), stock: 0 });
  const like = await given.offer({ shop, listing: await given.listing({ categoryId, title: 'Cafetière italienne 3 tasses' }) });
  await given.offer({ shop, listing: await given.listing({ title: 'Cafetière italienne 9 tasses' }) });
  const view = await getBasket((await given.basketOf([{ offer: gone }])).shopper, wednesdayMorning);
  expect(view?.problems).toMatchObject([{ reason: 'sold-out', substitutes: [{ offerId: like.offerId }] }]);
  expect(view?.problems[0]?.substitutes).toHaveLength(1);
});

test('delivery of new books is never cheaper than the law wants, and fetching them is free', async () => {
  const shop = await given.shop({ services: { courier: { ...courier, priceMinor: 200 } } });
  const book = await given.offer({ shop, vatCategory: 'book_print', priceMinor: 2_200 });
  const basket = await given.basketOf([{ offer: book }]);
  await livesNearby(basket);
  await chooseMethod(basket.shopper, { shopId: shop.shopId, method: 'courier' }, ports);
  const brought = await getBasket(basket.shopper, wednesdayMorning);
  expect(brought?.groups[0]?.deliveryMinor).toBe(300);
  expect(brought?.groups[0]?.methods.map((way) => [way.method, way.promise.cost.amountMinor])).toEqual([
    ['pickup', 0],
    ['courier', 300],
  ]);
});

test('absurd wishes are refused with the limit, and the basket stays as it was', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 5_000 });
  const basket = await given.basketOf([{ offer, quantity: 999 }]);
  const wish = { listingId: offer.listingId, offerId: offer.offerId, shopChosen: false };
  for (const quantity of [1, 0, -1, 1.5, 1e12, Number.NaN]) {
    expect(await addLine(basket.shopper, { ...wish, quantity }, ports)).toEqual({
      ok: false,
      error: { kind: 'invalid-quantity', maximum: 999 },
    });
  }
  const [problem] = (await getBasket(basket.shopper, wednesdayMorning))?.problems ?? [];
  expect(problem?.reason).toBe('cannot-be-received'); // four hundred kilograms of bread fit no bag
  const lineId = problem?.line.lineId;
  expect(await setLineQuantity(basket.shopper, { lineId: lineId!, quantity: 1_000 }, ports)).toMatchObject({ ok: false });
  expect(await countBasket(basket.shopper)).toBe(999);
  const wrongPage = await given.listing();
  expect(await addLine(basket.shopper, { ...wish, listingId: wrongPage.listingId, quantity: 1 }, ports)).toEqual({
    ok: false,
    error: { kind: 'offer-not-found' },
  });
  expect((await removeLine(basket.shopper, { lineId: lineId! }, ports)).ok).toBe(true);
  expect(await countBasket(basket.shopper)).toBe(0);
});

test('a price that moved is shown old beside new until the shopper touches the line', async () => {
  const offer = await given.offer({ shop: await given.shop(), priceMinor: 450 });
  const { shopper } = await given.basketOf([{ offer }]);
  await databaseHandle().sql`update offers set price_minor = ${minor(500)} where id = ${offer.offerId}`;
  const line = (await getBasket(shopper, wednesdayMorning))?.groups[0]?.lines[0];
  expect([line?.unitPriceMinor, line?.former?.unitPriceMinor]).toEqual([500, 450]);
  await setLineQuantity(shopper, { lineId: line!.lineId, quantity: 2 }, ports);
  expect((await getBasket(shopper, wednesdayMorning))?.groups[0]?.lines[0]?.former).toBeUndefined();
});

test('an hour a card showed in the last ten minutes is kept, and an hour it never showed is not', async () => {
  const shop = await given.shop({ preparationMinutes: 30 });
  const offer = await given.offer({ shop });
  const shownAt = plusMs(wednesdayMorning, 14 * MINUTE);
  const seen = plusMs(wednesdayMorning, 45 * MINUTE); // 10:14 and half an hour, to the quarter
  const basketWith = async (promiseSeenAt: number) => {
    const basket = await given.basketOf([], shownAt);
    const wish = { listingId: offer.listingId, offerId: offer.offerId, quantity: 1, shopChosen: false, priceSeenMinor: offer.priceMinor };
    await addLine(basket.shopper, { ...wish, promiseSeenAt }, portsAt(plusMs(shownAt, 5 * MINUTE)));
    const [group] = (await getBasket(basket.shopper, plusMs(shownAt, 9 * MINUTE)))?.groups ?? [];
    return [group?.promise.from, group?.lines[0]?.formerPromiseAt];
  };
  // Asked anew at 10:23 the shop could say eleven o'clock.
  expect(await basketWith(seen)).toEqual([seen, undefined]);
  const invented = plusMs(wednesdayMorning, 30 * MINUTE);
  expect(await basketWith(invented)).toEqual([plusMs(wednesdayMorning, 60 * MINUTE), invented]);
});

test('what is collected in two shops is one walk when it can be, and one bag where one shop has it all', async () => {
  const [near, far] = [await given.shop({ latitude: 45.1925 }), await given.shop({ latitude: 45.1905 })];
  const listing = await given.listing();
  const cheap = await given.offer({ shop: near, listing, priceMinor: 300 });
  const other = await given.offer({ shop: far });
  const basket = await given.basketOf([
    { offer: cheap, shopChosen: true },
    { offer: other, shopChosen: true },
  ]);
  const before = await getBasket(basket.shopper, wednesdayMorning);
  expect(before?.plans.find((plan) => plan.isChosen)?.walk).toBeUndefined(); // nobody said where home is
  await livesNearby(basket);
  const chosen = (await getBasket(basket.shopper, wednesdayMorning))?.plans.find((plan) => plan.isChosen);
  expect(chosen?.isOneBag).toBe(false);
  expect(chosen?.walk?.shopNames).toHaveLength(2);
  expect(chosen?.walk?.leaveAt ?? 0).toBeGreaterThanOrEqual(wednesdayMorning);
  const single = await given.basketOf([{ offer: cheap }]);
  expect((await getBasket(single.shopper, wednesdayMorning))?.plans.find((plan) => plan.isChosen)?.isOneBag).toBe(true);
});

test('whoever waited for a basket sees what was put into it meanwhile', async () => {
  const basket = await given.basketOf([{ offer: await given.offer({ shop: await given.shop() }) }]);
  let isHeld = () => {};
  const held = new Promise<void>((resolve) => (isHeld = resolve));
  const changing = withTransaction(async (tx) => {
    await findBasketToChange(tx, basket.shopper);
    isHeld();
    await tx.execute(sql`update basket_lines set quantity = 7 where basket_id = ${basket.basketId}`);
    await touch(tx, basket.basketId, ports.clock.now());
    await pause(150);
    return ok(undefined);
  });
  await held;
  const waited = await withTransaction(async (tx) => ok(await findBasketToChange(tx, basket.shopper)));
  await changing;
  expect(waited.ok && waited.value?.lines.map((one) => one.quantity)).toEqual([7]);
});
