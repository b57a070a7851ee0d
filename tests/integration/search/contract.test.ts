import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { placeKey, type IndexedListing } from '@/lib/search/engine/city-index';
import { noFilters, type EngineQuestion, type PlaceWindow } from '@/lib/search/engine/question';
import { priceRangeBounds } from '@/lib/search/search-query';
import { meilisearchHarness, memoryHarness, type Harness } from '../../support/search-harness';
import { startMeilisearchDouble, type MeilisearchDouble } from '../../support/meilisearch/double';

const double: MeilisearchDouble = await startMeilisearchDouble();
const real = process.env['MEILI_HOST'];
const harnesses: readonly Harness[] = [
  memoryHarness(),
  meilisearchHarness('Meilisearch’s double', { host: double.host, apiKey: double.apiKey, indexPrefix: 'contract_' }),
  ...(real === undefined
    ? []
    : [
        meilisearchHarness('Meilisearch itself', {
          host: real,
          apiKey: process.env['MEILI_API_KEY'],
          indexPrefix: `contract_${process.pid}_`,
        }),
      ]),
];

afterAll(() => double.stop());

const near = placeKey('shp_near', 0);
const late = placeKey('shp_late', 0);
const far = placeKey('shp_far', 120);

type Wish = Partial<Omit<IndexedListing, 'offers'>> & {
  readonly title: string;
  readonly offers: readonly (readonly [place: string, priceMinor: number, condition?: 'used'])[];
};

let made = 0;
function listing({ title, offers, ...wish }: Wish): IndexedListing {
  made += 1;
  return {
    listingId: `lst_${String(made).padStart(4, '0')}`,
    categoryId: 'cat_food',
    brand: undefined,
    attributes: [],
    ...wish,
    text: { title, brand: wish.brand ?? '', department: 'Épicerie', properties: '', ...wish.text },
    offers: offers.map(([place, priceMinor, condition = 'new' as const]) => ({ place, priceMinor, condition })),
  };
}

const savon = listing({
  title: 'Savon à la lavande',
  categoryId: 'cat_care',
  brand: 'Arvel',
  attributes: ['Taille=S', 'Bio=oui'],
  offers: [
    [near, 600],
    [far, 550],
  ],
});
const savonNoir = listing({
  title: 'Savon noir',
  categoryId: 'cat_care',
  brand: 'Bruno',
  attributes: ['Taille=M'],
  offers: [[late, 1_200]],
});
const savonUsed = listing({
  title: 'Porte-savon ancien',
  categoryId: 'cat_care',
  attributes: ['Taille=S'],
  offers: [[late, 3_000, 'used']],
});
const pommes = listing({ title: 'Pommes de terre', offers: [[near, 250]] });
const eau = listing({ title: 'Eau minérale 6 x 1,5 L', offers: [[near, 390]] });
const gone = listing({ title: 'Savon d’Alep', categoryId: 'cat_care', offers: [] });
const city = [savon, savonNoir, savonUsed, pommes, eau, gone];

const HOUR = 3_600_000;
const window = (key: string, wish: Partial<PlaceWindow>): PlaceWindow => ({
  key,
  shopId: key.slice(0, key.indexOf('|')),
  slug: key.slice(4, key.indexOf('|')),
  rank: 0,
  whenBits: 0,
  wayBits: 1,
  isOpen: true,
  isNear: false,
  metres: undefined,
  ...wish,
});
const windows: readonly PlaceWindow[] = [
  window(near, { rank: HOUR, whenBits: 0b1111, isNear: true, metres: 100 }),
  window(late, { rank: 9 * HOUR, whenBits: 0b1100, wayBits: 0b101, isOpen: false, metres: 700 }),
  window(far, { rank: 2 * HOUR, whenBits: 0b1110, wayBits: 0b111, metres: 4_000 }),
];
const nodes = [
  { categoryId: 'cat_food', node: 'food' },
  { categoryId: 'cat_care', node: 'care' },
];
const ask = (text: string, change: Partial<EngineQuestion> = {}): EngineQuestion => ({
  text,
  windows,
  nodes,
  filters: noFilters,
  priceRanges: priceRangeBounds,
  sort: 'tot',
  page: 1,
  pageSize: 24,
  isPageOnly: false,
  ...change,
});
const filtered = (filters: Partial<EngineQuestion['filters']>) => ({ filters: { ...noFilters, ...filters } });
const idsOf = (listings: readonly IndexedListing[]) => listings.map(({ listingId }) => listingId);

