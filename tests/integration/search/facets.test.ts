import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ranking } from '@/lib/search';
import { answerQuestion } from '@/lib/search/engine/answer';
import { conditions, emptyCityIndex, isWasteful, putListing, removeListing, type IndexedListing } from '@/lib/search/engine/city-index';
import type { EngineQuestion, PlaceWindow } from '@/lib/search/engine/question';
import { firstPlaces } from '@/lib/search/engine/first-places';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 120);

const places = ['a|0', 'b|0', 'b|60', 'c|0'] as const;
const categories = ['x', 'y', 'z'] as const;
const priceRanges = [
  { name: 'low', fromMinor: 0, toMinor: 500 },
  { name: 'high', fromMinor: 500, toMinor: Number.MAX_SAFE_INTEGER },
];

const anyListing = (id: string): fc.Arbitrary<IndexedListing> =>
  fc.record({
    listingId: fc.constant(id),
    categoryId: fc.constantFrom(...categories),
    text: fc.constant({ title: 'pain', brand: '', department: '', properties: '' }),
    brand: fc.constantFrom('m', 'n', undefined),
    attributes: fc.subarray(['taille=S', 'taille=M', 'bois=oui']),
    offers: fc.array(
      fc.record({
        place: fc.constantFrom(...places, 'gone|0'),
        priceMinor: fc.integer({ min: 1, max: 1000 }),
        condition: fc.constantFrom(...conditions),
      }),
      { maxLength: 4 },
    ),
  });

const anyWindow = (key: string): fc.Arbitrary<PlaceWindow> =>
  fc.record({
    key: fc.constant(key),
    shopId: fc.constant(key.slice(0, 1)),
    slug: fc.constant(key.slice(0, 1)),
    rank: fc.constantFrom(undefined, 0, 30, 60),
    whenBits: fc.integer({ min: 0, max: 15 }),
    wayBits: fc.integer({ min: 0, max: 7 }),
    isOpen: fc.boolean(),
    isNear: fc.boolean(),
    metres: fc.constantFrom(undefined, 100, 900),
  });

const anyQuestion: fc.Arbitrary<EngineQuestion> = fc.record({
  text: fc.constant(''),
  windows: fc.tuple(...places.map(anyWindow)),
  nodes: fc.constant([
    { categoryId: 'x', node: 'one' },
    { categoryId: 'y', node: 'one' },
    { categoryId: 'z', node: 'two' },
  ]),
  filters: fc.record({
    shops: fc.subarray(['a', 'b']),
    departments: fc.subarray(['one', 'two']),
    prices: fc.subarray(['low', 'high']),
    brands: fc.subarray(['m', 'n']),
    conditions: fc.subarray([...conditions]),
    attributes: fc.subarray([
      { name: 'taille', values: ['S'] },
      { name: 'bois', values: ['oui'] },
    ]),
    isOpenOnly: fc.boolean(),
    isNearOnly: fc.boolean(),
  }),
  priceRanges: fc.constant(priceRanges),
  sort: fc.constantFrom('tot', 'pres', 'prix', 'pertinence'),
  page: fc.constantFrom(1, 2),
  pageSize: fc.constant(5),
  isPageOnly: fc.constant(false),
});

type Filter = 'window' | 'shop' | 'department' | 'price' | 'brand' | 'condition' | 'open' | 'near' | 'taille' | 'bois';

/** The slow and obvious way: which listings have an offer that passes everything but one filter, and for which `has` holds. */
function naive(listings: readonly IndexedListing[], { windows, nodes, filters }: EngineQuestion) {
  const isIn = (chosen: readonly string[], value: string | undefined) =>
    chosen.length === 0 || (value !== undefined && chosen.includes(value));
  const rangeOf = (minor: number) => priceRanges.find(({ fromMinor, toMinor }) => minor >= fromMinor && minor < toMinor)?.name;
  const rows = listings.flatMap((listing) =>
    listing.offers.flatMap((offer) => {
      const window = windows.find(({ key }) => key === offer.place);
      const node = nodes.find(({ categoryId }) => categoryId === listing.categoryId)?.node;
      const attribute = (name: string) =>
        filters.attributes.every((one) => one.name !== name || one.values.some((value) => listing.attributes.includes(`${name}=${value}`)));
      const passes: Record<Filter, boolean> = {
        window: window?.rank !== undefined,
        shop: isIn(filters.shops, window?.slug),
        department: isIn(filters.departments, node),
        price: isIn(filters.prices, rangeOf(offer.priceMinor)),
        brand: isIn(filters.brands, listing.brand),
        condition: isIn(filters.conditions, offer.condition),
        open: !filters.isOpenOnly || window?.isOpen === true,
        near: !filters.isNearOnly || window?.isNear === true,
        taille: attribute('taille'),
        bois: attribute('bois'),
      };
      return window === undefined ? [] : [{ listing, offer, window, node, range: rangeOf(offer.priceMinor), passes }];
    }),
  );
  type Row = (typeof rows)[number];
  return (but: Filter | undefined, has: (row: Row) => boolean = () => true) =>
    new Set(
      rows
        .filter((row) => Object.entries(row.passes).every(([name, passed]) => passed || name === but) && has(row))
        .map(({ listing }) => listing.listingId),
    );
}

