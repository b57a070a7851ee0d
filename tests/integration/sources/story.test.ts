import { afterAll, expect, test } from 'vitest';
import { carryOutSourceJob, pushStock, tellSources, askDueSources } from '@/lib/sources';
import { MINUTE } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { given } from '../../support/builders';
import { shopifyDouble } from '../../support/sources/doubles/shopify';
import { closeDoubles, givenConnection } from '../../support/sources/given-connection';

afterAll(closeDoubles);

const PRODUCTS = Number(process.env['SOURCE_PRODUCTS'] ?? 2_000);

/**
 * The time a shop waits: what was really spent here, and what Shopify's own bucket would have made us wait. Its documentation gives a
 * standard shop 100 points a second and prices this question at 42 points in our double; the network is counted with 300 ms a question.
 */
const POINTS_A_SECOND = 100;
const POINTS_A_QUESTION = 42;
const NETWORK_MS = 300;

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
    const countedMs = spentMs + questions * Math.max(NETWORK_MS, (POINTS_A_QUESTION / POINTS_A_SECOND) * 1_000);
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
