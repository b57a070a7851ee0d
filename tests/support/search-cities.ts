import fc from 'fast-check';
import { conditions, type IndexedListing } from '@/lib/search/engine/city-index';
import type { EngineFilters, EngineQuestion, PlaceWindow } from '@/lib/search/engine/question';

/** Small cities and whatever may be asked of them, for properties: few values each, so that everything meets everything. */
export const places = ['a|0', 'b|0', 'b|60', 'c|0'] as const;
const categories = ['x', 'y', 'z'] as const;
export const priceRanges = [
  { name: 'low', fromMinor: 0, toMinor: 500 },
  { name: 'high', fromMinor: 500, toMinor: Number.MAX_SAFE_INTEGER },
];

export const anyListing = (id: string): fc.Arbitrary<IndexedListing> =>
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

const anyFilters: fc.Arbitrary<EngineFilters> = fc.record({
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
});

/** Only filters that whole lots answer. */
const ofPlaces = (filters: EngineFilters): EngineFilters => ({ ...filters, prices: [], brands: [], conditions: [], attributes: [] });

export const anyQuestion: fc.Arbitrary<EngineQuestion> = fc.record({
  text: fc.constant(''),
  windows: fc.tuple(...places.map(anyWindow)),
  nodes: fc.constant([
    { categoryId: 'x', node: 'one' },
    { categoryId: 'y', node: 'one' },
    { categoryId: 'z', node: 'two' },
  ]),
  filters: fc.oneof(anyFilters, anyFilters.map(ofPlaces)),
  priceRanges: fc.constant(priceRanges),
  sort: fc.constantFrom('tot', 'pres', 'prix', 'pertinence'),
  page: fc.constantFrom(1, 2),
  pageSize: fc.constant(5),
  isPageOnly: fc.constant(false),
});

export const anyCity = fc
  .integer({ min: 0, max: 14 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, at) => anyListing(`lst_${String(at).padStart(2, '0')}`))));
