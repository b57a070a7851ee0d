import { expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addThing, dryRunFile, exportProducts } from '@/lib/connectors';
import { databaseHandle } from '@/lib/platform/database';
import { given, newKey, portsAt, type GivenShop } from '../../support/builders';
import { rowCounts } from '../../support/database';

const ports = portsAt();
const known = '3017620422003';

const shelf = (shop: GivenShop) =>
  databaseHandle().sql<{ title: string; price: number; on_hand: number | null }[]>`
    select l.title, o.price_minor::int as price, s.on_hand from offers o join listings l on l.id = o.listing_id
    left join stock_levels s on s.offer_id = o.id where o.shop_id = ${shop.shopId} order by l.title`;

test('a bar code, a price and a count put a thing on sale; again, they change price and count', async () => {
  const shop = await given.shop();
  await given.category();
  const first = await addThing(shop.scope, { gtin: known, title: '', priceMinor: 495, quantity: 7, key: newKey() }, ports);
  expect(first).toMatchObject({ ok: true, value: { isNew: true } });
  const [one] = await shelf(shop);
  expect(one).toMatchObject({ price: 495, on_hand: 7 });
  expect(one?.title.length).toBeGreaterThan(3);
  expect(await addThing(shop.scope, { gtin: known, title: '', priceMinor: 525, quantity: 3, key: newKey() }, ports)).toMatchObject({
    ok: true,
    value: { isNew: false },
  });
  expect((await shelf(shop)).map(({ price }) => price)).toEqual([525]);

  // The neighbour's scan meets on the same page.
  const neighbour = await given.shop();
  await addThing(neighbour.scope, { gtin: known, title: '', priceMinor: 510, quantity: 1, key: newKey() }, ports);
  expect(await rowCounts('listings')).toEqual([1]);
});

test('what nobody knows needs a name, what has no code is named, and a wrong code is said to be wrong', async () => {
  const shop = await given.shop();
  await given.category();
  const unknown = '9999999999994';
  const wish = { priceMinor: 1_200, quantity: undefined, key: newKey() };
  expect(await addThing(shop.scope, { ...wish, gtin: unknown, title: '' }, ports)).toEqual({
    ok: false,
    error: { kind: 'title-needed', gtin: `0${unknown}` },
  });
  expect(await addThing(shop.scope, { ...wish, gtin: '3017620422004', title: '' }, ports)).toEqual({
    ok: false,
    error: { kind: 'gtin-wrong' },
  });
  expect(await addThing(shop.scope, { ...wish, gtin: '', title: '' }, ports)).toEqual({ ok: false, error: { kind: 'nothing-named' } });
  await addThing(shop.scope, { ...wish, gtin: unknown, title: 'Vase soufflé' }, ports);
  await addThing(shop.scope, { ...wish, gtin: '', title: 'Bol tourné' }, ports);
  expect((await shelf(shop)).map(({ title }) => title)).toEqual(['Bol tourné', 'Vase soufflé']);
});

test('what a shop downloads is its own, and the import reads it back', async () => {
  const [shop, neighbour] = [await given.shop(), await given.shop()];
  await given.category();
  await addThing(shop.scope, { gtin: '', title: 'Bol "grand"; bleu', priceMinor: 1_805, quantity: 4, key: newKey() }, ports);
  await addThing(neighbour.scope, { gtin: '', title: 'Autre chose', priceMinor: 900, quantity: 1, key: newKey() }, ports);
  let text = '';
  for await (const piece of exportProducts(shop.scope)) text += piece;
  expect(text).not.toContain('Autre chose');
  const folder = mkdtempSync(join(tmpdir(), 'halles-export-'));
  writeFileSync(join(folder, 'all.csv'), text);
  const read = await dryRunFile(join(folder, 'all.csv'), { currency: 'EUR', assumedVatBps: 2_000 });
  rmSync(folder, { recursive: true, force: true });
  expect(read).toMatchObject({
    ok: true,
    value: { rows: 1, variants: 1, offers: 1, rejected: [], columns: { title: 'Title', price: 'Price incl tax', sku: 'SKU' } },
  });
});
