import { sql } from 'drizzle-orm';
import journal from '@/db/migrations/meta/_journal.json';
import { citySettings } from '@/db/schema';
import { env } from '@/lib/platform/env';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import type { CheckView, ReadinessView } from './views';

const WAIT_MS = 3_000;
const newestMigration = Math.max(...journal.entries.map((entry) => entry.when));

/**
 * Asks everything a request needs: the database, its tables, the search index. Never takes longer than three seconds and never throws:
 * what does not answer is not ready.
 */
export async function checkReadiness(db: () => Reader = reader): Promise<ReadinessView> {
  const database = await check('database', async () => {
    await db().execute(sql`select 1`);
    return { isOk: true, sentence: 'The database answers.' };
  });
  const others = database.isOk
    ? await Promise.all([check('migrations', () => migrations(db())), check('city', () => city(db())), check('search', () => search(db()))])
    : [];
  const checks = [database, ...others];
  return { isReady: checks.every(({ isOk }) => isOk), checks };
}

type Finding = Omit<CheckView, 'name'>;

async function check(name: CheckView['name'], ask: () => Promise<Finding>): Promise<CheckView> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(
      () => resolve({ isOk: false, sentence: `The ${name} check had no answer within ${WAIT_MS / 1000} seconds.` }),
      WAIT_MS,
    );
  });
  try {
    return { name, ...(await Promise.race([ask(), late])) };
  } catch {
    return { name, isOk: false, sentence: unanswered[name] };
  } finally {
    clearTimeout(timer);
  }
}

const unanswered = {
  database: 'The database does not answer: is it running, and is DATABASE_URL right?',
  migrations: 'The database has no tables of Halles: run "npm run db:migrate".',
  city: 'The database has no tables of Halles: run "npm run db:migrate".',
  search: 'The search index does not answer.',
} as const;

async function migrations(db: Reader): Promise<Finding> {
  const rows = await db.execute<{ newest: string | null }>(sql`select max(created_at)::text as newest from drizzle.__drizzle_migrations`);
  const applied = Number(rows[0]?.newest ?? 0);
  if (applied === newestMigration) return { isOk: true, sentence: 'The tables are those of this version.' };
  return applied < newestMigration
    ? { isOk: false, sentence: 'The tables are older than this version: run "npm run db:migrate".' }
    : { isOk: true, sentence: 'The tables are newer than this version: another process was updated already.' };
}

async function city(db: Reader): Promise<Finding> {
  const [row] = await db.select({ name: citySettings.name }).from(citySettings);
  return row
    ? { isOk: true, sentence: `${row.name} is served.` }
    : { isOk: false, sentence: 'No city is founded yet: see "npm run --silent halles -- found --help".' };
}

async function search(db: Reader): Promise<Finding> {
  const { meili } = env();
  if (meili !== undefined) return meilisearch(meili);
  const rows = await db.execute<{ notes: boolean }>(
    sql`select exists (select from pg_trigger where tgname = 'search_notes_new_listings' and tgenabled <> 'D') as notes`,
  );
  return rows[0]?.notes === true
    ? { isOk: true, sentence: 'The search index answers.' }
    : { isOk: false, sentence: 'Changes are not noted for the search: run "npm run db:migrate".' };
}

async function meilisearch(meili: { readonly host: string }): Promise<Finding> {
  const answer = await fetch(new URL('/health', meili.host), { signal: AbortSignal.timeout(WAIT_MS) }).catch(() => undefined);
  return answer?.ok === true
    ? { isOk: true, sentence: 'Meilisearch answers.' }
    : { isOk: false, sentence: 'Meilisearch does not answer: is it running, and is MEILI_HOST right?' };
}
