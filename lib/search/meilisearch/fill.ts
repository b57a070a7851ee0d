import type { Meilisearch } from 'meilisearch';
import { invariant } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { log } from '@/lib/platform/log';
import type { IndexedListing } from '../engine/city-index';
import { readChanges, readStanding, type Standing } from '../live/changes';
import { readDepartmentWords, readListings, readListingsAfter } from '../live/read-listings';
import { listSynonyms } from '../live/synonyms';
import { priceRangeBounds } from '../search-query';
import { meiliDocument, type MeiliDocument } from './documents';
import { listingsIndex, openMeilisearch, type MeiliPlace } from './meilisearch-adapter';
import { meiliSettings } from './settings';

const CHUNK = 2_000;
const WAIT = { timeout: 120_000, interval: 50 } as const;

async function done(task: ReturnType<Meilisearch['createIndex']>): Promise<void> {
  const { status, error } = await task.waitTask(WAIT);
  invariant(status === 'succeeded', `Meilisearch did what it was asked (${error?.code ?? status})`);
}

/** Puts listings into an index of Meilisearch. */
export async function putDocuments(client: Meilisearch, uid: string, listings: readonly IndexedListing[]): Promise<void> {
  if (listings.length === 0) return;
  await done(client.index(uid).addDocuments(listings.map((listing) => meiliDocument(listing, priceRangeBounds))));
}

/** Takes listings out of it. */
export async function removeDocuments(client: Meilisearch, uid: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await done(client.index(uid).deleteDocuments([...ids]));
}

/**
 * Fills a second index beside the one that answers, and has the two change places: nobody waits, and a search sees the old city or the new
 * one, never half of either. `listings` come in chunks.
 */
export async function renewMeilisearch(
  place: MeiliPlace,
  { listings, synonyms }: { readonly listings: AsyncIterable<readonly IndexedListing[]>; readonly synonyms: readonly string[] },
): Promise<number> {
  const client = openMeilisearch(place);
  const uid = listingsIndex(place);
  const fresh = `${uid}_next`;
  await client.deleteIndexIfExists(fresh);
  await done(client.createIndex(fresh, { primaryKey: 'id' }));
  await done(client.index(fresh).updateSettings(meiliSettings(synonyms)));
  let count = 0;
  for await (const chunk of listings) {
    await putDocuments(client, fresh, chunk);
    count += chunk.length;
  }
  const there = await client.getIndexes({ limit: 1_000 });
  if (!there.results.some((index) => index.uid === uid)) await done(client.createIndex(uid, { primaryKey: 'id' }));
  await done(client.swapIndexes([{ indexes: [uid, fresh], rename: false }]));
  await client.deleteIndexIfExists(fresh);
  return count;
}

async function* everything(): AsyncGenerator<readonly IndexedListing[]> {
  const { database } = databaseHandle();
  const departments = await readDepartmentWords(database);
  for (let after = ''; ;) {
    const listings = await readListingsAfter(database, departments, after, CHUNK);
    if (listings.length > 0) yield listings;
    const last = listings.at(-1);
    if (last === undefined || listings.length < CHUNK) return;
    after = last.listingId;
  }
}

/** Where a Meilisearch stands: in the notes of changes, and which synonyms it knows. */
export type MeiliStanding = Standing & { readonly synonyms: string };

const synonymsAsOne = (entries: readonly string[]) => entries.join('\n');

/** Renews the city's index in Meilisearch from the tables. Gives where the new one stands, and how many listings it has. */
export async function fillMeilisearch(place: MeiliPlace): Promise<{ readonly standing: MeiliStanding; readonly listings: number }> {
  const noted = await readStanding(databaseHandle().database);
  const { all } = await listSynonyms();
  const standing = { ...noted, synonyms: synonymsAsOne(all) };
  const listings = await renewMeilisearch(place, { listings: everything(), synonyms: all });
  log.info({ useCase: 'fill-meilisearch', outcome: 'ok', listings }, 'fill-meilisearch');
  return { standing, listings };
}

/**
 * Sends what changed since a standing, the city's synonyms too where they are due to be looked at: nothing notes their changes. What touches
 * everything has the index renewed. Gives the new standing.
 */
export async function followChanges(place: MeiliPlace, since: MeiliStanding, areSynonymsDue = true): Promise<MeiliStanding> {
  const { database } = databaseHandle();
  const { standing, listingIds, isEverything } = await readChanges(database, since);
  if (isEverything || standing.generation !== since.generation) return (await fillMeilisearch(place)).standing;
  const client = openMeilisearch(place);
  const uid = listingsIndex(place);
  const { all } = areSynonymsDue ? await listSynonyms() : { all: undefined };
  const synonyms = all === undefined ? since.synonyms : synonymsAsOne(all);
  if (all !== undefined && synonyms !== since.synonyms) await done(client.index(uid).updateSettings(meiliSettings(all)));
  const departments = listingIds.length === 0 ? new Map<string, string>() : await readDepartmentWords(database);
  for (let from = 0; from < listingIds.length; from += CHUNK) {
    const chunk = listingIds.slice(from, from + CHUNK);
    const listings = await readListings(database, departments, chunk);
    const there = new Set(listings.map(({ listingId }) => listingId));
    await putDocuments(client, uid, listings);
    await removeDocuments(
      client,
      uid,
      chunk.filter((id) => !there.has(id)),
    );
  }
  return { ...standing, synonyms };
}

/** Documents that Meilisearch has and the tables have not, or the other way round, or that differ: how far the two drifted apart. */
export async function meilisearchDrift(place: MeiliPlace): Promise<number> {
  const index = openMeilisearch(place).index<Pick<MeiliDocument, 'id' | 'print'>>(listingsIndex(place));
  const kept = new Map<string, string>();
  for (let offset = 0; ; offset += CHUNK) {
    const { results } = await index.getDocuments({ fields: ['id', 'print'], offset, limit: CHUNK });
    for (const { id, print } of results) kept.set(id, print);
    if (results.length < CHUNK) break;
  }
  let drift = 0;
  for await (const listings of everything()) {
    for (const listing of listings) {
      const { id, print } = meiliDocument(listing, priceRangeBounds);
      if (kept.get(id) !== print) drift += 1;
      kept.delete(id);
    }
  }
  return drift + kept.size;
}
