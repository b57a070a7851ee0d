import { expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql as sqlText } from 'drizzle-orm';
import { completeProducts, legalInput, listMissing, missingLegalFields } from '@/lib/catalogue';
import { lacksNothing } from '@/lib/catalogue/legal-gates';
import { addThing, dryRunFile, exportProducts, lookUpCode, scanThing } from '@/lib/connectors';
import { databaseHandle } from '@/lib/platform/database';
import { reader } from '@/lib/platform/transaction';
import { given, newKey, portsAt, wednesdayMorning, type GivenShop } from '../../support/builders';
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
  await addThing(shop.scope, { ...wish, gtin: '', title: 'Bol tourné', key: newKey() }, ports);
  // The same form sent twice is one thing, whatever it says the second time.
  await addThing(shop.scope, { ...wish, gtin: '', title: 'Bol envoyé deux fois' }, ports);
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

/** What readings of a phone find: food whose page the law holds back, and food that has everything. */
async function foods() {
  await given.category();
  const { sql } = databaseHandle();
  await sql`update categories set legal_gates = '["food"]'::jsonb`;
}

test('a page that lacks what the law asks is hidden; many are completed at once, and another shop’s are not there', async () => {
  const [shop, neighbour] = [await given.shop(), await given.shop()];
  await foods();
  const { sql } = databaseHandle();
  const visible = async () =>
    (await sql`select 1 from listings l join offers o on o.listing_id = l.id where o.shop_id = ${shop.shopId} and l.is_published`).length;
  const before = await visible();
  const readings = ['Pesto du jour', 'Tapenade noire', 'Confit d’oignons'].map((title) => ({
    gtin: '',
    title,
    priceMinor: 650,
    quantity: 4,
    key: newKey(),
  }));
  for (const one of readings)
    expect(await scanThing(shop.scope, one, ports)).toMatchObject({
      ok: true,
      value: { isPublic: false, missing: ['ingredients', 'allergens', 'netContent'] },
    });
  expect(await visible()).toBe(before);
  const { total, rows } = await listMissing(shop.scope, 'fr');
  expect(total).toBe(3);
  const facts = legalInput.parse({ ingredients: 'Basilic, huile', allergens: 'fruits à coque', netContent: '1,5 kg' });
  const offerIds = rows.map(({ offerId }) => offerId);
  expect(await completeProducts(neighbour.scope, { offerIds, facts })).toEqual({ ok: true, value: { products: 0, shown: 0 } });
  expect(await completeProducts(shop.scope, { offerIds: offerIds.slice(0, 2), facts })).toEqual({
    ok: true,
    value: { products: 2, shown: 2 },
  });
  expect(await listMissing(shop.scope, 'fr')).toMatchObject({ total: 1 });
  expect(await visible()).toBe(before + 2);
  const [net] =
    await sql`select v.net_quantity, v.net_unit, p.provenance -> 'allergens' ->> 'source' as source from offers o join listings l on l.id = o.listing_id
    join variants v on v.id = l.variant_id join products p on p.id = v.product_id where o.id = ${offerIds[0] ?? ''}`;
  expect(net).toMatchObject({ net_quantity: 1_500, net_unit: 'g', source: 'shop' });
  expect(await completeProducts(shop.scope, { offerIds, facts: legalInput.parse({}) })).toEqual({
    ok: false,
    error: { kind: 'nothing-said' },
  });

  // Words others read already are only added to: the neighbour sells it too, and what stands, stands.
  const [shared = { offerId: '', listing: '' }] = await sql<
    { offerId: string; listing: string }[]
  >`select o.id as "offerId", o.listing_id as listing from offers o where o.id = ${offerIds[0] ?? ''}`;
  await given.offer({ shop: neighbour, listing: { listingId: shared.listing as never, title: 'Pesto du jour' } });
  await completeProducts(shop.scope, { offerIds: offerIds.slice(0, 1), facts: legalInput.parse({ allergens: 'aucun', alcohol: '0 %' }) });
  const [words] =
    await sql`select p.attributes from listings l join variants v on v.id = l.variant_id join products p on p.id = v.product_id where l.id = ${shared.listing}`;
  expect(words?.['attributes']).toMatchObject({ allergens: 'fruits à coque', alcohol: '0 %' });
});

test('a class that is on no step of its thing’s scale is listed with both', async () => {
  const shop = await given.shop();
  await foods();
  const { sql } = databaseHandle();
  await sql`update categories set legal_gates = '["energy-label", "energy:oven"]'::jsonb`;
  await scanThing(shop.scope, { gtin: '', title: 'Four encastrable', priceMinor: 39_900, quantity: 1, key: newKey() }, ports);
  const offerIds = (await listMissing(shop.scope, 'fr', ports)).rows.map(({ offerId }) => offerId);
  await completeProducts(shop.scope, { offerIds, facts: legalInput.parse({ energyClass: 'F', energySheet: '123456' }) }, ports);
  const { rows } = await listMissing(shop.scope, 'fr', ports);
  expect(rows).toMatchObject([{ missing: ['energyClass'], attributes: { energyClass: 'F' }, energyScale: { best: 'A+++', worst: 'D' } }]);
  await foods();
});

