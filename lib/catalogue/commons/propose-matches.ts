import { sql } from 'drizzle-orm';
import { listings, matchReviews, offers, variants } from '@/db/schema';
import type { Instant, ListingId, ShopId } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, sqlState, withTransaction } from '@/lib/platform/transaction';
import { likenessBps } from './similarity';

/**
 * Below this, one word of difference is mostly another flavour: of 300 pairs of real names read one by one, nearly all below were two
 * things and nearly all above one. Above it a person looks; nothing is merged by it.
 */
export const WORTH_A_LOOK_BPS = 8_600;
/** Most new pages of one import that are compared: comparing is a help, and must not hold the worker up. */
const MOST_COMPARED = 300;
const MOST_MS = 8_000;

type ProposedMatch = {
  readonly kind: 'same-code' | 'alike';
  readonly listingId: ListingId;
  readonly otherListingId: ListingId;
  readonly likenessBps: number;
};

/** Puts pairs before a person; a pair that was there before, decided or not, is not asked again. */
async function queueMatches(tx: Tx, pairs: readonly ProposedMatch[], ports: Ports): Promise<void> {
  if (pairs.length === 0) return;
  const createdAt = ports.clock.now();
  const rows = pairs.map((pair) => ({ ...pair, id: ports.ids.make('matchReview'), state: 'open' as const, moved: [], createdAt }));
  await tx.insert(matchReviews).values(rows).onConflictDoNothing();
}

type Page = { readonly id: ListingId; readonly title: string; readonly brand: string | null };
type Pair = { a: ListingId; a_title: string; a_brand: string | null; b: ListingId; b_title: string; b_brand: string | null };

const COMPARED_AT_ONCE = 20;
const STATEMENT_TIMED_OUT = '57014';

/** The newest pages without bar code that a shop sells. */
async function freshPages(shopId: ShopId, since: Instant): Promise<readonly Page[]> {
  return reader().execute<Page>(sql`
    select l.id, l.title, l.brand from ${offers} o join ${listings} l on l.id = o.listing_id join ${variants} v on v.id = l.variant_id
    where o.shop_id = ${shopId} and o.updated_at >= ${new Date(since).toISOString()}::timestamptz and v.gtin is null and l.is_published
    order by l.id desc limit ${MOST_COMPARED}`);
}

async function pairsOf(tx: Tx, shopId: ShopId, fresh: readonly Page[], leftMs: number): Promise<readonly Pair[]> {
  await tx.execute(sql`set local pg_trgm.similarity_threshold = 0.5`);
  await tx.execute(sql.raw(`set local statement_timeout = ${Math.max(1, Math.round(leftMs))}`));
  return tx.execute<Pair>(sql`
    select fresh.id as a, fresh.title as a_title, fresh.brand as a_brand, other.id as b, other.title as b_title, other.brand as b_brand
    from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as fresh(id text, title text, brand text) cross join lateral (
      select l.id, l.title, l.brand from ${listings} l
      where l.title % fresh.title and l.id <> fresh.id and l.is_published
        and not exists (select from ${offers} own where own.listing_id = l.id and own.shop_id = ${shopId})
      order by similarity(l.title, fresh.title) desc limit 3
    ) other`);
}

/**
 * Looks for pages that say nearly the same as the new pages without bar code of a shop's import, and puts the pairs before a person.
 * Titles never merge anything by themselves. Looking ends after some seconds, with what was found until then. Gives how many were found.
 */
export async function proposeMatches(shopId: ShopId, since: Instant, ports: Ports): Promise<number> {
  const until = performance.now() + MOST_MS;
  const fresh = await freshPages(shopId, since);
  let found = 0;
  try {
    for (let at = 0; at < fresh.length && performance.now() < until; at += COMPARED_AT_ONCE) {
      const piece = fresh.slice(at, at + COMPARED_AT_ONCE);
      const queued = await withTransaction(async (tx) => {
        const alike = likely(await pairsOf(tx, shopId, piece, until - performance.now()));
        await queueMatches(tx, alike, ports);
        return ok(alike.length);
      });
      found += queued.ok ? queued.value : 0;
    }
  } catch (error) {
    if (sqlState(error) !== STATEMENT_TIMED_OUT) throw error; // so many alike pages that looking takes too long
  }
  return found;
}

function likely(pairs: readonly Pair[]): readonly ProposedMatch[] {
  return pairs.flatMap((pair): readonly ProposedMatch[] => {
    const likeness = likenessBps(
      { title: pair.a_title, brand: pair.a_brand ?? undefined },
      { title: pair.b_title, brand: pair.b_brand ?? undefined },
    );
    return likeness < WORTH_A_LOOK_BPS ? [] : [{ kind: 'alike', listingId: pair.a, otherListingId: pair.b, likenessBps: likeness }];
  });
}
