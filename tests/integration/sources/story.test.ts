import { afterAll, expect, test } from 'vitest';
import { addConnection, carryOutSourceJob, listConnections, pushStock, runConnection, tellSources, askDueSources } from '@/lib/sources';
import { HOUR, MINUTE } from '@/lib/kernel';
import { movedClock } from '@/lib/platform/clock';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { given, wednesdayMorning } from '../../support/builders';
import { shopifyDouble } from '../../support/sources/doubles/shopify';
import { closeDoubles, givenConnection } from '../../support/sources/given-connection';
import { startSftpServer } from '../../support/sources/sftp-server';

afterAll(closeDoubles);

const PRODUCTS = Number(process.env['SOURCE_PRODUCTS'] ?? 2_000);

/**
 * The time a shop waits: what was really spent here, and what Shopify's own bucket would have made us wait. Its documentation gives a
 * standard shop 100 points a second and prices this question at 42 points in our double; the network is counted with 300 ms a question.
 */
const POINTS_A_SECOND = 100;
const POINTS_A_QUESTION = 42;
const NETWORK_MS = 300;
/** All pictures of fifty products: the highest price a question of ours has there. */
const POINTS_FOR_PICTURES = 552;

test(
  `a shop of ${PRODUCTS} products is full ten minutes after its owner typed the key, with nobody there`,
  { timeout: 300_000 },
  async () => {
    const one = await givenConnection(
      shopifyDouble,
      (world) => {
        for (let number = 0; number < PRODUCTS; number += 1) world.add(`Article de la boutique n° ${number}`, { quantity: number % 7 });
      },
      100,
    );
    const startedAt = performance.now();
    expect(await one.run()).toMatchObject({ ok: true, value: { kind: 'done', taken: PRODUCTS } });
    const spentMs = performance.now() - startedAt;
    const questions = one.running.requests.length;
    const pointsOf = ({ body }: { readonly body: string }) => (body.includes('HallesPictures') ? POINTS_FOR_PICTURES : POINTS_A_QUESTION);
    const waitedMs = one.running.requests.reduce(
      (sum, asked) => sum + Math.max(NETWORK_MS, (pointsOf(asked) / POINTS_A_SECOND) * 1_000),
      0,
    );
    const countedMs = spentMs + waitedMs;
    expect(countedMs).toBeLessThan(10 * MINUTE);
    const [row] = await databaseHandle().sql<{ offers: number; units: number }[]>`
    select count(*)::int as offers, sum(s.on_hand)::int as units from offers o join stock_levels s on s.offer_id = o.id
    where o.shop_id = ${one.shop.shopId} and o.is_active`;
    const units = Array.from({ length: PRODUCTS }, (_, number) => number % 7).reduce((sum, each) => sum + each, 0);
    expect(row).toEqual({ offers: PRODUCTS, units });
    process.stdout.write(
      `${PRODUCTS} products: ${Math.round(spentMs)} ms of work, ${questions} questions, ${(countedMs / MINUTE).toFixed(1)} counted minutes\n`,
    );
  },
);

test('the round asks those whose turn it is, once; a job that names nothing does nothing', async () => {
  const one = await givenConnection(shopifyDouble, (world) => void world.add('Bol bleu'));
  await databaseHandle().sql`update source_connections set next_pull_at = now() + interval '10 years' where id <> ${one.connectionId}`;
  expect(await askDueSources(one.ports)).toBe(1);
  expect(await askDueSources(one.ports)).toBe(0);
  await carryOutSourceJob({ connectionId: 'cnx_nothing' });
});

test('an offer that came by hand is linked by its code, not doubled; what is sold here is told to the source once a line', async () => {
  const one = await givenConnection(shopifyDouble, (world) => void world.add('Bol bleu', { quantity: 5 }));
  const sku = one.world.products[0]?.variants[0]?.sku ?? '';
  const own = await given.offer({ shop: one.shop, stock: 2 });
  await databaseHandle().sql`update offers set merchant_sku = ${sku} where id = ${own.offerId}`;
  await one.run();
  expect(await one.shelf()).toHaveLength(1);
  expect((await one.shelf())[0]).toMatchObject({ sku, onHand: 5, price: 1_290 });
  const [item] = await databaseHandle().sql<{ stock_ref: string; external_id: string; product_ref: string }[]>`
    select stock_ref, external_id, product_ref from source_items where connection_id = ${one.connectionId}`;
  const change = { externalId: item?.external_id ?? '', stockRef: item?.stock_ref ?? '', productRef: item?.product_ref ?? '' };
  await pushStock({ connectionId: one.connectionId, push: [{ ...change, delta: -2, key: 'sold' }] }, one.ports);
  expect(one.world.pushed).toEqual([{ ref: item?.stock_ref, delta: -2 }]);
  one.running.isDown = true;
  await expect(pushStock({ connectionId: one.connectionId, push: [{ ...change, delta: -1, key: 'again' }] }, one.ports)).rejects.toThrow(
    'unreachable',
  );
  expect(tellSources).toBeTypeOf('function');
});

