import { addByte, addNumber, growingBytes, growingNumbers, type GrowingBytes, type GrowingNumbers } from './growing';
import { emptyInterner, numberOf, type Interner } from './interner';
import { emptyLots, enterLot, leaveLot, type Lots, type Standing } from './lots';
import { rangeOf, type PriceRange } from './price-range';
import { addDocument, emptyTextIndex, textFields, type DocumentText, type TextIndex } from './text-index';

export const conditions = ['new', 'used', 'refurbished'] as const;
export type Condition = (typeof conditions)[number];

/** An offer that has units, as far as filters and facets need it. */
export type IndexedOffer = {
  /** Shop and lead time: everything a promise depends on. See `placeKey`. */
  readonly place: string;
  readonly priceMinor: number;
  readonly condition: Condition;
};

/** A listing as the index takes it. */
export type IndexedListing = {
  readonly listingId: string;
  readonly categoryId: string;
  readonly text: DocumentText;
  readonly brand: string | undefined;
  /** Name and value: `Reliure=Broché`. */
  readonly attributes: readonly string[];
  readonly offers: readonly IndexedOffer[];
};

export function placeKey(shopId: string, leadTimeMinutes: number): string {
  return `${shopId}|${leadTimeMinutes}`;
}

/**
 * Every published listing of the city in this process's memory: its words, and in columns what filters, facets and orders need. Documents
 * are numbers; a changed one gets a new number only when its words changed, because most changes are prices and stock.
 */
export type CityIndex = {
  text: TextIndex;
  readonly listingIds: string[];
  /** So many of the first documents stand in the order of their ids: comparing their numbers is comparing their ids. */
  inOrder: number;
  readonly documentOf: Map<string, number>;
  readonly isAlive: GrowingBytes;
  readonly fingerprints: number[];
  readonly categories: Interner;
  readonly brands: Interner;
  readonly attributes: Interner;
  readonly places: Interner;
  readonly categoryOf: GrowingNumbers;
  readonly brandOf: GrowingNumbers;
  readonly attributesFrom: GrowingNumbers;
  readonly attributesCount: GrowingNumbers;
  readonly attributeValues: GrowingNumbers;
  readonly offersFrom: GrowingNumbers;
  readonly offersCount: GrowingNumbers;
  readonly offerPlaces: GrowingNumbers;
  readonly offerPrices: GrowingNumbers;
  readonly offerConditions: GrowingBytes;
  /** The ranges that offers are counted by. */
  readonly priceRanges: readonly PriceRange[];
  readonly lots: Lots;
  /** Documents and offers that are passed over; when they are too many the index is made anew. */
  waste: number;
};

export function emptyCityIndex(priceRanges: readonly PriceRange[]): CityIndex {
  return {
    text: emptyTextIndex(),
    listingIds: [],
    inOrder: 0,
    documentOf: new Map(),
    isAlive: growingBytes(1024),
    fingerprints: [],
    categories: emptyInterner(),
    brands: emptyInterner(),
    attributes: emptyInterner(),
    places: emptyInterner(),
    categoryOf: growingNumbers(1024),
    brandOf: growingNumbers(1024),
    attributesFrom: growingNumbers(1024),
    attributesCount: growingNumbers(1024),
    attributeValues: growingNumbers(1024),
    offersFrom: growingNumbers(1024),
    offersCount: growingNumbers(1024),
    offerPlaces: growingNumbers(1024),
    offerPrices: growingNumbers(1024),
    offerConditions: growingBytes(1024),
    priceRanges,
    lots: emptyLots(priceRanges.length + conditions.length),
    waste: 0,
  };
}

/** Equal results keep the order of their ids, on every page and server. */
export function isIdBefore(index: CityIndex, one: number, other: number): boolean {
  if (one < index.inOrder && other < index.inOrder) return one < other;
  return (index.listingIds[one] ?? '') < (index.listingIds[other] ?? '');
}

/** A number that differs when the words differ: 53 bits of two FNV-1a sums. */
export function fingerprintOf(listing: IndexedListing): number {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  const take = (text: string) => {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x85ebca6b);
    }
    low = Math.imul(low ^ 0x1f, 0x01000193);
    high = Math.imul(high ^ 0x1f, 0x85ebca6b);
  };
  for (const field of textFields) take(listing.text[field]);
  take(listing.categoryId);
  take(listing.brand ?? '');
  for (const attribute of listing.attributes) take(attribute);
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0);
}

