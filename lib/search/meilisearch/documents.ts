import { createHash } from 'node:crypto';
import type { IndexedListing } from '../engine/city-index';
import type { PriceRange } from '../engine/price-range';
import { isQuantity, wordsIn } from '../text/words';

/** A listing as Meilisearch keeps it. Nothing of it is shown: results are read live from the database. */
export type MeiliDocument = {
  readonly id: string;
  readonly title: string;
  readonly beside: string;
  readonly department: string;
  readonly properties: string;
  /** Quantities written one way: `1500ml`. */
  readonly quantities: string;
  readonly categoryId: string;
  readonly brand: string | null;
  readonly attributes: readonly string[];
  /** Shops with lead times that have it. */
  readonly places: readonly string[];
  readonly shops: readonly string[];
  /** The same with price range and condition, because one offer must pass all filters: `shp_1|0~10-25~new`. */
  readonly offers: readonly string[];
  readonly lowestPrice: number | null;
  /** A sum of everything else: two documents with the same one are the same. */
  readonly print: string;
};

export function offerToken(place: string, range: string, condition: string): string {
  return `${place}~${range}~${condition}`;
}

export function meiliDocument(listing: IndexedListing, ranges: readonly PriceRange[]): MeiliDocument {
  const { title, brand, department, properties } = listing.text;
  const rangeOf = (minor: number) => ranges.find(({ fromMinor, toMinor }) => minor >= fromMinor && minor < toMinor)?.name ?? '';
  const offers = listing.offers.map(({ place, priceMinor, condition }) => offerToken(place, rangeOf(priceMinor), condition));
  const document = {
    id: listing.listingId,
    title,
    beside: brand,
    department,
    properties,
    quantities: wordsIn(`${title} ${brand}`).filter(isQuantity).join(' '),
    categoryId: listing.categoryId,
    brand: listing.brand ?? null,
    attributes: listing.attributes,
    places: [...new Set(listing.offers.map(({ place }) => place))],
    shops: [...new Set(listing.offers.map(({ place }) => place.slice(0, place.indexOf('|'))))],
    offers: [...new Set(offers)],
    lowestPrice: listing.offers.length === 0 ? null : Math.min(...listing.offers.map(({ priceMinor }) => priceMinor)),
  };
  return { ...document, print: createHash('sha1').update(JSON.stringify(document)).digest('base64url') };
}
