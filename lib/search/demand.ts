import { desc, gte, sql } from 'drizzle-orm';
import { searchDemand } from '@/db/schema';
import { DAY, ok, plusMs, type Instant, type OperatorScope, type ShopScope } from '@/lib/kernel';
import { kept } from '@/lib/platform/kept';
import { logError } from '@/lib/platform/log';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { wordsIn } from './text/words';

/** Fewer people than this are never told of: `k` of k-anonymity. */
export const LEAST_ASKED = 5;

const FLUSH_MS = 5_000;
const MOST_WAITING = 2_000;
const MOST_WORDS = 6;
const LONGEST = 80;

/** Statistics by the day do not care where midnight is. */
const dayOf = (moment: Instant) => new Date(moment).toISOString().slice(0, 10);

type Waiting = { asked: number; foundNothing: number };

/** Counts not yet written, of this process. Losing them with the process loses a few seconds of statistics. */
const waiting = new Map<string, Waiting>();
let writtenAt = 0;

/**
 * What of a query may be counted: its words, folded. Nothing that looks like a number of a person or a thing, an address or a sentence:
 * those are not what shops should stock.
 */
export function countableWords(query: string): string | undefined {
  if (query.includes('@') || /\d{5,}/.test(query.replace(/[\s.-]/g, ''))) return undefined;
  const words = wordsIn(query);
  if (words.length === 0 || words.length > MOST_WORDS) return undefined;
  const text = words.join(' ');
  return text.length < 2 || text.length > LONGEST ? undefined : text;
}

/** Counts a query for the city's demand radar: the words, the day and whether anything was found; nothing of who asked. */
export function countSearch(query: string, hasFound: boolean, now: Instant): void {
  const words = countableWords(query);
  if (words === undefined || waiting.size >= MOST_WAITING) return;
  const key = `${dayOf(now)}|${words}`;
  const counts = waiting.get(key) ?? { asked: 0, foundNothing: 0 };
  counts.asked += 1;
  if (!hasFound) counts.foundNothing += 1;
  waiting.set(key, counts);
  if (performance.now() - writtenAt < FLUSH_MS) return;
  writtenAt = performance.now();
  writeCounts().catch((error: unknown) => logError('count searches', error));
}

/** Writes what was counted, in the order of the words so that two processes never wait for each other. */
export async function writeCounts(): Promise<void> {
  const rows = [...waiting]
    .map(([key, counts]) => ({ day: key.slice(0, 10), words: key.slice(11), ...counts }))
    .toSorted((a, b) => (a.words < b.words ? -1 : 1));
  waiting.clear();
  if (rows.length === 0) return;
  await withTransaction(async (tx) => {
    await tx
      .insert(searchDemand)
      .values(rows)
      .onConflictDoUpdate({
        target: [searchDemand.day, searchDemand.words],
        set: {
          asked: sql`${searchDemand.asked} + excluded.asked`,
          foundNothing: sql`${searchDemand.foundNothing} + excluded.found_nothing`,
        },
      });
    return ok(undefined);
  });
}

export type DemandRow = { readonly words: string; readonly asked: number; readonly foundNothing: number };

type DemandQuestion = { readonly now: Instant; readonly days: number; readonly most?: number };

/** What was asked for since a day and not found, most wanted first; only where at least `LEAST_ASKED` searches agree. */
export async function listUnmetDemand(
  _scope: OperatorScope | ShopScope,
  { now, days, most = 50 }: DemandQuestion,
): Promise<readonly DemandRow[]> {
  const asked = sql<number>`sum(${searchDemand.asked})::int`;
  const foundNothing = sql<number>`sum(${searchDemand.foundNothing})::int`;
  return reader()
    .select({ words: searchDemand.words, asked, foundNothing })
    .from(searchDemand)
    .where(gte(searchDemand.day, dayOf(plusMs(now, -days * DAY))))
    .groupBy(searchDemand.words)
    .having(sql`${foundNothing} >= ${LEAST_ASKED}`)
    .orderBy(desc(foundNothing), searchDemand.words)
    .limit(most);
}

const MOST_FREQUENT = 500;
const FREQUENT_DAYS = 30;

/** What people search for and find, most frequent first: for suggestions. Read at most every minute. */
export const frequentQueries = kept(
  async (): Promise<readonly string[]> => {
    const rows = await reader().execute<{ words: string }>(sql`
      select words from ${searchDemand} where day >= current_date - ${FREQUENT_DAYS}::int
      group by words having sum(asked) >= ${LEAST_ASKED} and sum(found_nothing) * 2 < sum(asked)
      order by sum(asked) desc, words limit ${MOST_FREQUENT}`);
    return [...rows].map(({ words }) => words);
  },
  { milliseconds: 60_000 },
);
