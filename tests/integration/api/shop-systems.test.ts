import { beforeAll, expect, test } from 'vitest';
import { endpoints } from '@/app/api/v1/_routes';
import { refuseSubOrder, resolveRescues } from '@/lib/fulfilment';
import type { StockTransferId, SubOrderId } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import type { ApiClient } from '../../support/api-client';
import type { Operations } from '../../support/api-client/api-types';
import { given, portsAt, type GivenOffer, type GivenShop } from '../../support/builders';
import { emptyTables } from '../../support/database';
import { bytesOf, clay, machineOf } from '../../support/machine';
import { askedOf, joinNetwork } from '../../support/network-street';
import { paidOrder, partOf } from '../../support/paid-order';

let shop: GivenShop;
let stranger: GivenShop;
let offer: GivenOffer;
let client: ApiClient;
let attacker: ApiClient;

beforeAll(async () => {
  await emptyTables();
  [shop, stranger] = [await given.shop(), await given.shop()];
  offer = await given.offer({ shop, stock: 40, priceMinor: 450 });
  [client, attacker] = [await machineOf(shop), await machineOf(stranger)];
});

const here = () => ({ shopId: shop.shopId });

async function value<Name extends keyof Operations>(call: Promise<{ ok: boolean }>): Promise<Operations[Name]['answer']> {
  const answer = (await call) as { ok: boolean; value?: unknown; problem?: unknown };
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.value as Operations[Name]['answer'];
}

test('a till counts, sells and reads its shelf', async () => {
  const params = { ...here(), offerId: offer.offerId };
  const asOf = '2026-11-25T10:00:00+01:00';
  const sold = { kind: 'change', delta: -2, reason: 'counter-sale', occurredAt: '2026-11-25T10:05:00+01:00' } as const;
  expect(await value<'recordStock'>(client('recordStock', { params, body: sold }))).toMatchObject({ onHand: 38 });
  expect(await value<'recordStock'>(client('recordStock', { params, body: { kind: 'count', counted: 7, asOf } }))).toMatchObject({
    onHand: 5,
  });
  expect(await value<'getStock'>(client('getStock', { params }))).toMatchObject({ onHand: 5, available: 5 });
  expect((await value<'listStock'>(client('listStock', { params: here() }))).data).toHaveLength(1);
});

test('the same key again is the same fact, whatever the answer was lost on', async () => {
  const params = { ...here(), offerId: offer.offerId };
  const body = { kind: 'change', delta: 3, reason: 'delivery', occurredAt: '2026-11-25T11:00:00+01:00' } as const;
  const idempotencyKey = crypto.randomUUID();
  const first = await client('recordStock', { params, body }, { idempotencyKey });
  const again = await client('recordStock', { params, body }, { idempotencyKey });
  expect(again).toMatchObject({ ok: true, value: first.ok ? first.value : {} });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(await client('recordStock', { params, body: { ...body, delta: 4 } }, { idempotencyKey })).toMatchObject({
    status: 422,
    problem: { kind: 'idempotency-key-reused' },
  });
  const racing = await Promise.all(
    Array.from({ length: 10 }, () => client('recordStock', { params, body }, { idempotencyKey: `${idempotencyKey}-race` })),
  );
  expect(racing.some((answer) => answer.ok)).toBe(true);
  expect(racing.every((answer) => answer.ok || answer.problem.kind === 'call-in-progress')).toBe(true);
  expect((await value<'getStock'>(client('getStock', { params }))).onHand).toBe(11);
});

