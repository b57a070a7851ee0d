import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { searchChanges } from '@/db/schema';
import { MINUTE, plusMs, type Instant } from '@/lib/kernel';
import { reader, withTransaction, type Reader } from '@/lib/platform/transaction';
import { ok } from '@/lib/kernel';

/** Where a process stands in the notes of changes: what its last look could see. */
export type Standing = { readonly snapshot: string; readonly generation: number };

/** What became visible since a standing. `isEverything`: something changed that touches all listings. */
export type Changes = {
  readonly standing: Standing;
  readonly listingIds: readonly string[];
  readonly isEverything: boolean;
  /** Age of the oldest of these changes, in milliseconds by the database's clock; 0 without changes. */
  readonly oldestMs: number;
};

const GENERATION = sql`coalesce((select max(generation) from search_generations), 0)`;

export async function readStanding(db: Reader): Promise<Standing> {
  const [row] = await db.execute<{ snapshot: string; generation: number }>(
    sql`select pg_current_snapshot()::text as snapshot, ${GENERATION}::int as generation`,
  );
  return { snapshot: row?.snapshot ?? '', generation: row?.generation ?? 0 };
}

const changesRow = z.object({
  snapshot: z.string(),
  generation: z.number(),
  ids: z.array(z.string()).nullable(),
  is_everything: z.boolean().nullable(),
  oldest_ms: z.number().nullable(),
});

/**
 * The notes that were not visible at the last look and are now, however their transactions overlapped: each is seen exactly once. One
 * statement over an index; next to nothing when nothing changed.
 */
export async function readChanges(db: Reader, since: Standing): Promise<Changes> {
  const rows = await db.execute(sql`
    select pg_current_snapshot()::text as snapshot, ${GENERATION}::int as generation, c.ids, c.is_everything, c.oldest_ms
    from (
      select array_agg(distinct listing_id) filter (where listing_id is not null) as ids, bool_or(listing_ids is null) as is_everything,
         (extract(epoch from clock_timestamp() - min(noted_at)) * 1000)::float8 as oldest_ms
      from search_changes left join lateral unnest(listing_ids) as listing_id on true
      where noted_by >= pg_snapshot_xmin(${since.snapshot}::pg_snapshot) and not pg_visible_in_snapshot(noted_by, ${since.snapshot}::pg_snapshot)) c`);
  const { snapshot, generation, ids, is_everything: isEverything, oldest_ms: oldestMs } = changesRow.parse(rows[0]);
  return {
    standing: { snapshot, generation },
    listingIds: ids ?? [],
    isEverything: isEverything ?? false,
    oldestMs: oldestMs ?? 0,
  };
}

/** Notes older than this are forgotten; a process that has not looked for so long reads everything anew. */
export const KEPT_MS = 15 * MINUTE;

/** Forgets old notes; gives how many. */
export async function forgetSearchChanges(now: Instant): Promise<number> {
  const gone = await reader().execute(sql`
    with gone as (delete from ${searchChanges} where noted_at < ${new Date(plusMs(now, -KEPT_MS)).toISOString()} returning 1)
    select count(*)::int as count from gone`);
  return z.object({ count: z.number() }).parse(gone[0]).count;
}

/** Asks every process to read everything anew, beside what it answers from; they change over when they are ready. */
export async function renewSearchIndex(): Promise<number> {
  const renewed = await withTransaction(async (tx) => {
    const rows = await tx.execute<{ generation: number }>(sql`
      insert into search_generations (id, generation) values (1, 1)
      on conflict (id) do update set generation = search_generations.generation + 1 returning generation`);
    return ok(rows[0]?.generation ?? 1);
  });
  return renewed.ok ? renewed.value : 0;
}
