import { beforeAll, expect, test } from 'vitest';
import { serve } from '@/app/api/v1/_door/serve';
import { createKey, listKeys, openKey, revokeKey } from '@/lib/machines';
import { databaseHandle } from '@/lib/platform/database';
import { given, type GivenShop } from '../../support/builders';
import { emptyTables } from '../../support/database';
import { keyOf, machineOf, machineWith } from '../../support/machine';

let shop: GivenShop;
let other: GivenShop;

beforeAll(async () => {
  await emptyTables();
  [shop, other] = [await given.shop(), await given.shop()];
});

test('a key is kept as a hash only, and is known again by its end and its last use', async () => {
  const key = await keyOf(shop);
  const [row] = await databaseHandle().sql`select * from api_keys where shop_id = ${shop.shopId}`;
  expect(JSON.stringify(row)).not.toContain(key);
  expect((await listKeys(shop.scope)).keys[0]).toMatchObject({ hint: key.slice(-4), lastUsedAt: undefined, madeBy: expect.any(String) });
  expect((await openKey(key))?.shopIds).toEqual([shop.shopId]);
  expect((await listKeys(shop.scope)).keys[0]?.lastUsedAt).toBeGreaterThan(0);
});

test('a revoked key opens nothing', async () => {
  const client = machineWith(await keyOf(shop));
  expect((await client('getKey', {})).ok).toBe(true);
  const [newest] = (await listKeys(shop.scope)).keys;
  expect(await revokeKey(other.scope, newest!.keyId)).toEqual({ ok: false, error: { kind: 'key-not-found' } });
  expect((await revokeKey(shop.scope, newest!.keyId)).ok).toBe(true);
  expect(await client('getKey', {})).toMatchObject({ ok: false, status: 401, problem: { kind: 'key-unknown' } });
});

test('who works at the counter makes no keys', async () => {
  const counter = { ...shop.scope, role: 'counter' } as const;
  expect(await createKey(counter, { label: 'x', scopes: ['orders:read'], reach: 'shop' })).toEqual({
    ok: false,
    error: { kind: 'role-too-small' },
  });
  expect((await listKeys(counter)).keys).toEqual([]);
});

test('a network’s key is for its head office, and opens its shops and no others', async () => {
  const [own, sister] = [await given.shop(), await given.shop()];
  await keyOf(own);
  const wish = { label: 'Réseau', scopes: ['shops:read'] as const, reach: 'network' as const };
  expect(await createKey(own.scope, { ...wish, scopes: [...wish.scopes] })).toEqual({ ok: false, error: { kind: 'network-not-yours' } });
  const { sql } = databaseHandle();
  await sql`insert into networks (id, name, slug, kind) values ('net_01J00000000000000000000000', 'Réseau', 'reseau', 'branch')`;
  await sql`update shops set network_id = 'net_01J00000000000000000000000' where id in ${sql([own.shopId, sister.shopId])}`;
  await sql`insert into role_grants (person_id, network_id, role, granted_at) values (${own.scope.personId}, 'net_01J00000000000000000000000', 'head-office', now())`;
  const made = await createKey(own.scope, { ...wish, scopes: [...wish.scopes] });
  if (!made.ok) throw new Error(made.error.kind);
  const client = machineWith(made.value.key);
  expect((await client('getShop', { params: { shopId: sister.shopId } })).ok).toBe(true);
  expect((await client('getShop', { params: { shopId: shop.shopId } })).status).toBe(404);
});

test('without a key, with a wrong one, without the scope: each is told apart', async () => {
  expect(await machineWith()('getKey', {})).toMatchObject({ status: 401, problem: { kind: 'key-missing' } });
  expect(await machineWith(`halles_${'x'.repeat(43)}`)('getKey', {})).toMatchObject({ status: 401, problem: { kind: 'key-unknown' } });
  const client = await machineOf(shop, ['stock:read']);
  expect(await client('listOrders', { params: { shopId: shop.shopId } })).toMatchObject({
    status: 403,
    problem: { kind: 'scope-missing', needs: 'orders:read' },
  });
});

test('every answer tells what is left of the minute, and beyond it there is none', async () => {
  const client = await machineOf(shop);
  const first = await client('getKey', {});
  const second = await client('getKey', {});
  const left = (answer: typeof first) => Number(answer.headers.get('ratelimit-remaining'));
  expect(left(second)).toBe(left(first) - 1);
  const from = (path: string) => serve(new Request(`http://halles.test${path}`, { headers: { 'x-forwarded-for': '192.0.2.7' } }));
  let last = await from('/api/v1/key');
  for (let call = 0; call < 400 && last.status !== 429; call += 1) last = await from('/api/v1/key');
  expect(last.status).toBe(429);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('what is wrong with a call is told by field; an unknown address and method are told apart', async () => {
  const key = await keyOf(shop);
  const send = (method: string, path: string, body?: string, type = 'application/json') =>
    serve(
      new Request(`http://halles.test/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'idempotency-key': crypto.randomUUID(), 'content-type': type },
        ...(body === undefined ? {} : { body }),
      }),
    );
  const wrong = await send(
    'POST',
    `/shops/${shop.shopId}/offers`,
    JSON.stringify({ of: { gtin: '12' }, merchantSku: '', priceMinor: 1.5 }),
  );
  expect(wrong.status).toBe(400);
  expect(wrong.headers.get('content-type')).toBe('application/problem+json');
  const problem = (await wrong.json()) as { kind: string; errors: { field: string }[] };
  expect(problem.kind).toBe('invalid-input');
  expect(new Set(problem.errors.map(({ field }) => field))).toEqual(new Set(['of.gtin', 'merchantSku', 'priceMinor']));
  expect((await send('POST', `/shops/${shop.shopId}/offers`, '{')).status).toBe(400);
  expect((await send('POST', `/shops/${shop.shopId}/offers`, 'a=1', 'text/plain')).status).toBe(415);
  expect((await send('POST', `/shops/${shop.shopId}/offers`, 'x'.repeat(300_000))).status).toBe(413);
  expect((await send('GET', '/nothing/here')).status).toBe(404);
  const method = await send('DELETE', `/shops/${shop.shopId}/offers`);
  expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, POST']);
});