function addOffers(index: CityIndex, document: number, offers: readonly IndexedOffer[]): void {
  index.offersFrom.values[document] = index.offerPlaces.length;
  index.offersCount.values[document] = offers.length;
  for (const { place, priceMinor, condition } of offers) {
    addNumber(index.offerPlaces, numberOf(index.places, place));
    addNumber(index.offerPrices, Math.min(priceMinor, 0x7fffffff));
    addByte(index.offerConditions, conditions.indexOf(condition));
  }
}

/** What decides where a document stands among the lots, from its columns. */
function standingOf(index: CityIndex, document: number): Standing {
  const from = index.offersFrom.values[document] ?? 0;
  const to = from + (index.offersCount.values[document] ?? 0);
  let profile = 0;
  for (let at = from; at < to; at += 1) {
    const range = rangeOf(index.priceRanges, index.offerPrices.values[at] ?? 0);
    if (range >= 0) profile |= 1 << range;
    profile |= 1 << (index.priceRanges.length + (index.offerConditions.values[at] ?? 0));
  }
  const named = index.attributesFrom.values[document] ?? 0;
  return {
    category: index.categoryOf.values[document] ?? 0,
    brand: index.brandOf.values[document] ?? -1,
    attributes: index.attributeValues.values.subarray(named, named + (index.attributesCount.values[document] ?? 0)),
    places: index.offerPlaces.values.subarray(from, to),
    profile,
  };
}

function enter(index: CityIndex, document: number): void {
  enterLot(index.lots, document, standingOf(index, document), (one, other) => isIdBefore(index, one, other));
}

function leave(index: CityIndex, document: number): void {
  leaveLot(index.lots, document, standingOf(index, document), (one, other) => isIdBefore(index, one, other));
}

function sameOffers(index: CityIndex, document: number, offers: readonly IndexedOffer[]): boolean {
  const from = index.offersFrom.values[document] ?? 0;
  if (index.offersCount.values[document] !== offers.length) return false;
  return offers.every(
    ({ place, priceMinor, condition }, at) =>
      index.offerPlaces.values[from + at] === index.places.numbers.get(place) &&
      index.offerPrices.values[from + at] === Math.min(priceMinor, 0x7fffffff) &&
      index.offerConditions.values[from + at] === conditions.indexOf(condition),
  );
}

/** Puts a listing into the index, new or changed. True when that changed anything. */
export function putListing(index: CityIndex, listing: IndexedListing): boolean {
  const fingerprint = fingerprintOf(listing);
  const known = index.documentOf.get(listing.listingId);
  if (known !== undefined && index.fingerprints[known] === fingerprint) {
    if (sameOffers(index, known, listing.offers)) return false;
    index.waste += index.offersCount.values[known] ?? 0;
    leave(index, known);
    addOffers(index, known, listing.offers);
    enter(index, known);
    return true;
  }
  removeListing(index, listing.listingId);
  const document = addDocument(index.text, listing.text);
  if (index.inOrder === document && (index.listingIds[document - 1] ?? '') < listing.listingId) index.inOrder += 1;
  index.listingIds.push(listing.listingId);
  index.documentOf.set(listing.listingId, document);
  index.fingerprints.push(fingerprint);
  addByte(index.isAlive, 1);
  addNumber(index.categoryOf, numberOf(index.categories, listing.categoryId));
  addNumber(index.brandOf, listing.brand === undefined ? -1 : numberOf(index.brands, listing.brand));
  addNumber(index.attributesFrom, index.attributeValues.length);
  const attributes = new Set(listing.attributes);
  addNumber(index.attributesCount, attributes.size);
  for (const attribute of attributes) addNumber(index.attributeValues, numberOf(index.attributes, attribute));
  addNumber(index.offersFrom, 0);
  addNumber(index.offersCount, 0);
  addOffers(index, document, listing.offers);
  addNumber(index.lots.lotOf, -1);
  addNumber(index.lots.profileOf, 0);
  enter(index, document);
  return true;
}

/** Takes a listing out. True when it was there. */
export function removeListing(index: CityIndex, listingId: string): boolean {
  const known = index.documentOf.get(listingId);
  if (known === undefined) return false;
  leave(index, known);
  index.isAlive.values[known] = 0;
  index.documentOf.delete(listingId);
  index.waste += 1 + (index.offersCount.values[known] ?? 0);
  return true;
}

const MOST_WASTE = 0.3;

/** Is so much passed over that making the index anew pays? */
export function isWasteful(index: CityIndex): boolean {
  return index.waste > 10_000 && index.waste > MOST_WASTE * (index.offerPlaces.length + index.listingIds.length);
}
