import { afterAll, expect, test } from 'vitest';
import {
  addConnection,
  askNow,
  connectors,
  hearSource,
  listConnections,
  ownPictures,
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
import { PICTURES, type SourceDouble } from '../../support/sources/double';
import { restDouble } from '../../support/sources/doubles/rest';
import { shopifyDouble } from '../../support/sources/doubles/shopify';
import { closeDoubles, givenConnection } from '../../support/sources/given-connection';
import type { World } from '../../support/sources/world';
import { fetchPictures, picturesWanted } from './scenario-tools';

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

test('a source’s key goes with pictures on its own host, along no redirect, to nobody else, and is gone with its connection', async () => {
  const places = (address: string) => [`${address}/own.jpg`, `${address}/moved.jpg`, 'https://pictures.example/9-1.jpg'];
  const double: SourceDouble = {
    ...restDouble,
    isAllowed: (request, world) => request.path === '/moved.jpg' || restDouble.isAllowed(request, world),
    answer: (request, world, address) => {
      if (request.path === '/own.jpg') return { file: PICTURES[1] };
      if (request.path === '/moved.jpg') return { status: 302, headers: { location: 'https://pictures.example/8-1.jpg' } };
      const said = restDouble.answer(request, world, address);
      const items = restDouble.rowsOf(said?.json).map((row) => ({ ...row, images: places(address).map((url) => ({ url })) }));
      return { json: { data: { items }, links: {} } };
    },
  };
  const one = await givenConnection(double, fill);
  await one.run();
  expect(await picturesWanted(one)).toEqual(places(one.running.address).toSorted());
  const fetched = await fetchPictures(one, 'Bol bleu');
  expect(fetched).toContain(`${one.running.address}/own.jpg`);
  const keyOf = (path: string, host = '') =>
    one.running.requests.findLast((asked) => asked.path === path && asked.host === host)?.headers['x-api-key'];
  expect(keyOf('/own.jpg')).toBe(one.world.key);
  expect(one.running.requests.some(({ path }) => path === '/8-1.jpg')).toBe(true);
  for (const path of ['/8-1.jpg', '/9-1.jpg']) expect(keyOf(path, 'pictures.example')).toBeUndefined();
  await removeConnection(one.shop.scope, one.connectionId, one.ports);
  const wish = { origin: one.connectionId, shopId: one.shop.shopId, address: `${one.running.address}/own.jpg` };
  expect(await ownPictures(one.ports)(wish)).toEqual({ ok: true, value: { kind: 'anybodys' } });
  const attacker = await given.shop();
  const victim = await givenConnection(double, fill);
  const theirs = { origin: victim.connectionId, shopId: attacker.shopId, address: `${victim.running.address}/own.jpg` };
  expect(await ownPictures(victim.ports)(theirs)).toEqual({ ok: true, value: { kind: 'anybodys' } });
});