test('offers are listed a page at a time, saved by the shop’s own code and changed; every price is kept', async () => {
  for (let made = 0; made < 4; made += 1) await given.offer({ shop });
  const seen: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await value<'listOffers'>(
      client('listOffers', { params: here(), query: { limit: 2, ...(cursor === undefined ? {} : { cursor }) } }),
    );
    seen.push(...page.data.map((row) => row.offerId));
    if (page.nextCursor === null) break;
    cursor = String(page.nextCursor);
  }
  expect(new Set(seen).size).toBe(5);
  expect(seen).toEqual(seen.toSorted());
  const { listingId } = await given.offer({ shop: stranger });
  const saved = { of: { listingId }, merchantSku: 'PAIN-1', priceMinor: 320, condition: 'new' } as const;
  const made = await value<'saveOffer'>(client('saveOffer', { params: here(), body: saved }));
  expect(made.isNew).toBe(true);
  expect(await value<'saveOffer'>(client('saveOffer', { params: here(), body: { ...saved, priceMinor: 350 } }))).toEqual({
    ...made,
    isNew: false,
  });
  const params = { ...here(), offerId: made.offerId };
  await value(client('changeOffer', { params, body: { priceMinor: 300, isActive: false } }));
  expect(await value<'getOffer'>(client('getOffer', { params }))).toMatchObject({
    priceMinor: 300,
    isActive: false,
    merchantSku: 'PAIN-1',
  });
  const prices = await databaseHandle()
    .sql`select price_minor::int as price from price_history where offer_id = ${made.offerId} order by valid_from`;
  expect(prices.map((row) => row['price'])).toEqual([320, 350, 300]);
  expect(await client('saveOffer', { params: here(), body: { ...saved, of: { listingId: offer.listingId } } })).toMatchObject({
    status: 409,
    problem: { kind: 'sku-taken' },
  });
});

async function paid(): Promise<{ readonly id: SubOrderId; readonly code: string }> {
  const now = portsAt();
  return partOf(await paidOrder([{ offer, quantity: 2 }], now), shop);
}

test('an order is accepted, picked, made ready and handed over', async () => {
  const { id, code } = await paid();
  const params = { ...here(), subOrderId: id };
  const listed = await value<'listOrders'>(client('listOrders', { params: here(), query: { state: 'offered' } }));
  expect(listed.data.map((row) => row.subOrderId)).toContain(id);
  expect(await value<'acceptOrder'>(client('acceptOrder', { params }))).toMatchObject({ state: 'accepted' });
  expect(await value<'acceptOrder'>(client('acceptOrder', { params }))).toMatchObject({ state: 'accepted' });
  const order = await value<'getOrder'>(client('getOrder', { params }));
  expect(order.allowed).toContain('start');
  for (const line of order.lines)
    await value(client('pickLine', { params: { ...params, lineId: line.lineId }, body: { pickedQuantity: line.quantity } }));
  expect(await value<'readyOrder'>(client('readyOrder', { params, body: { bag: 'B4' } }))).toMatchObject({ state: 'ready' });
  expect(await client('handOverOrder', { params, body: { proof: { pass: 'ZZZZ' } } })).toMatchObject({
    status: 422,
    problem: { kind: 'wrong-code' },
  });
  expect(await value<'handOverOrder'>(client('handOverOrder', { params, body: { proof: { pass: code } } }))).toMatchObject({
    state: 'handed-over',
  });
  expect(await client('acceptOrder', { params })).toMatchObject({ status: 409, problem: { kind: 'transition-not-allowed' } });
});

test('an order is refused with a reason', async () => {
  const { id } = await paid();
  const params = { ...here(), subOrderId: id };
  expect(await value<'refuseOrder'>(client('refuseOrder', { params, body: { reason: 'overloaded' } }))).toMatchObject({ state: 'refused' });
});

/** Another shop of the same network promised a loaf it has not: the shop is asked to bring it there. */
async function askedToCarry(): Promise<StockTransferId> {
  const [listing, near, now] = [await given.listing({}), await given.shop(), portsAt()];
  await given.offer({ shop, listing, stock: 5 });
  const promised = await given.offer({ shop: near, listing, stock: 5 });
  await joinNetwork(shop, near);
  const order = await paidOrder([{ offer: promised }], now);
  await refuseSubOrder(near.scope, { subOrderId: (await partOf(order, near)).id, reason: 'missing' }, now);
  await resolveRescues(order.orderId, now);
  return askedOf({ shop });
}

