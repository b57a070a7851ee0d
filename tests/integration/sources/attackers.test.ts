import { afterAll, expect, test } from 'vitest';
import {
  addConnection,
  askNow,
  connectors,
  hearSource,
  listConnections,
  pauseConnection,
  removeConnection,
  resumeConnection,
  runConnection,
  sourcePorts,
  testConnection,
} from '@/lib/sources';
import { databaseHandle } from '@/lib/platform/database';
import { seal, unseal } from '@/lib/platform/sealed';
import { given, portsAt } from '../../support/builders';
import { shopifyDouble } from '../../support/sources/doubles/shopify';
import { closeDoubles, givenConnection } from '../../support/sources/given-connection';
import type { World } from '../../support/sources/world';

afterAll(closeDoubles);

const fill = (world: World): void => void world.add('Bol bleu');

test('another shop’s connection is not there: not to see, test, ask, pause, resume or remove', async () => {
  const victim = await givenConnection(shopifyDouble, fill);
  const attacker = await given.shop();
  const gone = { ok: false, error: { kind: 'connection-not-found' } };
  expect(await listConnections(attacker.scope)).toEqual([]);
  for (const step of [testConnection, askNow, pauseConnection, resumeConnection, removeConnection])
    expect(await step(attacker.scope, victim.connectionId, victim.ports)).toEqual(gone);
  expect(await victim.view()).toMatchObject({ health: 'waiting' });
});

test('its own shop tests, pauses, resumes and removes it; removed, its key is forgotten and its address answers nothing', async () => {
  const one = await givenConnection(shopifyDouble, fill);
  const { scope } = one.shop;
  expect(await testConnection(scope, one.connectionId, one.ports)).toMatchObject({ ok: true, value: { shopName: one.world.shopName } });
  await pauseConnection(scope, one.connectionId, one.ports);
  expect(await one.run()).toEqual({ ok: true, value: { kind: 'nothing-to-do' } });
  await resumeConnection(scope, one.connectionId, one.ports);
  expect(await one.run()).toMatchObject({ ok: true, value: { kind: 'done' } });
  const hook = (await one.view()).hookPath?.split('/').at(-1) ?? '';
  await removeConnection(scope, one.connectionId, one.ports);
  const [row] = await databaseHandle().sql<{ sealed: string }[]>`select sealed from source_connections where id = ${one.connectionId}`;
  expect(row?.sealed).toBe('');
  expect(await hearSource(hook, { headers: {}, body: '{}', url: '' }, one.ports)).toEqual({
    ok: false,
    error: { kind: 'connection-not-found' },
  });
  expect((await one.shelf()).every(({ isActive }) => isActive)).toBe(true);
});

test('no address of a private network is asked, whatever it is called, and nothing is kept', async () => {
  const shop = await given.shop();
  const ports = { ...sourcePorts(portsAt()), wait: () => Promise.resolve() };
  const typed = { clientId: 'client', clientSecret: 'secret-of-somebody' };
  for (const address of [
    'http://shop.example',
    'https://127.0.0.1',
    'https://169.254.169.254',
    'https://[::1]',
    'https://localhost',
    'https://10.0.0.8:8443',
  ])
    expect(await addConnection(shop.scope, { kind: 'shopify', typed: { ...typed, shop: address } }, ports)).toEqual({
      ok: false,
      error: { kind: 'source-said-no', fault: { kind: 'address-not-allowed' } },
    });
  expect(await listConnections(shop.scope)).toEqual([]);
});

test('an address that leads elsewhere is not followed, and a wrong field is named', async () => {
  const shop = await given.shop();
  const one = await givenConnection(shopifyDouble, fill);
  expect(await addConnection(shop.scope, { kind: 'shopify', typed: { shop: one.running.address, clientId: 'c' } }, one.ports)).toEqual({
    ok: false,
    error: { kind: 'field-wrong', field: 'clientSecret' },
  });
  expect(await addConnection(shop.scope, { kind: 'nothing', typed: {} }, one.ports)).toEqual({
    ok: false,
    error: { kind: 'unknown-source' },
  });
});

test('what is sealed opens in its own row only, and not after a letter of it was changed', () => {
  const own = { purpose: 'test', owner: 'cnx_1' };
  const sealed = seal('a key', own);
  expect(sealed).not.toContain('a key');
  expect(unseal(sealed, own)).toBe('a key');
  expect(unseal(sealed, { ...own, owner: 'cnx_2' })).toBeUndefined();
  expect(unseal(sealed, { ...own, purpose: 'another' })).toBeUndefined();
  expect(unseal(`${sealed.slice(0, -2)}AA`, own)).toBeUndefined();
});

test('a connection that cannot be unsealed says so instead of throwing', async () => {
  const one = await givenConnection(shopifyDouble, fill);
  await databaseHandle().sql`update source_connections set sealed = 'v1.AAAA.AAAA.AAAA' where id = ${one.connectionId}`;
  expect(await runConnection(one.connectionId, one.ports)).toEqual({ ok: false, error: { kind: 'credentials-unreadable' } });
  expect(await one.view()).toMatchObject({ health: 'degraded', fault: { kind: 'credentials-unreadable' } });
});

test('every field of every form has words in both languages', async () => {
  const { wordFor } = await import('@/lib/texts');
  for (const { fields } of connectors)
    for (const { name, choices = [] } of fields) {
      expect(wordFor('fr', 'fields', name), name).not.toBe(name);
      for (const choice of choices) expect(wordFor('en', 'choices', choice), choice).toBeTruthy();
    }
});
