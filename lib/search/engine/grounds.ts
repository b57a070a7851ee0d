import { conditions, type CityIndex } from './city-index';
import { emptyInterner, numberOf } from './interner';
import { areSameRanges } from './price-range';
import type { EngineQuestion } from './question';
import * as filter from './tally';
import { MOST_ATTRIBUTE_FILTERS, type Names } from './tally';

/** Later, dearer and farther than anything. */
export const FAR = 0x7fffffff;

/** What the question says of every place and category, looked up once, at the index's own numbers. */
export type Grounds = {
  readonly shopOf: Int32Array;
  readonly stepOf: Int32Array;
  readonly metresOf: Int32Array;
  readonly whenBits: Int32Array;
  readonly wayBits: Int32Array;
  readonly flags: Int32Array;
  /** The filters that the place fails. */
  readonly placeMask: Int32Array;
  readonly nodeOf: Int32Array;
  readonly nodeMask: Int32Array;
  /** No filter looks at brands or attributes. */
  readonly isPlain: boolean;
  readonly brandMask: (brand: number) => number;
  readonly attributeFilters: readonly { readonly bit: number; readonly values: ReadonlySet<number> }[];
  /** The bit of the filter on an attribute value's name; 0 when there is none. */
  readonly attributeBits: Int32Array;
  readonly conditionMask: readonly number[];
  /** A filter looks at prices or conditions: what they say of a listing then depends on each of its offers. */
  readonly hasOfferFilter: boolean;
  /** The filters that a listing with one offer fails, by its profile. */
  readonly profileMasks: Int32Array;
  /** The index counts by the ranges that are asked for; else every offer is looked at. */
  readonly isProfiled: boolean;
  readonly priceOf: (minor: number) => number;
  readonly priceMask: readonly number[];
  readonly names: Names;
};

/** Bits of `flags`, in the order of the tallies. */
export const IS_OPEN = 1;
export const IS_NEAR = 2;

function placeGrounds(index: CityIndex, { windows, filters }: EngineQuestion) {
  const size = index.places.texts.length;
  const shopIds = emptyInterner();
  const slugs: string[] = [];
  const shopOf = new Int32Array(size).fill(-1);
  const stepOf = new Int32Array(size).fill(FAR);
  const [metresOf, whenBits, wayBits, flags, placeMask] = [
    new Int32Array(size),
    new Int32Array(size),
    new Int32Array(size),
    new Int32Array(size),
    new Int32Array(size),
  ];
  const steps = [...new Set(windows.flatMap(({ rank }) => rank ?? []))].toSorted((a, b) => a - b);
  const stepNumber = new Map(steps.map((step, number) => [step, number]));
  for (const window of windows) {
    const place = index.places.numbers.get(window.key);
    if (place === undefined) continue;
    const shop = numberOf(shopIds, window.shopId);
    slugs[shop] = window.slug;
    shopOf[place] = shop;
    stepOf[place] = window.rank === undefined ? FAR : (stepNumber.get(window.rank) ?? FAR);
    metresOf[place] = window.metres ?? FAR;
    whenBits[place] = window.whenBits;
    wayBits[place] = window.wayBits;
    flags[place] = (window.isOpen ? IS_OPEN : 0) | (window.isNear ? IS_NEAR : 0);
    placeMask[place] =
      (window.rank === undefined ? filter.WINDOW : 0) |
      (filters.shops.length > 0 && !filters.shops.includes(window.slug) ? filter.SHOP : 0) |
      (filters.isOpenOnly && !window.isOpen ? filter.OPEN : 0) |
      (filters.isNearOnly && !window.isNear ? filter.NEAR : 0);
  }
  return { shopOf, stepOf, metresOf, whenBits, wayBits, flags, placeMask, shopIds: shopIds.texts, slugs };
}

function bitsByValue(index: CityIndex, names: readonly string[]): Int32Array {
  const bits = new Int32Array(index.attributes.texts.length);
  if (names.length === 0) return bits;
  index.attributes.texts.forEach((text, value) => {
    const place = names.indexOf(text.slice(0, text.indexOf('=')));
    if (place >= 0) bits[value] = filter.ATTRIBUTE << place;
  });
  return bits;
}

/** Which range a price lies in, or -1; asked for every offer, so without anything that must be made for the asking. */
function priceFinder(ranges: EngineQuestion['priceRanges']): (minor: number) => number {
  const from = Float64Array.from(ranges, ({ fromMinor }) => fromMinor);
  const to = Float64Array.from(ranges, ({ toMinor }) => toMinor);
  return (minor) => {
    for (let range = 0; range < from.length; range += 1) if (minor >= (from[range] ?? 0) && minor < (to[range] ?? 0)) return range;
    return -1;
  };
}

function profileMasks({ lots }: CityIndex, masks: readonly number[]): Int32Array {
  const of = new Int32Array(1 << lots.profileBits);
  if (masks.length > 0)
    of.forEach((_, profile) =>
      masks.forEach((mask, bit) => (of[profile] = (of[profile] ?? 0) | ((profile & (1 << bit)) !== 0 ? mask : 0))),
    );
  return of;
}

/** Looks everything the question says up once, before documents are gone through. */
export function groundsOf(index: CityIndex, question: EngineQuestion): Grounds {
  const { filters, nodes, priceRanges } = question;
  const { shopIds, slugs, ...places } = placeGrounds(index, question);
  const nodeNames = emptyInterner();
  const nodeOf = new Int32Array(index.categories.texts.length).fill(-1);
  for (const { categoryId, node } of nodes) {
    const category = index.categories.numbers.get(categoryId);
    if (category !== undefined) nodeOf[category] = numberOf(nodeNames, node);
  }
  const chosenBrands = new Set(filters.brands.map((brand) => index.brands.numbers.get(brand) ?? -2));
  const asked = filters.attributes.slice(0, MOST_ATTRIBUTE_FILTERS);
  const conditionMask = conditions.map((condition) =>
    filters.conditions.length > 0 && !filters.conditions.includes(condition) ? filter.CONDITION : 0,
  );
  const priceMask = priceRanges.map(({ name }) => (filters.prices.length > 0 && !filters.prices.includes(name) ? filter.PRICE : 0));
  const hasOfferFilter = filters.prices.length + filters.conditions.length > 0;
  const isProfiled = areSameRanges(index.priceRanges, priceRanges);
  return {
    ...places,
    nodeOf,
    nodeMask: Int32Array.from(nodeNames.texts, (node) =>
      filters.departments.length > 0 && !filters.departments.includes(node) ? filter.DEPARTMENT : 0,
    ),
    isPlain: chosenBrands.size === 0 && asked.length === 0,
    brandMask: (brand) => (chosenBrands.size > 0 && !chosenBrands.has(brand) ? filter.BRAND : 0),
    attributeBits: bitsByValue(
      index,
      asked.map(({ name }) => name),
    ),
    attributeFilters: asked.map(({ name, values }, place) => ({
      bit: filter.ATTRIBUTE << place,
      values: new Set(values.map((value) => index.attributes.numbers.get(`${name}=${value}`) ?? -2)),
    })),
    conditionMask,
    hasOfferFilter,
    profileMasks: profileMasks(index, isProfiled && hasOfferFilter ? [...priceMask, ...conditionMask] : []),
    isProfiled,
    priceOf: priceFinder(priceRanges),
    priceMask,
    names: { shopIds, slugs, nodes: nodeNames.texts, asked: new Set(asked.map(({ name }) => name)) },
  };
}