test('the condition of the database and the judgement in words agree, whatever is given', async () => {
  const { sql: query } = databaseHandle();
  const makers = [undefined, { name: 'A', address: '', email: 'a@b.example' }, { name: 'A', address: '1 rue B', email: 'a@b.example' }];
  const now = wednesdayMorning;
  const gateSets = [[], ['energy-label'], ['energy-label', 'energy:oven'], ['energy-label', 'energy:display', 'energy:none'], ['food'], ['safety', 'toy'], ['chemical', 'electrical', 'energy-label', 'textile'], ['alcohol', 'cosmetic'], ['plant', 'plant-passport', 'pet-food'], ['book', 'battery']]; // prettier-ignore
  const full = {
    ingredients: 'x',
    allergens: 'y',
    alcohol: '5',
    ageAdvice: '3',
    hazards: 'h',
    repairIndex: '7',
    energyClass: 'A',
    energySheet: '12345',
    material: 'coton',
    author: 'Nina Roux',
    publisher: 'Éditions du Test',
    botanicalName: 'Lavandula angustifolia',
    plantHazard: 'aucun',
    plantPassport: 'FR-38 00123',
    feedKind: 'complet, chats',
    feedConstituents: 'protéine brute 33 %',
    feedUse: '60 g',
    batteryKind: 'lithium-ion',
    batteryCapacity: '2 Ah',
  };
  const cases = gateSets.flatMap((gates) =>
    makers.flatMap((manufacturer) =>
      [
        {},
        { ...full, allergens: ' ' },
        full,
        { ...full, energyKind: 'oven' },
        { ...full, energyKind: 'display', energyClass: ' a++ ' },
        { energyKind: 'none' },
        { energyKind: 'oven', energyClass: 'a++', energySheet: '1' },
      ].flatMap((attributes) => [undefined, 'w'].map((warnings) => ({ gates, manufacturer, attributes, warnings }))),
    ),
  );
  for (const { gates, manufacturer, attributes, warnings } of cases) {
    const facts = { manufacturer, attributes, warnings, netContent: { amount: 1, unit: 'g' as const } };
    const json = (value: unknown) => sqlText`${JSON.stringify(value ?? null)}::jsonb`;
    const condition = lacksNothing(
      {
        gates: json(gates),
        manufacturer: json(manufacturer),
        warnings: sqlText`${warnings ?? null}::text`,
        netQuantity: sqlText`1`,
        attributes: json(attributes),
      },
      now,
    );
    const [row] = await reader().execute<{ yes: boolean }>(sqlText`select ${condition} as yes`);
    expect(row?.yes, JSON.stringify({ gates, facts })).toBe(missingLegalFields(gates, facts, now).length === 0);
  }
  expect(await query`select 1`).toHaveLength(1);
});

test('a reading sent twice is one fact; a count is everybody’s, a price the manager’s', async () => {
  const shop = await given.shop();
  await given.category();
  const reading = { gtin: '', title: 'Bougie de Noël', priceMinor: 900, quantity: 5, key: newKey() };
  const twice = await Promise.all([scanThing(shop.scope, reading, ports), scanThing(shop.scope, reading, ports)]);
  expect(twice).toMatchObject([{ ok: true }, { ok: true }]);
  expect((await shelf(shop)).filter(({ title }) => title === 'Bougie de Noël')).toMatchObject([{ price: 900, on_hand: 5 }]);
  const gtin = '9999999999994';
  await scanThing(shop.scope, { gtin, title: 'Vase', priceMinor: 1_000, quantity: 1, key: newKey() }, ports);
  const counter = { ...shop.scope, role: 'counter' as const };
  const count = { gtin, title: '', priceMinor: undefined, quantity: 8, key: newKey() };
  expect(await scanThing(counter, count, ports)).toMatchObject({ ok: true, value: { did: 'counted' } });
  expect(await scanThing(counter, { ...count, priceMinor: 100, key: newKey() }, ports)).toEqual({
    ok: false,
    error: { kind: 'manager-needed' },
  });
  expect(await scanThing(counter, { ...count, gtin: '4006381333931', key: newKey() }, ports)).toEqual({
    ok: false,
    error: { kind: 'price-needed' },
  });
  expect(await lookUpCode(counter, gtin)).toMatchObject({ known: 'own', priceMinor: 1_000, onHand: 8 });
  expect(await lookUpCode((await given.shop()).scope, gtin)).toMatchObject({ known: 'commons', priceMinor: undefined });
});

test('a thing somebody’s file has just made gets its own page, whoever comes for it first: its words, its department, and what the law asks', async () => {
  const [categoryId, gtin] = [await given.category(), '9999999999918'];
  const { sql } = databaseHandle();
  await sql`update categories set legal_gates = case when id = ${categoryId} then '["food"]' else '[]' end::jsonb`;
  const [productId, variantId] = [ports.ids.make('product'), ports.ids.make('variant')];
  await sql`insert into products (id, category_id, title, brand, attributes, glyph, source, licence, created_at)
    values (${productId}, ${categoryId}, 'Rillettes', 'Leroux', '{}', 'panier', 'shop', 'Halles-merchant-terms', now())`;
  await sql`insert into variants (id, product_id, gtin, label, attributes, sales_unit, weight_grams, volume_cm3)
    values (${variantId}, ${productId}, ${gtin.padStart(14, '0')}, '180 g', '{}', 'each', 1, 1)`;
  const { scope } = await given.shop();
  expect(await addThing(scope, { gtin, title: '', priceMinor: 600, quantity: 1, key: newKey() }, ports)).toMatchObject({ ok: true });
  expect([...(await sql`select title, brand, category_id, is_published from listings where variant_id = ${variantId}`)]).toEqual([
    { title: 'Rillettes, 180 g', brand: 'Leroux', category_id: categoryId, is_published: false },
  ]);
});
