import sharp from 'sharp';
import { expect, test } from 'vitest';
import { getOwnProduct } from '@/lib/catalogue';
import type { OfferId, StockLocationId } from '@/lib/kernel';
import { instant, parseGtin } from '@/lib/kernel';
import { addPictures, listPictures, readPicture, removePicture, showFirst } from '@/lib/pictures';
import { readProductForm, readShelves, saveProduct, suggestDepartment, withdrawProduct, lookUpSheet } from '@/lib/products';
import { databaseHandle } from '@/lib/platform/database';
import { given, newKey, portsAt, wednesdayMorning, type GivenShop } from '../../support/builders';
import { exportShop, takeoutFiles } from '@/lib/takeout';

const ports = portsAt();
type Values = Readonly<Record<string, string>>;

/** Sends a form as the page does. */
type Sending = { readonly offerId?: OfferId; readonly key?: string; readonly at?: typeof ports };
async function send(shop: GivenShop, values: Values, { offerId, key = newKey(), at = ports }: Sending = {}) {
  const read = readProductForm(values, [shop.locationId]);
  return read.ok ? saveProduct(shop.scope, { ...read.value, offerId, key }, at) : read;
}

async function saved(shop: GivenShop, values: Values, of: Sending = {}): Promise<OfferId> {
  const answer = await send(shop, values, of);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value.offerId;
}

// Shops, departments and bar codes are each case's own: nothing has to be emptied between them.

/** What a shop has on sale. */
const pages = ({ shopId }: GivenShop) => databaseHandle().sql<{ title: string; published: boolean; steps: number; price: number }[]>`
  select l.title, l.is_published as published, o.price_steps as steps, o.price_minor::int as price
  from offers o join listings l on l.id = o.listing_id join variants v on v.id = l.variant_id where o.shop_id = ${shopId} order by l.title`;

/** How many rows there are below a department. */
const rowsIn = async (department: string) => {
  const [row] = await databaseHandle().sql<Record<'products' | 'variants' | 'listings' | 'offers' | 'prices', number>[]>`
    select count(distinct p.id)::int as products, count(distinct v.id)::int as variants, count(distinct l.id)::int as listings,
      count(distinct o.id)::int as offers, count(h.offer_id)::int as prices
    from products p left join variants v on v.product_id = p.id left join listings l on l.variant_id = v.id
    left join offers o on o.listing_id = l.id left join price_history h on h.offer_id = o.id where p.category_id = ${department}`;
  return row;
};

let codes = 0;

/** A bar code nothing else bears. */
function newCode(): string {
  const twelve = `999${String((codes += 1)).padStart(9, '0')}`;
  return [...Array(10).keys()].map((digit) => `${twelve}${digit}`).find((code) => parseGtin(code) !== undefined) ?? '';
}

async function department(gates: readonly string[] = []): Promise<string> {
  const categoryId = await given.category();
  await databaseHandle().sql`update categories set legal_gates = ${JSON.stringify(gates)}::text::jsonb where id = ${categoryId}`;
  return categoryId;
}

const bowl = (id: string): Values => ({
  title: 'Bol tourné',
  department: id,
  option0: 'Taille',
  option1: 'Couleur',
  labels: 'Fait main',
  rows: '3',
  'v0.first': 'Petit',
  'v0.second': 'Bleu',
  'v0.price': '18,50',
  'v0.stock0': '4',
  'v1.first': 'Grand',
  'v1.second': 'Bleu',
  'v1.price': '24',
  'v1.gtin': newCode(),
});

test('a form makes a product with its variants, prices and counts, once; an untouched row is none', async () => {
  const shop = await given.shop();
  const [id, key] = [await department(), newKey()];
  const values = bowl(id);
  const first = await saved(shop, values, { key });
  expect(await saved(shop, values, { key })).toBe(first);
  expect(await rowsIn(id)).toMatchObject({ products: 1, variants: 2, offers: 2 });
  const product = await getOwnProduct(shop.scope, first, 'fr');
  expect(product).toMatchObject({ title: 'Bol tourné', attributes: { labels: 'Fait main' }, isShared: false });
  expect(product?.variants.map(({ label, priceMinor, isPublic }) => [label, priceMinor, isPublic])).toEqual([
    ['Petit · Bleu', 1_850, true],
    ['Grand · Bleu', 2_400, true],
  ]);
  expect((await readShelves(shop.scope, [first]))(first, shop.locationId)).toBe(4);
});