test('a file that a till leaves on an SFTP server is fetched and taken over as a person’s file is; a wrong password, a missing file and another machine are told apart', async () => {
  const rows = (...lines: readonly string[]) => Buffer.from(['Référence;Désignation;Marque;Prix TTC;Stock;Matière', ...lines].join('\r\n'), 'latin1'); // prettier-ignore
  const first = rows('A-1;Bol en grès;Atelier;12,50;4;', 'A-2;Écharpe rayée;Atelier;39,00;0;100 % laine', 'A-3;Vase;Atelier;19,00;1;');
  const server = await startSftpServer(first);
  const clock = movedClock(wednesdayMorning);
  const limits = { allowPrivate: true, waitMs: 5_000, mostBytes: 20_000_000 };
  const ports = { clock, ids: systemIds, pageSize: 2, wait: async () => Promise.resolve(), limits };
  const shop = await given.shop();
  await given.category();
  const typed = { address: server.address, 'user-name': 'caisse', password: 'motdepasse' };
  try {
    expect(await addConnection(shop.scope, { kind: 'file', typed: { ...typed, password: 'mauvais' } }, ports)).toMatchObject({ error: { kind: 'source-said-no', fault: { kind: 'not-allowed' } } }); // prettier-ignore
    expect(await addConnection(shop.scope, { kind: 'file', typed: { ...typed, address: server.address.replace('articles', 'autre') } }, ports)).toMatchObject({ error: { fault: { kind: 'not-found' } } }); // prettier-ignore
    expect(await addConnection(shop.scope, { kind: 'file', typed }, { ...ports, limits: { ...limits, allowPrivate: false } })).toMatchObject({ error: { fault: { kind: 'address-not-allowed' } } }); // prettier-ignore
    const added = await addConnection(shop.scope, { kind: 'file', typed }, ports);
    if (!added.ok) throw new Error(JSON.stringify(added.error));
    const { connectionId } = added.value;
    const run = () => {
      clock.advance(25 * HOUR);
      return runConnection(connectionId, ports);
    };
    const shelf = () => databaseHandle().sql`
      select o.merchant_sku as sku, l.title, o.price_minor::int as price, o.is_active as active, s.on_hand, p.attributes ->> 'material' as material
      from offers o join listings l on l.id = o.listing_id join variants v on v.id = l.variant_id join products p on p.id = v.product_id
      left join stock_levels s on s.offer_id = o.id where o.shop_id = ${shop.shopId} order by 1`;
    expect(await run()).toMatchObject({ ok: true, value: { kind: 'done', taken: 3, pages: 2 } });
    expect(await shelf()).toMatchObject([
      { sku: 'A-1', title: 'Bol en grès', price: 1_250, active: true, on_hand: 4 },
      { sku: 'A-2', title: 'Écharpe rayée', price: 3_900, on_hand: 0, material: '100 % laine' },
      { sku: 'A-3', active: true },
    ]);
    server.file = rows('A-1;Bol en grès;Atelier;13,00;2;', 'A-2;Écharpe rayée;Atelier;sur demande;1;');
    expect(await run()).toMatchObject({ ok: true });
    expect(await shelf()).toMatchObject([{ price: 1_300, on_hand: 2 }, { sku: 'A-2', price: 3_900, active: true }, { sku: 'A-3', active: false }]); // prettier-ignore
    const view = async () => (await listConnections(shop.scope))[0];
    expect((await view())?.refused).toMatchObject([{ externalId: 'A-2', value: 'price-unreadable' }]);
    server.file = Buffer.from('bonjour');
    expect(await run()).toMatchObject({ ok: false });
    server.file = undefined;
    expect(await run()).toMatchObject({ error: { kind: 'not-found' } });
    server.file = first;
    await server.newKey();
    expect(await run()).toMatchObject({ error: { kind: 'other-host' } });
    expect(await view()).toMatchObject({ health: 'degraded', fault: { kind: 'other-host' } });
    expect(
      (await shelf()).filter(({ active }) => active),
      'nothing of a strange machine is believed',
    ).toHaveLength(2);
  } finally {
    await server.close();
  }
});
