import { expect } from 'vitest';
import { recordCount } from '@/lib/inventory';
import { DAY, HOUR, instant, MINUTE } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import type { ContractScenario } from '@/lib/sources/views';
import { newKey } from '../../support/builders';
import { isoOf, type SourceDouble } from '../../support/sources/double';
import type { appliesTo } from '../../support/sources/applies-to';
import { givenConnection } from '../../support/sources/given-connection';
import { provesPictures } from './scenario-pictures';
import { fill, VARIANTS, skuOf, runIfAsked, productsNamed, rowOf, movementsOf, offerOf, newsOf } from './scenario-tools';

type Scenario = (double: SourceDouble, applies: ReturnType<typeof appliesTo>) => Promise<void>;

/** What every connector keeps to, told once. Each is a guarantee; the table of connectors is made from those that pass. */
export const scenarios: Readonly<Record<ContractScenario, { readonly guarantee: string; readonly proves: Scenario }>> = {
  pages: {
    guarantee: 'everything the source sells is on sale here, to the last page, with price and count',
    proves: async (double) => {
      const one = await givenConnection(double, fill);
      expect(await one.run()).toMatchObject({ ok: true, value: { kind: 'done' } });
      const shelf = await one.shelf();
      expect(shelf).toHaveLength(VARIANTS);
      expect(shelf.every(({ isActive }) => isActive)).toBe(true);
      expect(await rowOf(one, skuOf(one))).toMatchObject({ price: 1_290, onHand: 5 });
      expect(await rowOf(one, skuOf(one, 6, 2))).toMatchObject({
        price: 3_900,
        onHand: 2,
        title: expect.stringContaining('Tablier de lin'),
      });
      if (double.hasVariants !== false) expect(productsNamed(shelf, 'Tablier')).toBe(1);
      expect(one.running.requests.filter(double.asksForGoods).length).toBeGreaterThan(double.isWhole ? 0 : 2);
    },
  },
  duplicates: {
    guarantee: 'what is told twice is known once',
    proves: async (double, { hasMessages }) => {
      const one = await givenConnection(double, fill);
      await one.run();
      const before = { shelf: await one.shelf(), movements: await movementsOf(one) };
      one.clock.advance(MINUTE);
      await one.run();
      expect({ shelf: await one.shelf(), movements: await movementsOf(one) }).toEqual(before);
      if (!hasMessages) return;
      one.clock.advance(MINUTE);
      const news = newsOf(one, 3, one.world.now());
      expect(await one.hear(news, { id: 'the-same' })).toMatchObject({ ok: true, value: 'heard' });
      const once = await movementsOf(one);
      expect(await one.hear(news, { id: 'the-same' })).toMatchObject({ ok: true, value: 'repeated' });
      expect(await movementsOf(one)).toBe(once);
    },
  },
  order: {
    guarantee: 'in whatever order news arrives, the newest figure stands; two workers do not ask at once',
    proves: async (double, { hasMessages }) => {
      const one = await givenConnection(double, fill);
      const second: Awaited<ReturnType<typeof one.run>>[] = [];
      one.running.troubles.push({ kind: 'meanwhile', happens: async () => void second.push(await one.run()) });
      expect(await one.run()).toMatchObject({ ok: true, value: { kind: 'done' } });
      expect(second, 'while the first was at it').toMatchObject([{ ok: true, value: { kind: 'nothing-to-do' } }]);
      if (!hasMessages) return;
      one.clock.advance(10 * MINUTE);
      const now = one.world.now();
      one.world.count(newsOf(one, 7, now).variant, 7);
      await one.hear(newsOf(one, 7, now - MINUTE));
      await one.hear(newsOf(one, 9, now - 3 * MINUTE));
      await runIfAsked(one);
      expect(await rowOf(one, skuOf(one))).toMatchObject({ onHand: 7 });
    },
  },
  late: {
    guarantee: 'a figure that comes late does not undo what somebody counted since',
    proves: async (double, { hasMessages }) => {
      const one = await givenConnection(double, fill);
      await one.run();
      const told = one.world.now();
      one.clock.advance(5 * MINUTE);
      const count = { offerId: await offerOf(one, skuOf(one)), counted: 3, asOf: one.clock.now(), key: newKey() };
      await recordCount(one.shop.scope, count, one.ports);
      one.clock.advance(MINUTE);
      if (hasMessages) await one.hear(newsOf(one, 8, told + MINUTE));
      else await one.run();
      expect(await rowOf(one, skuOf(one))).toMatchObject({ onHand: 3 });
    },
  },
  partial: {
    guarantee: 'a pull that breaks off keeps what it has and goes on where it stopped',
    proves: async (double) => {
      const one = await givenConnection(double, fill);
      if (!double.isWhole) one.running.troubles.push({ kind: 'fine' });
      one.running.troubles.push({ kind: 'cut' }, { kind: 'cut' }, { kind: 'cut' });
      const first = await one.run();
      expect(first).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
      const got = (await one.shelf()).length;
      expect(got > 0, 'what came before').toBe(!double.isWhole);
      expect(got).toBeLessThan(VARIANTS);
      const asked = one.running.requests.filter(double.asksForGoods).length;
      one.clock.advance(2 * MINUTE);
      expect(await one.run()).toMatchObject({ ok: true, value: { kind: 'done' } });
      expect(await one.shelf()).toHaveLength(VARIANTS);
      const again = one.running.requests.filter(double.asksForGoods);
      // The same question as the one that broke off, not the first one.
      const words = ({ path, query, body }: (typeof again)[number]) => `${path}?${query.toString()} ${body}`;
      expect(words(again[asked]!)).toBe(words(again[asked - 1]!));
    },
  },
  throttled: {
    guarantee: '"come back later" is obeyed to the second and counts as no failure',
    proves: async (double) => {
      const one = await givenConnection(double, fill);
      one.running.troubles.push({ kind: 'throttled', retryAfter: '2' });
      expect(await one.run()).toMatchObject({ ok: true });
      expect(one.waited).toEqual([2_000]);
      one.clock.advance(DAY);
      const at = one.clock.now();
      one.running.troubles.push({ kind: 'throttled', retryAfter: '90' });
      expect(await one.run()).toEqual({ ok: false, error: { kind: 'asked-to-wait', until: at + 90_000 } });
      expect(await one.view()).toMatchObject({ health: 'fine', nextPullAt: at + 90_000 });
      expect(await one.shelf()).toHaveLength(VARIANTS);
    },
  },
  stumbles: {
    guarantee: 'a server that stumbles twice is asked a third time, after growing pauses',
    proves: async (double) => {
      const one = await givenConnection(double, fill);
      one.running.troubles.push({ kind: 'error', status: 500 }, { kind: 'error', status: 502 });
      expect(await one.run()).toMatchObject({ ok: true, value: { kind: 'done' } });
      expect(one.waited).toEqual([500, 2_000]);
      expect(await one.view()).toMatchObject({ health: 'fine' });
    },
  },
  outage: {
    guarantee: 'a source that is away degrades its own shop, visibly, and heals by itself',
    proves: async (double) => {
      const [one, neighbour] = [await givenConnection(double, fill), await givenConnection(double, fill)];
      await one.run();
      one.running.isDown = true;
      for (const [wait, health] of [
        [DAY, 'failing'],
        [MINUTE, 'failing'],
        [2 * MINUTE, 'degraded'],
      ] as const) {
        one.clock.advance(wait);
        expect(await one.run()).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
        expect((await one.view()).health).toBe(health);
      }
      const seen = await one.view();
      expect(seen).toMatchObject({ fault: { kind: 'unreachable' }, onSale: VARIANTS });
      expect(seen.nextPullAt).toBe(one.clock.now() + 4 * MINUTE);
      expect(await neighbour.run()).toMatchObject({ ok: true, value: { kind: 'done' } });
      expect((await neighbour.view()).health).toBe('fine');
      one.running.isDown = false;
      one.clock.advance(4 * MINUTE);
      expect(await one.run()).toMatchObject({ ok: true, value: { kind: 'done' } });
      expect(await one.view()).toMatchObject({ health: 'fine', fault: undefined, degradedSince: undefined });
    },
  },
  schema: {
    guarantee: 'a row of another shape stays out and is named; when all are, nothing is touched and it is said',
    proves: async (double) => {
      const one = await givenConnection(double, fill);
      one.running.troubles.push({ kind: 'damaged', rows: 'one' });
      expect(await one.run()).toMatchObject({ ok: true });
      const { refused, onSale } = await one.view();
      expect(refused.length).toBeGreaterThan(0);
      expect(refused[0]).toMatchObject({ reason: 'unreadable' });
      expect(onSale).toBeGreaterThan(VARIANTS - 4);
      one.clock.advance(DAY);
      await one.run();
      expect(await one.view()).toMatchObject({ refusedCount: 0, onSale: VARIANTS });
      const before = (await one.shelf()).map(({ sku, onHand, isActive }) => ({ sku, onHand, isActive }));
      one.clock.advance(DAY);
      one.running.troubles.push({ kind: 'damaged', rows: 'all' });
      expect(await one.run()).toMatchObject({ ok: false, error: { kind: 'schema-changed' } });
      expect(await one.view()).toMatchObject({ health: 'degraded' });
      expect((await one.shelf()).map(({ sku, onHand, isActive }) => ({ sku, onHand, isActive }))).toEqual(before);
    },
  },
  renewal: {
    guarantee: 'a token that ran out is renewed and kept sealed; a key that was taken back is said to be',
    proves: async (double, { renews }) => {
      const one = await givenConnection(double, fill);
      await one.run();
      const sealedOf = async () => {
        const [row] = await databaseHandle().sql<{ sealed: string; settings: object }[]>`
          select sealed, settings from source_connections where id = ${one.connectionId}`;
        return { sealed: row?.sealed ?? '', all: JSON.stringify(row) };
      };
      const before = await sealedOf();
      expect(before.all).not.toContain(one.world.key);
      if (renews) {
        for (const token of one.world.tokens.keys()) expect(before.all).not.toContain(token);
        one.world.tokens.clear(); // whatever their clock says: the next question is refused once
        one.clock.advance(DAY);
        expect(await one.run()).toMatchObject({ ok: true, value: { kind: 'done' } });
        expect((await sealedOf()).sealed).not.toBe(before.sealed);
      }
      one.world.key = 'another key since';
      one.world.tokens.clear();
      one.clock.advance(DAY);
      expect(await one.run()).toMatchObject({ ok: false, error: { kind: 'not-allowed' } });
      expect(await one.view()).toMatchObject({ health: 'degraded', fault: { kind: 'not-allowed' }, onSale: VARIANTS });
    },
  },
  signature: {
    guarantee: 'a message is believed with the right signature only, byte for byte',
    proves: async (double, { hasMessages }) => {
      if (!hasMessages) return;
      const one = await givenConnection(double, fill);
      await one.run();
      expect(await rowOf(one, skuOf(one))).toMatchObject({ grade: 'C' });
      one.clock.advance(MINUTE);
      const news = newsOf(one, 1, one.world.now());
      expect(await one.hear(news, { spoil: true })).toEqual({ ok: false, error: { kind: 'wrong-signature' } });
      expect(await one.hear(news, { unsigned: true })).toEqual({ ok: false, error: { kind: 'wrong-signature' } });
      expect(await rowOf(one, skuOf(one))).toMatchObject({ onHand: 5 });
      expect(await one.hear(news)).toMatchObject({ ok: true, value: 'heard' });
      one.world.count(news.variant, 1);
      await one.run(); // messages that name no figure ask for a pull
      expect(await rowOf(one, skuOf(one))).toMatchObject({ onHand: 1, grade: 'B' });
    },
  },
  skew: {
    guarantee: 'a clock that is two hours ahead dates nothing into the future and hides no change',
    proves: async (double, { hasMessages }) => {
      const one = await givenConnection(double, fill);
      one.world.skewMs = 2 * HOUR;
      await one.run();
      one.clock.advance(10 * MINUTE);
      const [first] = one.world.products;
      one.world.count(first!.variants[0]!, 4);
      await one.run();
      expect(await rowOf(one, skuOf(one))).toMatchObject({ onHand: 4 });
      expect((await rowOf(one, skuOf(one)))!.asOf).toBeLessThanOrEqual(one.clock.now());
      if (!hasMessages) return;
      one.clock.advance(MINUTE);
      await one.hear(newsOf(one, 2, one.world.now()));
      one.world.count(first!.variants[0]!, 2);
      await one.run();
      const row = await rowOf(one, skuOf(one));
      expect(row).toMatchObject({ onHand: 2 });
      expect(isoOf(row!.asOf) <= isoOf(one.clock.now())).toBe(true);
      one.clock.advance(MINUTE);
      const count = { offerId: await offerOf(one, skuOf(one)), counted: 6, asOf: instant(one.clock.now()), key: newKey() };
      await recordCount(one.shop.scope, count, one.ports);
      expect(await rowOf(one, skuOf(one))).toMatchObject({ onHand: 6 });
    },
  },
  deleted: {
    guarantee: 'what is no more at the source is no more on sale, and nothing else goes with it',
    proves: async (double, { hasMessages }) => {
      const one = await givenConnection(double, fill);
      await one.run();
      const [product] = one.world.products;
      one.clock.advance(MINUTE);
      one.world.remove(product!);
      if (hasMessages) {
        expect(await one.hear({ kind: 'deleted', product: product! })).toMatchObject({ ok: true });
        await one.run();
      }
      one.clock.advance(DAY);
      await one.run();
      const active = (await one.shelf()).filter(({ isActive }) => isActive).map(({ sku }) => sku);
      expect(active).toHaveLength(VARIANTS - 1);
      expect(active).toContain(skuOf(one, 1));
      expect(active).not.toContain(skuOf(one));
    },
  },
  variant: {
    guarantee: 'a size that comes later joins its sisters',
    proves: async (double) => {
      const one = await givenConnection(double, fill);
      await one.run();
      one.clock.advance(5 * MINUTE);
      one.world.addVariant(one.world.products[6]!, 'XL', { quantity: 8, price: '39.00' });
      expect(await one.run()).toMatchObject({ ok: true });
      const shelf = await one.shelf();
      expect(shelf).toHaveLength(VARIANTS + 1);
      expect(await rowOf(one, skuOf(one, 6, 3))).toMatchObject({ price: 3_900, onHand: 8, isActive: true });
      if (double.hasVariants !== false) expect(productsNamed(shelf, 'Tablier')).toBe(1);
    },
  },
  pictures: {
    guarantee: 'all pictures of each product are asked for, in their order; the key goes with those at the source alone',
    proves: provesPictures,
  },
};