test('what is wrong is said of each field, and two rows are never one variant', async () => {
  const shop = await given.shop();
  const id = await department();
  const values = bowl(id);
  const wrong = {
    ...values,
    title: ' ',
    department: '',
    'v0.price': 'cher',
    'v1.gtin': '123',
    'v0.stock0': 'beaucoup',
    makerName: 'Poterie',
  };
  expect(await send(shop, wrong)).toEqual({
    ok: false,
    error: [
      { field: 'title', code: 'title' },
      { field: 'department', code: 'department' },
      { field: 'makerAddress', code: 'maker' },
      { field: 'v0.price', code: 'price' },
      { field: 'v1.gtin', code: 'gtin' },
      { field: 'v0.stock0', code: 'stock' },
    ],
  });
  expect(await send(shop, { ...values, 'v1.first': 'Petit' })).toEqual({ ok: false, error: { kind: 'variant-twice', row: 1 } });
  await saved(shop, values);
  expect(await send(shop, { ...values, 'v0.sku': 'A1' })).toMatchObject({ ok: false, error: { kind: 'gtin-yours', row: 1 } });
  expect(await rowsIn(id)).toMatchObject({ products: 1 });
});

test('what the law asks hides a page until it is said, and again when it is taken away', async () => {
  const shop = await given.shop();
  const id = await department(['food']);
  const jam = { title: 'Confiture de fraises', department: id, rows: '1', 'v0.price': '4,90', 'v0.content': '250 g' };
  const offerId = await saved(shop, jam);
  expect((await getOwnProduct(shop.scope, offerId, 'fr'))?.variants[0]).toMatchObject({
    isPublic: false,
    missing: ['ingredients', 'allergens'],
  });
  const whole = { ...jam, ingredients: 'fraises, sucre', allergens: 'aucun', 'v0.offer': offerId, 'v0.active': 'yes' };
  await saved(shop, whole, { offerId });
  expect((await getOwnProduct(shop.scope, offerId, 'fr'))?.variants[0]).toMatchObject({ isPublic: true, missing: [] });
  await saved(shop, { ...whole, allergens: '', title: 'Confiture de framboises' }, { offerId });
  expect(await pages(shop)).toMatchObject([{ title: 'Confiture de framboises', published: false }]);
});

test('a form changes prices, adds a variant, keeps what is sold by weight per kilogram, and takes everything off sale', async () => {
  const shop = await given.shop();
  const id = await department();
  const apple = { title: 'Pommes', department: id, unit: 'gram', rows: '1', 'v0.price': '2,40', 'v0.stock0': '12,5' };
  const offerId = await saved(shop, apple);
  expect(await pages(shop)).toMatchObject([{ title: 'Pommes', steps: 1_000, price: 240 }]);
  expect((await readShelves(shop.scope, [offerId]))(offerId, shop.locationId)).toBe(12_500);
  const more = { ...apple, rows: '2', 'v0.offer': offerId, 'v0.active': 'yes', 'v0.first': 'Rouges', 'v0.stock0.was': '12,5', 'v0.price': '2,60', 'v1.first': 'Vertes', 'v1.price': '2' }; // prettier-ignore
  await saved(shop, more, { offerId, at: portsAt(instant(wednesdayMorning + 60_000)) });
  expect(await pages(shop)).toMatchObject([
    { title: 'Pommes, Rouges', steps: 1_000, price: 260 },
    { title: 'Pommes, Vertes', steps: 1_000, price: 200 },
  ]);
  expect(await rowsIn(id)).toMatchObject({ prices: 3 });
  expect(await withdrawProduct(shop.scope, { offerId, isActive: false }, ports)).toEqual({ ok: true, value: { offers: 2 } });
  expect((await getOwnProduct(shop.scope, offerId, 'fr'))?.variants.map(({ isActive }) => isActive)).toEqual([false, false]);
});

