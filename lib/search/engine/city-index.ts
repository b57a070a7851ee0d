import { addByte, addNumber, growingBytes, growingNumbers, type GrowingBytes, type GrowingNumbers } from './growing';
import { emptyInterner, numberOf, type Interner } from './interner';
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
  /** The documents of each category, in ascending order, those passed over included. */
  readonly documentsOf: GrowingNumbers[];
  readonly attributesFrom: GrowingNumbers;
  readonly attributesCount: GrowingNumbers;
  readonly attributeValues: GrowingNumbers;
  readonly offersFrom: GrowingNumbers;
  readonly offersCount: GrowingNumbers;
  readonly offerPlaces: GrowingNumbers;
  readonly offerPrices: GrowingNumbers;
  readonly offerConditions: GrowingBytes;
  /** Documents and offers that are passed over; when they are too many the index is made anew. */
  waste: number;
};

export function emptyCityIndex(): CityIndex {
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
    documentsOf: [],
    attributesFrom: growingNumbers(1024),
    attributesCount: growingNumbers(1024),
    attributeValues: growingNumbers(1024),
    offersFrom: growingNumbers(1024),
    offersCount: growingNumbers(1024),
    offerPlaces: growingNumbers(1024),
    offerPrices: growingNumbers(1024),
    offerConditions: growingBytes(1024),
    waste: 0,
  };
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
    addOffers(index, known, listing.offers);
    return true;
  }
  removeListing(index, listing.listingId);
  const document = addDocument(index.text, listing.text);
  if (index.inOrder === document && (index.listingIds[document - 1] ?? '') < listing.listingId) index.inOrder += 1;
  index.listingIds.push(listing.listingId);
  index.documentOf.set(listing.listingId, document);
  index.fingerprints.push(fingerprint);
  addByte(index.isAlive, 1);
  const category = numberOf(index.categories, listing.categoryId);
  addNumber(index.categoryOf, category);
  const within = index.documentsOf[category] ?? growingNumbers();
  addNumber(within, document);
  index.documentsOf[category] = within;
  addNumber(index.brandOf, listing.brand === undefined ? -1 : numberOf(index.brands, listing.brand));
  addNumber(index.attributesFrom, index.attributeValues.length);
  addNumber(index.attributesCount, listing.attributes.length);
  for (const attribute of listing.attributes) addNumber(index.attributeValues, numberOf(index.attributes, attribute));
  addNumber(index.offersFrom, 0);
  addNumber(index.offersCount, 0);
  addOffers(index, document, listing.offers);
  return true;
}

/** Takes a listing out. True when it was there. */
export function removeListing(index: CityIndex, listingId: string): boolean {
  const known = index.documentOf.get(listingId);
  if (known === undefined) return false;
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