test('what the shop is asked to carry is listed and answered; with another key it is not there', async () => {
  const transferId = await askedToCarry();
  const { data } = await value<'listCarries'>(client('listCarries', { params: here() }));
  expect(data).toMatchObject([{ transferId, quantity: 1 }]);
  const body = { answer: 'sent' } as const;
  const params = { ...here(), transferId };
  const theirs = { shopId: stranger.shopId };
  expect(await value<'listCarries'>(attacker('listCarries', { params: theirs }))).toEqual({ data: [] });
  expect(await attacker('answerCarry', { params: { ...theirs, transferId }, body })).toMatchObject({
    status: 404,
    problem: { kind: 'transfer-not-found' },
  });
  for (const _ of [1, 2])
    expect(await value<'answerCarry'>(client('answerCarry', { params, body }))).toEqual({ transferId, state: 'sent' });
  expect(await client('answerCarry', { params, body: { answer: 'declined' } })).toMatchObject({
    status: 409,
    problem: { kind: 'transfer-is', state: 'sent' },
  });
  expect(await value<'listCarries'>(client('listCarries', { params: here() }))).toEqual({ data: [] });
});

test('the switch and the closure of the counter', async () => {
  expect(await value<'changeShop'>(client('changeShop', { params: here(), body: { takesOrders: false } }))).toEqual({ takesOrders: false });
  expect((await value<'getShop'>(client('getShop', { params: here() }))).takesOrders).toBe(false);
  await value(client('changeShop', { params: here(), body: { takesOrders: true } }));
  expect((await value<'getHours'>(client('getHours', { params: here() }))).open.length).toBeGreaterThan(5);
  expect(await client('closeShop', { params: here(), body: { until: '2020-01-01T10:00:00Z' } })).toMatchObject({ status: 422 });
});

test('ten thousand lines come in at once, and a bad line keeps none of the others out', async () => {
  const at = '2026-11-25T12:00:00Z';
  const good = Array.from({ length: 9_996 }, (_, index) =>
    JSON.stringify({ offerId: offer.offerId, kind: 'change', delta: index % 2 === 0 ? 1 : -1, at }),
  );
  const body = [
    ...good,
    JSON.stringify({ merchantSku: 'a zero byte \u0000', kind: 'count', counted: 3, at }),
    '{',
    JSON.stringify({ merchantSku: 'nobody knows it', kind: 'count', counted: 3, at }),
    JSON.stringify({ kind: 'count' }),
  ].join('\n');
  const idempotencyKey = crypto.randomUUID();
  const told = await value<'recordStockLines'>(client('recordStockLines', { params: here(), body }, { idempotencyKey }));
  expect({ ...told, rejected: told.rejected.map(({ line, kind }) => [line, kind]) }).toEqual({
    ...told,
    recorded: 9_996,
    repeated: 0,
    rejected: [
      [9_997, 'body-unreadable'],
      [9_998, 'body-unreadable'],
      [9_999, 'offer-not-found'],
      [10_000, 'invalid-input'],
    ],
  });
  const [row] = await databaseHandle().sql`select count(*)::int as rows from stock_movements where source_key like ${`${idempotencyKey}%`}`;
  expect(row?.['rows']).toBe(9_996);
  expect(await value<'recordStockLines'>(client('recordStockLines', { params: here(), body }, { idempotencyKey }))).toEqual(told);
  const tooMany = Array.from({ length: 10_001 }, () => good[0]).join('\n');
  expect(await client('recordStockLines', { params: here(), body: tooMany })).toMatchObject({
    status: 413,
    problem: { kind: 'too-many-rows' },
  });
});