test('words of a product others sell too are completed, never rewritten; its bar code cannot become another product’s variant', async () => {
  const [shop, neighbour] = [await given.shop(), await given.shop()];
  const id = await department();
  const vase = { title: 'Vase soufflé', department: id, rows: '1', 'v0.price': '30', 'v0.gtin': newCode() };
  await saved(neighbour, vase);
  const offerId = await saved(shop, { ...vase, 'v0.price': '28' });
  expect(await rowsIn(id)).toMatchObject({ listings: 1, offers: 2 });
  const mine = { ...vase, title: 'Autre nom', 'v0.offer': offerId, 'v0.active': 'yes', 'v0.price': '27', material: 'verre' };
  await saved(shop, mine, { offerId });
  const product = await getOwnProduct(shop.scope, offerId, 'fr');
  expect(product).toMatchObject({ title: 'Vase soufflé', isShared: true, attributes: { material: 'verre' } });
  expect(await send(shop, { ...mine, rows: '2', 'v1.first': 'Grand', 'v1.price': '40' }, { offerId })).toMatchObject({
    ok: false,
    error: { kind: 'product-shared' },
  });
  const own = await saved(shop, { title: 'Carafe', department: id, rows: '1', 'v0.price': '12' });
  const theirs = { 'v0.gtin': newCode() };
  const stolen = { title: 'Carafe', department: id, rows: '1', 'v0.offer': own, 'v0.price': '12', ...theirs };
  await saved(neighbour, { title: 'Pâte', department: id, rows: '1', 'v0.price': '5', ...theirs });
  expect(await send(shop, stolen, { offerId: own })).toMatchObject({ ok: false, error: { kind: 'gtin-elsewhere', row: 0 } });
  // A file that is taken over makes things before their pages: in between the code is another's all the same.
  const gtin = newCode();
  await databaseHandle().sql`insert into variants (id, product_id, gtin, attributes, sales_unit, weight_grams, volume_cm3)
    select ${ports.ids.make('variant')}, id, ${gtin.padStart(14, '0')}, '{}', 'each', 1, 1 from products where category_id = ${id} and title = 'Pâte'`;
  expect(await send(shop, { ...stolen, 'v0.gtin': gtin }, { offerId: own })).toMatchObject({
    ok: false,
    error: { kind: 'gtin-elsewhere' },
  });
});

test('another shop’s product is not there: neither to read, nor to change, nor to count, nor to take off sale', async () => {
  const [victim, attacker] = [await given.shop(), await given.shop()];
  const id = await department();
  const values = bowl(id);
  const offerId = await saved(victim, values);
  const before = await pages(victim);
  expect(await getOwnProduct(attacker.scope, offerId, 'fr')).toBeUndefined();
  expect((await readShelves(attacker.scope, [offerId]))(offerId, victim.locationId)).toBeUndefined();
  expect(await send(attacker, { ...values, 'v0.offer': offerId }, { offerId })).toEqual({
    ok: false,
    error: { kind: 'offer-not-found' },
  });
  expect(await withdrawProduct(attacker.scope, { offerId, isActive: false }, ports)).toMatchObject({ ok: false });
  const own = await saved(attacker, { title: 'Assiette', department: id, rows: '1', 'v0.price': '9' });
  // A row that names the victim's offer inside the attacker's own product.
  expect(await send(attacker, { ...values, 'v0.offer': offerId }, { offerId: own })).toEqual({
    ok: false,
    error: { kind: 'offer-not-found' },
  });
  expect(await pages(victim)).toEqual(before);
  expect((await pages(attacker)).map(({ title }) => title)).toEqual(['Assiette']);
  // The opposite: its keeper still may.
  expect(await withdrawProduct(victim.scope, { offerId, isActive: false }, ports)).toMatchObject({ ok: true });
});

test('a bar code open data knows brings name, content and a department with its confidence', async () => {
  const shop = await given.shop();
  const id = await department();
  const sheet = await lookUpSheet(shop.scope, '3017620422003');
  expect(sheet).toMatchObject({ known: 'open-data', source: { licence: 'ODbL-1.0' } });
  expect(sheet?.title.length).toBeGreaterThan(3);
  expect(await lookUpSheet(shop.scope, '12')).toBeUndefined();
  expect((await suggestDepartment(shop.scope, 'zzzz')).confidence).toBe(0);
  // Untouched words keep their source; the shop's own are its own.
  const values = { title: sheet?.title ?? '', department: id, rows: '1', 'v0.price': '4,90', 'v0.gtin': '3017620422003' };
  expect(await getOwnProduct(shop.scope, await saved(shop, values), 'fr')).toMatchObject({
    source: 'Open Food Facts',
    licence: 'ODbL-1.0',
  });
});