describe.each(harnesses.map((harness) => [harness.name, harness] as const))('%s', (_, { engine, renew, put, remove }) => {
  const answer = (text: string, change?: Partial<EngineQuestion>) => engine.answer(ask(text, change));
  const ids = async (text: string, change?: Partial<EngineQuestion>) =>
    (await answer(text, change)).results.map(({ listingId }) => listingId);
  const some = async (text: string, change?: Partial<EngineQuestion>) => (await ids(text, change)).toSorted();

  beforeAll(() => renew(city));

  test('finds words, accents, capitals and plurals aside, and only what can be had', async () => {
    expect(await some('savon')).toEqual(idsOf([savon, savonNoir, savonUsed]));
    expect(await some('SAVONS')).toEqual(idsOf([savon, savonNoir, savonUsed]));
    expect(await some('epicerie pommes')).toEqual(idsOf([pommes]));
    expect((await answer('savon')).total).toBe(3);
  });

  test('a glance shows what has the letters in its title before what has them elsewhere, each once, and only what can be had', async () => {
    const lamp = listing({ title: 'Lampe à parfum', brand: 'Lavande', offers: [[near, 900]] });
    const sold = listing({ title: 'Lavande en pot', offers: [] });
    await put(lamp);
    await put(sold);
    expect(await ids('lavan', { sort: 'pertinence', pageSize: 4, isPageOnly: true, isGlance: true })).toEqual(idsOf([savon, lamp]));
    await remove(lamp.listingId);
    await remove(sold.listingId);
  });

  test('finds quantities however they are written, and words that mean the same', async () => {
    expect(await some('eau 150cl')).toEqual(idsOf([eau]));
    expect(await some('patate')).toEqual(idsOf([pommes]));
  });

  test('orders by the earliest promise, by distance and by price', async () => {
    expect(await ids('savon')).toEqual(expect.arrayContaining(idsOf([savon])));
    expect((await ids('savon'))[0]).toBe(savon.listingId);
    expect((await ids('', { ...filtered({ departments: ['care'] }), sort: 'prix' }))[0]).toBe(savon.listingId);
    expect(await ids('', { ...filtered({ departments: ['care'] }), sort: 'prix' })).toEqual(idsOf([savon, savonNoir, savonUsed]));
    const later = windows.map((one) =>
      one.key === near ? { ...one, rank: 20 * HOUR } : one.key === far ? { ...one, rank: 30 * HOUR } : one,
    );
    expect((await ids('', { windows: later, ...filtered({ departments: ['care'] }) })).at(-1)).toBe(savon.listingId);
    const moved = windows.map((one) => ({ ...one, metres: one.key === late ? 20 : 900 }));
    expect((await ids('savon', { windows: moved, sort: 'pres' })).at(-1)).toBe(savon.listingId);
  });

  test('narrows by every filter, and one offer must pass them all', async () => {
    expect(await some('savon', filtered({ shops: ['far'] }))).toEqual(idsOf([savon]));
    expect(await some('', filtered({ departments: ['food'] }))).toEqual(idsOf([pommes, eau]));
    expect(await some('savon', filtered({ prices: ['10-25'] }))).toEqual(idsOf([savonNoir]));
    expect(await some('savon', filtered({ brands: ['Arvel', 'Bruno'] }))).toEqual(idsOf([savon, savonNoir]));
    expect(await some('savon', filtered({ conditions: ['used'] }))).toEqual(idsOf([savonUsed]));
    expect(await some('savon', filtered({ attributes: [{ name: 'Taille', values: ['S'] }] }))).toEqual(idsOf([savon, savonUsed]));
    expect(
      await some(
        'savon',
        filtered({
          attributes: [
            { name: 'Taille', values: ['S', 'M'] },
            { name: 'Bio', values: ['oui'] },
          ],
        }),
      ),
    ).toEqual(idsOf([savon]));
    expect(await some('savon', filtered({ isOpenOnly: true }))).toEqual(idsOf([savon]));
    expect(await some('savon', filtered({ isNearOnly: true }))).toEqual(idsOf([savon]));
    expect(await some('savon', filtered({ shops: ['late'], prices: ['0-10'] }))).toEqual([]);
  });

  test('counts what each filter would leave, its own left aside', async () => {
    const found = await answer('savon', filtered({ shops: ['late'] }));
    const counts = (rows: readonly { readonly value: string; readonly count: number }[]) =>
      Object.fromEntries(rows.map(({ value, count }) => [value, count]));
    expect(found.total).toBe(2);
    expect(counts(found.shop)).toEqual({ late: 2, near: 1, far: 1 });
    expect(counts(found.shops)).toEqual({ shp_late: 2 });
    expect(counts(found.department)).toEqual({ care: 2 });
    expect(counts(found.price)).toEqual({ '10-25': 1, '25-50': 1 });
    expect(counts(found.brand)).toEqual({ Bruno: 1 });
    expect(counts(found.condition)).toEqual({ new: 1, used: 1 });
    expect(found.when).toEqual([0, 0, 2, 2]);
    expect(found.ways).toEqual([2, 0, 2]);
    expect([found.open, found.near]).toEqual([0, 0]);
    const free = await answer('savon');
    expect(free.when).toEqual([1, 1, 3, 3]);
    expect([free.open, free.near]).toEqual([1, 1]);
    expect(counts(free.shop)).toEqual({ late: 2, near: 1, far: 1 });
    expect(Object.fromEntries(free.attributes.map(({ name, values }) => [name, counts(values)]))).toMatchObject({ Taille: { S: 2, M: 1 } });
    const sized = await answer('savon', filtered({ attributes: [{ name: 'Taille', values: ['M'] }] }));
    expect(Object.fromEntries(sized.attributes.map(({ name, values }) => [name, counts(values)]))).toMatchObject({
      Taille: { S: 2, M: 1 },
    });
  });

  test('gives pages one after another, and an empty one behind the last', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => ids('savon', { page, pageSize: 1 })));
    expect(pages.map(({ length }) => length)).toEqual([1, 1, 1, 0]);
    expect(pages.flat().toSorted()).toEqual(idsOf([savon, savonNoir, savonUsed]));
  });

  test('answers in part what nothing answers whole, and says so', async () => {
    const found = await answer('savon porcelaine introuvable');
    expect(found.isLoose).toBe(true);
    expect(found.results.every(({ isStrong }) => !isStrong)).toBe(true);
    expect((await answer('savon')).isLoose).toBe(false);
  });

  test('knows where things lie that nobody has', async () => {
    expect(await engine.categoriesOf('alep', 3)).toEqual(['cat_care']);
  });

  test.each([
    ['ten thousand characters', 'savon '.repeat(1_700)],
    ['control characters', 'sa\u0000von\u0007'],
    ['filter syntax', 'places IN ["x"] OR id = 1 AND NOT "'],
    ['SQL and tsquery', "'; drop table offers; -- & | ! :*"],
    ['emoji and right to left', '🧼 \u202eنوباص'],
    ['half a character', 'savon \ud800'],
  ])('survives %s', async (_name, text) => {
    const found = await answer(text);
    expect(found.total).toBeGreaterThanOrEqual(0);
  });

  test('values of filters cannot break out of their quotes', async () => {
    const hostile = ['" OR places EXISTS', '\\', '\\"', "' --"];
    expect(await some('savon', filtered({ brands: hostile }))).toEqual([]);
    expect(await some('savon', filtered({ attributes: [{ name: '" OR 1', values: hostile }] }))).toEqual([]);
  });

  describe('keeps up', () => {
    beforeEach(() => renew(city));

    test('with what comes, changes and goes', async () => {
      const miel = listing({ title: 'Miel de tilleul', offers: [[near, 900]] });
      expect(await some('miel')).toEqual([]);
      await put(miel);
      expect(await some('miel')).toEqual(idsOf([miel]));
      await put({ ...miel, offers: [{ place: late, priceMinor: 900, condition: 'new' }] });
      expect(await some('miel', filtered({ shops: ['late'] }))).toEqual(idsOf([miel]));
      await put({ ...miel, text: { ...miel.text, title: 'Confiture de figues' } });
      expect([await some('miel'), await some('figues')]).toEqual([[], idsOf([miel])]);
      await remove(miel.listingId);
      expect(await some('figues')).toEqual([]);
    });

    test('and is made anew without a moment in which it answers half', async () => {
      let isDone = false;
      const seen: number[] = [];
      const asking = (async () => {
        while (!isDone) {
          seen.push((await answer('savon', { isPageOnly: true })).total);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })();
      await renew(city);
      isDone = true;
      await asking;
      expect(seen.every((total) => total === 3)).toBe(true);
    });
  });
});

test('Meilisearch’s double refused nothing, and no half-filled index is left', () => {
  expect(double.refused).toEqual([]);
  expect(double.indexes()).toEqual(['contract_listings']);
});
