import { addNumber, growingNumbers, type GrowingNumbers } from './growing';

/**
 * Documents of one category that can be had at the same places: whatever looks at hours, ways, shops or departments says the same of all of
 * them, so that a page without words asks each lot once instead of each listing.
 */
export type Lot = {
  readonly category: number;
  /** Each once, in ascending order; none where places were too various to be kept apart, and what lies there must be looked at. */
  readonly places: readonly number[];
  /** In the order of their ids. */
  readonly documents: GrowingNumbers;
  /** By bit of a profile, how many documents have it. */
  readonly profiled: Int32Array;
};

/** What a category's documents that can be had anywhere are called: how many have each brand and each attribute value. */
export type CategoryCounts = { documents: number; readonly brands: Map<number, number>; readonly attributes: Map<number, number> };

export type Lots = {
  readonly all: Lot[];
  readonly numbers: Map<string, number>;
  readonly byCategory: number[][];
  readonly counts: CategoryCounts[];
  /** By document; -1 for what cannot be had. */
  readonly lotOf: GrowingNumbers;
  /** By document: a bit for each price range that one of its offers is in, above them one for each condition. */
  readonly profileOf: GrowingNumbers;
  readonly profileBits: number;
};

export function emptyLots(profileBits: number): Lots {
  return {
    all: [],
    numbers: new Map(),
    byCategory: [],
    counts: [],
    lotOf: growingNumbers(1024),
    profileOf: growingNumbers(1024),
    profileBits,
  };
}

/** What decides where a document stands, and what it adds to the counts. */
export type Standing = {
  readonly category: number;
  readonly brand: number;
  /** Each once. */
  readonly attributes: Int32Array;
  /** Of its offers, in any order. */
  readonly places: Int32Array;
  readonly profile: number;
};

/** Beyond so many lots, new ones are no longer kept apart: a lot costs some hundred bytes. */
const MOST_LOTS = 60_000;

function lotFor(lots: Lots, { category, places }: Standing): number {
  const each = places.length === 1 ? [places[0] ?? 0] : [...new Set(places)].toSorted((a, b) => a - b);
  const known = lots.numbers.get(`${category}:${each.join()}`);
  if (known !== undefined) return known;
  const kept = lots.all.length < MOST_LOTS ? each : [];
  const key = `${category}:${kept.join()}`;
  const number = lots.numbers.get(key) ?? lots.all.length;
  if (number < lots.all.length) return number;
  lots.numbers.set(key, number);
  lots.all.push({ category, places: kept, documents: growingNumbers(4), profiled: new Int32Array(lots.profileBits) });
  (lots.byCategory[category] ??= []).push(number);
  return number;
}

type IsBefore = (one: number, other: number) => boolean;

/** Where a document stands in its lot, or would. */
function placeIn({ values, length }: GrowingNumbers, document: number, isBefore: IsBefore): number {
  if (length === 0 || isBefore(values[length - 1] ?? 0, document)) return length;
  let from = 0;
  let to = length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isBefore(values[middle] ?? 0, document)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function add(counts: Map<number, number>, value: number, sign: 1 | -1): void {
  const count = (counts.get(value) ?? 0) + sign;
  if (count === 0) counts.delete(value);
  else counts.set(value, count);
}

function countIn(lots: Lots, lot: Lot, { brand, attributes, profile }: Standing, sign: 1 | -1): void {
  const counts = (lots.counts[lot.category] ??= { documents: 0, brands: new Map(), attributes: new Map() });
  counts.documents += sign;
  if (brand >= 0) add(counts.brands, brand, sign);
  for (const attribute of attributes) add(counts.attributes, attribute, sign);
  for (let bit = 0; bit < lots.profileBits; bit += 1) if ((profile & (1 << bit)) !== 0) lot.profiled[bit] = (lot.profiled[bit] ?? 0) + sign;
}

/** Puts a document where it stands now; without an offer nowhere. It must stand nowhere before. */
export function enterLot(lots: Lots, document: number, standing: Standing, isBefore: IsBefore): void {
  if (standing.places.length === 0) return;
  const number = lotFor(lots, standing);
  const lot = lots.all[number];
  if (!lot) return;
  const { documents } = lot;
  const at = placeIn(documents, document, isBefore);
  addNumber(documents, document);
  if (at < documents.length - 1) {
    documents.values.copyWithin(at + 1, at, documents.length - 1);
    documents.values[at] = document;
  }
  lots.lotOf.values[document] = number;
  lots.profileOf.values[document] = standing.profile;
  countIn(lots, lot, standing, 1);
}

/** Takes a document from where it stands, if it stands anywhere. `standing` is what it entered with, but for the profile. */
export function leaveLot(lots: Lots, document: number, standing: Standing, isBefore: IsBefore): void {
  const lot = lots.all[lots.lotOf.values[document] ?? -1];
  if (!lot) return;
  const { documents } = lot;
  const at = placeIn(documents, document, isBefore);
  documents.values.copyWithin(at, at + 1, documents.length);
  documents.length -= 1;
  countIn(lots, lot, { ...standing, profile: lots.profileOf.values[document] ?? 0 }, -1);
  lots.lotOf.values[document] = -1;
}