/** A place of another shop is no place of the form: fields are read against the shop's own. */
test('counts go to the shop’s own places only', () => {
  const places: readonly StockLocationId[] = [];
  const read = readProductForm(
    { title: 'Bol', department: 'cat_00000000000000000000000000', rows: '1', 'v0.price': '3', 'v0.stock0': '5' },
    places,
  );
  expect(read).toMatchObject({ ok: true, value: { counts: [] } });
});

test('everything a shop owns leaves as files, and nothing of its neighbour', async () => {
  const [shop, neighbour] = [await given.shop(), await given.shop()];
  const id = await department();
  await saved(shop, { ...bowl(id), 'v0.sku': '=MINE-1' });
  await saved(neighbour, { title: 'Autre bol', department: id, rows: '1', 'v0.price': '9', 'v0.sku': 'THEIRS', 'v0.stock0': '3' });
  const files = new Map<string, string>();
  for (const file of takeoutFiles) {
    let text = '';
    for await (const piece of exportShop(shop.scope, file)) text += piece;
    files.set(file, text);
  }
  for (const file of ['products', 'variants', 'offers', 'prices', 'stock', 'movements'] as const)
    expect(files.get(file), file).toContain("'=MINE-1;");
  for (const [file, text] of files) {
    expect(text.includes('THEIRS') || text.includes('Autre bol'), file).toBe(false);
    expect(text.charCodeAt(0), file).toBe(0xfeff);
  }
  expect(files.get('stock')?.split('\r\n')).toHaveLength(1 + 1 + 1);
  expect(files.get('offers')).toContain(';1850;1;EUR;food_general;new;;1;2026-11-25T');
});

test('pictures are kept small, in order, and only the shop that gave one may take it back', async () => {
  const [shop, neighbour] = [await given.shop(), await given.shop()];
  const id = await department();
  const vase = { title: 'Vase soufflé', department: id, rows: '1', 'v0.price': '30', 'v0.gtin': newCode() };
  const [offerId, theirs] = [await saved(shop, vase), await saved(neighbour, vase)];
  const red = await sharp({ create: { width: 2_000, height: 900, channels: 3, background: '#c00' } })
    .jpeg()
    .toBuffer();
  expect(await addPictures(shop.scope, { offerId, pictures: [red, red] }, ports)).toEqual({ ok: true, value: { added: 2 } });
  expect(await addPictures(neighbour.scope, { offerId: theirs, pictures: [red] }, ports)).toMatchObject({ ok: true });
  expect(await addPictures(neighbour.scope, { offerId, pictures: [red] }, ports)).toEqual({
    ok: false,
    error: { kind: 'offer-not-found' },
  });
  expect(await addPictures(shop.scope, { offerId, pictures: [new Uint8Array([1, 2, 3])] }, ports)).toMatchObject({
    error: { kind: 'photo-unreadable' },
  });
  expect(await addPictures(shop.scope, { offerId, pictures: Array(6).fill(red) }, ports)).toMatchObject({
    error: { kind: 'too-many-pictures' },
  });
  const { productId } = (await getOwnProduct(shop.scope, offerId, 'fr')) ?? {};
  if (productId === undefined) throw new Error('the product is there');
  const [first, second, third] = (await listPictures(shop.scope, productId)).map(({ key }) => key);
  if (first === undefined || second === undefined || third === undefined) throw new Error('three pictures are kept');
  expect((await sharp((await readPicture(first))?.bytes).metadata()).width).toBe(1_280);
  expect(await removePicture(neighbour.scope, first)).toMatchObject({ ok: false });
  expect(await showFirst(neighbour.scope, first)).toMatchObject({ ok: false });
  expect(await showFirst(shop.scope, second)).toMatchObject({ ok: true });
  expect(await removePicture(shop.scope, first)).toMatchObject({ ok: true });
  expect((await listPictures(shop.scope, productId)).map(({ key, isOwn }) => [key, isOwn])).toEqual([
    [second, true],
    [third, false],
  ]);
  expect(await readPicture(first)).toBeUndefined();
  expect(await readPicture('../../etc/passwd')).toBeUndefined();
});
