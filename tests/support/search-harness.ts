import { emptyCityIndex, putListing, removeListing, type CityIndex, type IndexedListing } from '@/lib/search/engine/city-index';
import { compileSynonyms, parseSynonym } from '@/lib/search/engine/synonyms';
import { putDocuments, removeDocuments, renewMeilisearch } from '@/lib/search/meilisearch/fill';
import { listingsIndex, meilisearchEngine, openMeilisearch, type MeiliPlace } from '@/lib/search/meilisearch/meilisearch-adapter';
import { priceRangeBounds } from '@/lib/search/search-query';
import { memoryEngineOn } from '@/lib/search/memory-engine';
import type { SearchEngine } from '@/lib/search/search-engine';

/** What every engine is put through: the same city, the same questions, the same answers. */
export type Harness = {
  readonly name: string;
  readonly engine: SearchEngine;
  /** Has the engine know these listings and no others, made anew. */
  renew(listings: readonly IndexedListing[]): Promise<void>;
  put(listing: IndexedListing): Promise<void>;
  remove(listingId: string): Promise<void>;
};

const entries = ['patate = pomme de terre', 'boisson > sirop, jus'];
const synonyms = compileSynonyms(entries.flatMap((entry) => parseSynonym(entry) ?? []));

/** The engine of the default install, on an index of the test's own. */
export function memoryHarness(): Harness {
  let index: CityIndex = emptyCityIndex(priceRangeBounds);
  return {
    name: 'the index in memory',
    engine: memoryEngineOn(() => Promise.resolve({ index, synonyms })),
    renew: (listings) => {
      index = emptyCityIndex(priceRangeBounds);
      for (const listing of listings) putListing(index, listing);
      return Promise.resolve();
    },
    put: (listing) => Promise.resolve(void putListing(index, listing)),
    remove: (listingId) => Promise.resolve(void removeListing(index, listingId)),
  };
}

/** Meilisearch, real or not. */
export function meilisearchHarness(name: string, place: MeiliPlace): Harness {
  const client = openMeilisearch(place);
  const uid = listingsIndex(place);
  async function* once(listings: readonly IndexedListing[]) {
    for (let from = 0; from < listings.length; from += 3) yield await Promise.resolve(listings.slice(from, from + 3));
  }
  return {
    name,
    engine: meilisearchEngine(place),
    renew: async (listings) => void (await renewMeilisearch(place, { listings: once(listings), synonyms: entries })),
    put: (listing) => putDocuments(client, uid, [listing]),
    remove: (listingId) => removeDocuments(client, uid, [listingId]),
  };
}
