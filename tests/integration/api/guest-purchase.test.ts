import { beforeAll, expect, test } from 'vitest';
import { databaseHandle } from '@/lib/platform/database';
import type { Operations } from '../../support/api-client/api-types';
import { given, type GivenOffer } from '../../support/builders';
import { emptyTables, rowCounts } from '../../support/database';
import { machineWith } from '../../support/machine';

const guest = machineWith();
const courier = { priceMinor: 390, radiusMetres: 6_000, slots: [['08:00', '22:00']] as const };
const home = { label: '12 rue du Port, 38000 Grenoble', latitude: 45.1931, longitude: 5.7182 };
const card = { number: '4242 4242 4242 4242', expiry: '12/34', code: '123' };
const buyer = { name: 'Camille Rolland', email: 'camille@example.org', locale: 'fr', rescueWish: 'refund', ageConfirmed: false } as const;

let offers: readonly GivenOffer[];

beforeAll(async () => {
  await emptyTables();
  const shops = [];
  for (let made = 0; made < 3; made += 1) shops.push(await given.shop({ services: { courier }, openingHours: '24/7' }));
  offers = await Promise.all(shops.map((shop) => given.offer({ shop, stock: 40, priceMinor: 500 })));
});

async function value<Name extends keyof Operations>(call: Promise<{ ok: boolean }>): Promise<Operations[Name]['answer']> {
  const answer = (await call) as { ok: boolean; value?: unknown; problem?: unknown };
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.value as Operations[Name]['answer'];
}

const lines = () => offers.map(({ offerId }) => ({ offerId, quantity: 2, shopChosen: true }));

async function start(idempotencyKey?: string): Promise<string> {
  const options = idempotencyKey === undefined ? {} : { idempotencyKey };
  const started = await value<'startBasket'>(guest('startBasket', { body: { locale: 'fr', place: home, lines: lines() } }, options));
  return started.basketToken;
}

test('a guest buys from three shops by four calls, and every cent agrees', async () => {
  const basketToken = await start();
  const params = { basketToken };
  const basket = await value<'getBasket'>(guest('getBasket', { params }));
  expect(basket).toMatchObject({ goodsMinor: 3_000, place: home.label, problems: [] });
  const [first] = basket.groups;
  const body = { plan: 'suggested', methods: [{ shopId: String(first?.shopId), method: 'courier' }] } as const;
  const held = await value<'holdBasket'>(guest('holdBasket', { params, body }));
  expect(held).toMatchObject({ goodsMinor: 3_000, deliveryMinor: 390, totalMinor: 3_390, needsAddress: true });
  const order = { ...buyer, basketToken, totalSeenMinor: held.totalMinor };
  const idempotencyKey = crypto.randomUUID();
  const placed = await value<'placeOrder'>(guest('placeOrder', { body: order }, { idempotencyKey }));
  expect(await value<'placeOrder'>(guest('placeOrder', { body: order }, { idempotencyKey }))).toEqual(placed);
  const mine = { orderToken: placed.orderToken };
  expect(await value<'getPayment'>(guest('getPayment', { params: mine }))).toMatchObject({ state: 'open', totalMinor: 3_390 });
  expect(await guest('payOrder', { params: mine, body: { ...card, code: '1' } })).toMatchObject({
    status: 422,
    problem: { field: 'code' },
  });
  expect(await value<'payOrder'>(guest('payOrder', { params: mine, body: card }))).toEqual({ state: 'authorised' });
  const tracked = await value<'trackOrder'>(guest('trackOrder', { params: mine }));
  expect(tracked).toMatchObject({ state: 'waiting', totalMinor: 3_390, deliveryMinor: 390 });
  expect(tracked.subOrders.map((part) => part.state)).toEqual(['offered', 'offered', 'offered']);
  expect(tracked.subOrders.reduce((sum, part) => sum + part.totalMinor, 0)).toBe(3_390);
  const [levels] = await databaseHandle().sql`select sum(reserved)::int as reserved, sum(allocated)::int as allocated from stock_levels`;
  expect(levels).toEqual({ reserved: 0, allocated: 6 });
});