/** What fits every call: the victim's own ids. */
async function victimsIds() {
  const { id } = await paid();
  const [line] = await databaseHandle().sql`select id from order_lines where sub_order_id = ${id}`;
  const [key] = await databaseHandle().sql`select id from api_keys where shop_id = ${shop.shopId}`;
  const none = '00000000000000000000000000';
  const unknown = {
    webhookId: `whk_${none}`,
    deliveryId: `whd_${none}`,
    returnId: `rtn_${none}`,
    requestId: `req_${none}`,
    importId: `imp_${none}`,
    pictureKey: none,
    file: 'offers',
  };
  const transferId = await askedToCarry();
  return {
    ...here(),
    ...unknown,
    transferId,
    offerId: offer.offerId,
    subOrderId: id,
    lineId: String(line?.['id']),
    keyId: String(key?.['id']),
  };
}

const fitting: Readonly<Record<string, unknown>> = {
  changeShop: { takesOrders: false },
  closeShop: { until: '2027-01-01T10:00:00Z' },
  saveOffer: { of: { gtin: '3760000000000' }, merchantSku: 'X', priceMinor: 100 },
  changeOffer: { priceMinor: 1 },
  recordStock: { kind: 'count', counted: 0, asOf: '2026-11-25T10:00:00Z' },
  recordStockLines: JSON.stringify({ offerId: 'off_00000000000000000000000000', kind: 'count', counted: 0, at: '2026-11-25T10:00:00Z' }),
  createWebhook: { url: 'https://example.org/x', events: ['order.changed'] },
  refuseOrder: { reason: 'other' },
  pickLine: { pickedQuantity: 1 },
  readyOrder: {},
  handOverOrder: { proof: { pass: 'AAAA' } },
  inspectReturn: { pass: 'AAAA', verdict: 'accept', lines: [{ lineId: 'lin_00000000000000000000000000', brought: 1, good: 1 }] },
  decideReturn: { kind: 'accept' },
  moveReturnHome: { step: 'sent' },
  bringFile: bytesOf('Nom;Prix\nBol;1,00'),
  addPicture: bytesOf('x'),
  addProduct: clay('cat_00000000000000000000000000'),
  changeProduct: clay('cat_00000000000000000000000000'),
  setImportColumns: { columns: ['title'] },
  setHours: { week: { Mo: '', Tu: '9-12', We: '', Th: '', Fr: '', Sa: '', Su: '' }, holidaysOff: true },
  answerCarry: { answer: 'sent' },
  setExceptionalDay: { line: '' },
  answerRequest: { answer: 'no' },
};

test('nothing of another shop is there for a key, call by call, neither under its own address nor smuggled under the attacker’s', async () => {
  const ids = await victimsIds();
  const tables = [
    'offers',
    'stock_levels',
    'stock_movements',
    'sub_orders',
    'sub_order_events',
    'order_lines',
    'shops',
    'shop_closures',
    'imports',
    'products',
    'product_pictures',
    'webhook_endpoints',
    'stock_transfers',
  ];
  const { sql } = databaseHandle();
  const picture = async () => JSON.stringify(await Promise.all(tables.map((table) => sql`select * from ${sql(table)} order by 1, 2, 3`)));
  const before = await picture();
  for (const endpoint of endpoints.filter(({ path }) => path.startsWith('/shops/{shopId}'))) {
    const call = { params: ids, body: fitting[endpoint.id] ?? {} };
    const name = endpoint.id as 'getShop';
    expect(await attacker(name, call), endpoint.id).toMatchObject({ status: 404, problem: { kind: 'not-found' } });
    const named = Object.keys((endpoint.params as unknown as { shape: object }).shape);
    if (named.every((name) => name === 'shopId' || name === 'date' || name === 'file')) continue; // nothing of the victim’s can be named under the attacker’s shop
    const smuggled = await attacker(name, { ...call, params: { ...ids, shopId: stranger.shopId } });
    const refusedToo = endpoint.id === 'handOverOrder' ? 422 : 404;
    expect(smuggled.status, `${endpoint.id} smuggled: ${JSON.stringify(smuggled)}`).toBe(refusedToo);
  }
  expect(await picture()).toBe(before);
});
