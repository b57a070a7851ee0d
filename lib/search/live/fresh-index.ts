import { databaseHandle } from '@/lib/platform/database';
import { log, logError } from '@/lib/platform/log';
import { emptyCityIndex, isWasteful, putListing, removeListing, type CityIndex } from '../engine/city-index';
import { priceRangeBounds } from '../search-query';
import { KEPT_MS, readChanges, readStanding, type Standing } from './changes';
import { heldFor } from './held-index-adapter';
import { readDepartmentWords, readListings, readListingsAfter, type DepartmentWords } from './read-listings';

/** An index with where it stands in the notes of changes. */
type Held = {
  index: CityIndex;
  standing: Standing;
  departments: DepartmentWords;
  lookedAt: number;
  looking: Promise<void> | undefined;
  renewing: Promise<void> | undefined;
  /** The listing up to which the index was last compared with the tables, and when. */
  comparedTo: string;
  comparedAt: number;
};

/** An answer is never older than this without looking whether anything changed. Milliseconds. */
const LOOK_MS = 200;
/** Longest that a question waits for many changes to be read, as long as what is known is younger than `TOO_OLD_MS`. */
const PATIENCE_MS = 120;
const TOO_OLD_MS = 1_200;
const CHUNK = 1_000;
/** So many listings are compared with the tables each minute: drift, wherever it comes from, is found and repaired. */
const COMPARED = 1_000;
const COMPARE_MS = 60_000;

/** A moment for everybody else between two chunks. */
const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

async function readEverything(): Promise<Held> {
  const { database } = databaseHandle();
  const since = performance.now();
  const standing = await readStanding(database);
  const departments = await readDepartmentWords(database);
  const index = emptyCityIndex(priceRangeBounds);
  for (let after = ''; ;) {
    const listings = await readListingsAfter(database, departments, after, CHUNK);
    for (const listing of listings) putListing(index, listing);
    const last = listings.at(-1);
    if (last === undefined || listings.length < CHUNK) break;
    after = last.listingId;
    await breath();
  }
  const durationMs = Math.round(performance.now() - since);
  log.info({ useCase: 'read-search-index', outcome: 'ok', durationMs, listings: index.documentOf.size }, 'read-search-index');
  return {
    index,
    standing,
    departments,
    lookedAt: since,
    looking: undefined,
    renewing: undefined,
    comparedTo: '',
    comparedAt: performance.now(),
  };
}

/** Makes a new index beside the one that answers, and changes over. Changes meanwhile are read from where the new one began. */
function renew(held: Held): void {
  held.renewing ??= readEverything()
    .then((fresh) => {
      held.index = fresh.index;
      held.standing = fresh.standing;
      held.departments = fresh.departments;
      held.lookedAt = 0;
    })
    .catch((error: unknown) => logError('renew search index', error))
    .finally(() => {
      held.renewing = undefined;
    });
}

async function readAgain(held: Held, index: CityIndex, ids: readonly string[]): Promise<void> {
  const { database } = databaseHandle();
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK);
    const listings = await readListings(database, held.departments, chunk);
    const there = new Set(listings.map(({ listingId }) => listingId));
    for (const listing of listings) putListing(index, listing);
    for (const id of chunk) if (!there.has(id)) removeListing(index, id);
    if (ids.length > CHUNK) await breath();
  }
}

/** Reads what changed since the last look into the index. */
async function look(held: Held): Promise<void> {
  const since = performance.now();
  const { database } = databaseHandle();
  const { index } = held;
  const { standing, listingIds, isEverything } = await readChanges(database, held.standing);
  if (standing.generation !== held.standing.generation || isEverything || isWasteful(index)) renew(held);
  await readAgain(held, index, listingIds);
  if (held.index === index) {
    held.standing = standing;
    held.lookedAt = since;
  }
  if (since - held.comparedAt > COMPARE_MS) await compare(held, index);
}

/** Compares the next listings with the tables; what differs, and was not noted, is put right and logged. */
async function compare(held: Held, index: CityIndex): Promise<void> {
  held.comparedAt = performance.now();
  const { database } = databaseHandle();
  const listings = await readListingsAfter(database, held.departments, held.comparedTo, COMPARED);
  const last = listings.at(-1)?.listingId;
  const seen = new Set(listings.map(({ listingId }) => listingId));
  const gone = [...index.documentOf.keys()].filter(
    (id) => id > held.comparedTo && (last === undefined || listings.length < COMPARED || id <= last) && !seen.has(id),
  );
  const repaired = listings.filter((listing) => putListing(index, listing)).length + gone.filter((id) => removeListing(index, id)).length;
  held.comparedTo = listings.length < COMPARED ? '' : (last ?? '');
  if (repaired > 0) log.warn({ useCase: 'compare-search-index', outcome: 'repaired', repaired }, 'compare-search-index');
}

/** A site that nobody asks for a while still looks, so that its first shopper of the morning does not wait for everything to be read anew. */
const AWAKE_MS = KEPT_MS / 4;
let awake: NodeJS.Timeout | undefined;

function heldIndex(): Promise<Held> {
  awake ??= setInterval(() => {
    freshIndex().catch((error: unknown) => logError('keep the search index awake', error));
  }, AWAKE_MS).unref();
  return heldFor(databaseHandle(), readEverything);
}

/**
 * The city's index, as of now: what was committed is in it after `LOOK_MS` at the latest, whoever wrote it. After a flood of changes a
 * question waits a moment and is then answered from what is known, as long as that is younger than `TOO_OLD_MS`.
 */
export async function freshIndex(): Promise<CityIndex> {
  const held = await heldIndex();
  const age = performance.now() - held.lookedAt;
  if (age < LOOK_MS) return held.index;
  if (age > KEPT_MS / 2 && held.lookedAt !== 0) {
    renew(held);
    await held.renewing;
  }
  held.looking ??= look(held).finally(() => {
    held.looking = undefined;
  });
  if (age > TOO_OLD_MS) await held.looking;
  else {
    held.looking.catch((error: unknown) => logError('look for search changes', error));
    await Promise.race([held.looking.catch(() => {}), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  }
  return held.index;
}

/** Compares every listing with the tables and puts right what differs: for tests and for the rebuild command. Gives how many differed. */
export async function compareWholeIndex(): Promise<number> {
  const held = await heldIndex();
  await look(held);
  const { database } = databaseHandle();
  const seen = new Set<string>();
  let repaired = 0;
  for (let after = ''; ;) {
    const listings = await readListingsAfter(database, held.departments, after, CHUNK);
    for (const listing of listings) {
      seen.add(listing.listingId);
      if (putListing(held.index, listing)) repaired += 1;
    }
    const last = listings.at(-1);
    if (last === undefined || listings.length < CHUNK) break;
    after = last.listingId;
  }
  for (const id of held.index.documentOf.keys()) if (!seen.has(id) && removeListing(held.index, id)) repaired += 1;
  return repaired;
}

/** How many listings the index holds. */
export async function currentSearchSize(): Promise<number> {
  return (await freshIndex()).documentOf.size;
}