const anyCity = fc
  .integer({ min: 0, max: 14 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, at) => anyListing(`lst_${String(at).padStart(2, '0')}`))));

test('every count of every facet is what going through all offers one by one gives', () => {
  fc.assert(
    fc.property(anyCity, anyQuestion, (listings, question) => {
      const index = emptyCityIndex();
      for (const listing of listings) putListing(index, listing);
      const answer = answerQuestion(index, question, undefined);
      const left = naive(listings, question);
      const counted = (rows: readonly { readonly value: string; readonly count: number }[]) =>
        new Map(rows.map(({ value, count }) => [value, count]));
      const expected = (values: readonly string[], of: (value: string) => number) =>
        new Map(values.map((value) => [value, of(value)] as const).filter(([, count]) => count > 0));

      expect(answer.total).toBe(left(undefined).size);
      expect(counted(answer.shop)).toEqual(expected(['a', 'b', 'c'], (slug) => left('shop', ({ window }) => window.slug === slug).size));
      expect(counted(answer.shops)).toEqual(
        expected(['a', 'b', 'c'], (shop) => left(undefined, ({ window }) => window.shopId === shop).size),
      );
      expect(counted(answer.department)).toEqual(expected(['one', 'two'], (node) => left('department', (row) => row.node === node).size));
      expect(counted(answer.price)).toEqual(expected(['low', 'high'], (range) => left('price', (row) => row.range === range).size));
      expect(counted(answer.brand)).toEqual(expected(['m', 'n'], (brand) => left('brand', ({ listing }) => listing.brand === brand).size));
      expect(counted(answer.condition)).toEqual(
        expected(conditions, (condition) => left('condition', ({ offer }) => offer.condition === condition).size),
      );
      expect(answer.when).toEqual([0, 1, 2, 3].map((bit) => left('window', ({ window }) => (window.whenBits & (1 << bit)) !== 0).size));
      expect(answer.ways).toEqual([0, 1, 2].map((bit) => left('window', ({ window }) => (window.wayBits & (1 << bit)) !== 0).size));
      expect(answer.open).toBe(left('open', ({ window }) => window.isOpen).size);
      expect(answer.near).toBe(left('near', ({ window }) => window.isNear).size);
      for (const { name, values } of answer.attributes) {
        const own = name === 'taille' ? 'taille' : 'bois';
        for (const { value, count } of values)
          expect(count).toBe(left(own, ({ listing }) => listing.attributes.includes(`${name}=${value}`)).size);
      }
    }),
    { numRuns: RUNS },
  );
});

test('pages follow one another without a gap or a repeat, whatever was put in and taken out in which order', () => {
  fc.assert(
    fc.property(anyCity, anyQuestion, fc.array(fc.nat(13), { maxLength: 10 }), (listings, question, again) => {
      const index = emptyCityIndex();
      for (const listing of listings) putListing(index, listing);
      const other = emptyCityIndex();
      for (const listing of listings.toReversed()) putListing(other, { ...listing, offers: [], text: { ...listing.text, title: 'autre' } });
      for (const at of again) if (listings[at]) removeListing(other, listings[at].listingId);
      for (const listing of listings) putListing(other, listing);
      const page = (from: typeof index, number: number) =>
        answerQuestion(from, { ...question, page: number, isPageOnly: true }, undefined).results.map(({ listingId }) => listingId);
      const all = [1, 2, 3].flatMap((number) => page(index, number));
      expect(new Set(all)).toEqual(naive(listings, question)(undefined));
      expect(all.length).toBe(new Set(all).size);
      expect([1, 2, 3].flatMap((number) => page(other, number))).toEqual(all);
    }),
    { numRuns: RUNS },
  );
});

test('the first places are those of a whole sort', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), fc.nat(30), (values, most) => {
      const isBefore = (a: number, b: number) => (values[a] ?? 0) < (values[b] ?? 0) || (values[a] === values[b] && a < b);
      const sorted = values.map((_, at) => at).toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
      expect(firstPlaces(values.length, most, isBefore)).toEqual(sorted.slice(0, most));
    }),
    { numRuns: RUNS },
  );
});

test('an index that is mostly passed over says so', () => {
  const index = emptyCityIndex();
  const listing = (price: number): IndexedListing => ({
    listingId: 'one',
    categoryId: 'x',
    text: { title: 'pain', brand: '', department: '', properties: '' },
    brand: undefined,
    attributes: [],
    offers: [{ place: 'a|0', priceMinor: price, condition: 'new' }],
  });
  expect(putListing(index, listing(1))).toBe(true);
  expect(putListing(index, listing(1))).toBe(false);
  expect(isWasteful(index)).toBe(false);
  for (let price = 2; price < 12_000; price += 1) putListing(index, listing(price));
  expect(isWasteful(index)).toBe(true);
});

test('whoever changes the ranking changes its version, and with it the page people read (OP-01)', () => {
  const { version, ...figures } = ranking;
  const sum = createHash('sha256').update(JSON.stringify(figures)).digest('hex').slice(0, 12);
  expect({ version, sum }).toEqual({ version: 2, sum: '453a08c27830' });
});