test('a guest pays by bank transfer: told where to send it, told when it has come', async () => {
  const basketToken = await start();
  const params = { basketToken };
  const held = await value<'holdBasket'>(guest('holdBasket', { params, body: { plan: 'suggested' } }));
  const placed = await value<'placeOrder'>(guest('placeOrder', { body: { ...buyer, basketToken, totalSeenMinor: held.totalMinor } }));
  const mine = { orderToken: placed.orderToken };
  const chosen = await value<'choosePayment'>(guest('choosePayment', { params: mine, body: { method: 'bank-transfer' } }));
  expect(chosen).toMatchObject({ method: 'bank-transfer', methods: ['card', 'bank-transfer'], transfer: { reference: placed.number } });
  expect(await guest('payOrder', { params: mine, body: card })).toMatchObject({ status: 409, problem: { kind: 'paid-by-transfer' } });
  const idempotencyKey = crypto.randomUUID();
  for (let asked = 0; asked < 2; asked += 1)
    await value<'sendDemoTransfer'>(guest('sendDemoTransfer', { params: mine, body: { kind: 'part' } }, { idempotencyKey }));
  const half = await value<'checkPayment'>(guest('checkPayment', { params: mine }));
  expect(half).toMatchObject({ state: 'open', transfer: { arrivedMinor: Math.ceil(held.totalMinor / 2) } });
  const back = await guest('choosePayment', { params: mine, body: { method: 'card' } });
  expect(back).toMatchObject({ status: 409, problem: { kind: 'money-arrived' } });
  await value<'sendDemoTransfer'>(guest('sendDemoTransfer', { params: mine, body: { kind: 'exact' } }));
  expect(await value<'checkPayment'>(guest('checkPayment', { params: mine }))).toMatchObject({ state: 'authorised' });
});

test('the same key gives the same basket, and never a second one', async () => {
  const key = crypto.randomUUID();
  const [before] = await rowCounts('baskets');
  const tokens = await Promise.all(Array.from({ length: 8 }, () => start(key)));
  expect(new Set(tokens).size).toBe(1);
  expect(await rowCounts('baskets')).toEqual([Number(before) + 1]);
});

test('a basket of what nobody sells, of too much or for no address is not made', async () => {
  const before = await rowCounts('baskets', 'basket_lines');
  const ask = (body: object) => guest('startBasket', { body: { locale: 'fr', lines: lines(), ...body } as never });
  const unknown = 'off_00000000000000000000000000';
  expect(await ask({ lines: [...lines(), { offerId: unknown, quantity: 1, shopChosen: true }] })).toMatchObject({
    status: 404,
    problem: { kind: 'offer-not-found', offerIds: [unknown] },
  });
  expect(await ask({ lines: [{ ...lines()[0], quantity: 1_000 }] })).toMatchObject({ status: 422, problem: { kind: 'invalid-quantity' } });
  expect(await ask({ place: { addressId: 'nowhere' } })).toMatchObject({ status: 422, problem: { kind: 'address-unknown' } });
  expect(await rowCounts('baskets', 'basket_lines')).toEqual(before);
});

test('of thirty who want the last ten, ten are served and twenty are told at once how many are left', async () => {
  const hot = await given.offer({ shop: await given.shop({ openingHours: '24/7' }), stock: 10 });
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, async () => {
      const body = { locale: 'fr', lines: [{ offerId: hot.offerId, quantity: 1, shopChosen: true }] } as const;
      const { basketToken } = await value<'startBasket'>(guest('startBasket', { body }));
      const held = await guest('holdBasket', { params: { basketToken }, body: {} });
      if (!held.ok) return held;
      const placed = await guest('placeOrder', { body: { ...buyer, basketToken, totalSeenMinor: held.value.totalMinor } });
      return placed.ok ? guest('payOrder', { params: { orderToken: placed.value.orderToken }, body: card }) : placed;
    }),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(10);
  for (const outcome of outcomes) {
    if (outcome.ok) continue;
    expect(outcome).toMatchObject({ status: 409, problem: { kind: 'insufficient-stock', shortfalls: [{ wanted: 1, available: 0 }] } });
  }
});

test('a token of nobody opens nothing, whatever is asked', async () => {
  const basketToken = 'x'.repeat(43);
  expect((await guest('getBasket', { params: { basketToken } })).status).toBe(404);
  expect((await guest('holdBasket', { params: { basketToken }, body: {} })).status).toBe(404);
  expect((await guest('placeOrder', { body: { ...buyer, basketToken, totalSeenMinor: 1 } })).status).toBe(404);
  expect((await guest('payOrder', { params: { orderToken: basketToken }, body: card })).status).toBe(404);
  const params = { orderToken: basketToken };
  expect((await guest('choosePayment', { params, body: { method: 'bank-transfer' } })).status).toBe(404);
  expect((await guest('checkPayment', { params })).status).toBe(404);
  expect((await guest('sendDemoTransfer', { params, body: { kind: 'exact' } })).status).toBe(404);
  expect((await guest('trackOrder', { params })).status).toBe(404);
});
