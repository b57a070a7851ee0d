import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { requestAnswers, requests } from '@/db/schema';
import { idsWithin, departmentOf, listDepartments } from '@/lib/catalogue';
import type { Instant, ListingId, Position } from '@/lib/kernel';
import { DAY, instant, metresBetween } from '@/lib/kernel';
import { nextOpening } from '@/lib/oms';
import { reader, type Tx } from '@/lib/platform/transaction';
import { categoriesMeant } from '@/lib/search';
import { loadShopBook, openState, takesOrdersAt, type ShopFacts } from '@/lib/shops';
import { MOST_SHOPS, MOST_UNANSWERED } from './limits';

export type Sought = {
  readonly place: Position | undefined;
  readonly now: Instant;
};

const MOST_DEPARTMENTS = 3;
const counted = z.object({ shop: z.string(), offers: z.number() });

/**
 * The departments such a thing lies in, each with its neighbours below the same head: a shop with tea pots may have a strainer. Asks the
 * search index, so never inside a transaction: it would hold one connection and wait for another.
 */
export async function departmentsMeant({
  words,
  listingId,
}: {
  readonly words: string;
  readonly listingId: ListingId | undefined;
}): Promise<readonly string[]> {
  const meant =
    listingId === undefined
      ? await categoriesMeant(words, MOST_DEPARTMENTS)
      : (await reader().execute<{ id: string }>(sql`select category_id as id from listings where id = ${listingId}`)).map(({ id }) => id);
  const tree = await listDepartments('fr');
  const around = (id: string): readonly string[] => {
    const line = departmentOf(tree, id);
    const head = line?.at(-2) ?? line?.at(-1);
    return head ? idsWithin(head) : [id]; // a department made a moment ago
  };
  return [...new Set(meant.flatMap(around))];
}

/** How many things each shop sells in these departments: how much of a specialist it is. */
async function offersIn(tx: Tx, departments: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (departments.length === 0) return new Map();
  const rows = await tx.execute(sql`
    select o.shop_id as shop, count(*)::int as offers from offers o join listings l on l.id = o.listing_id
    where o.is_active and l.category_id = any(${sql.param(departments)}::text[]) group by 1`);
  return new Map(
    z
      .array(counted)
      .parse([...rows])
      .map(({ shop, offers }) => [shop, offers]),
  );
}

/** Trades that sell things of these departments, whether one is listed yet or not. */
async function tradesOf(tx: Tx, departments: readonly string[]): Promise<ReadonlySet<string>> {
  if (departments.length === 0) return new Set();
  const rows = await tx.execute<{ trade: string }>(sql`
    select distinct trade from categories c, jsonb_array_elements_text(c.trades) trade where c.id = any(${sql.param(departments)}::text[])`);
  return new Set(rows.map(({ trade }) => trade));
}

/** Shops that have not answered so much that they would not read one more question. */
async function flooded(tx: Tx, now: Instant): Promise<ReadonlySet<string>> {
  const rows = await tx.execute<{ shop: string }>(sql`
    select a.shop_id as shop from ${requestAnswers} a join ${requests} r on r.id = a.request_id
    where a.state = 'asked' and r.state = 'open' and r.expires_at > ${new Date(now).toISOString()}::timestamptz
    group by 1 having count(*) >= ${MOST_UNANSWERED}`);
  return new Set(rows.map(({ shop }) => shop));
}

/**
 * The shops to ask, those most likely to have it first: many things of the department, or its trade; open now or soon, near. None when no department
 * is meant: whoever asks everybody is answered by nobody.
 */
export async function fittingShops(tx: Tx, departments: readonly string[], { now, place }: Sought): Promise<readonly ShopFacts[]> {
  const offers = await offersIn(tx, departments);
  const trades = await tradesOf(tx, departments);
  const tired = await flooded(tx, now);
  const book = await loadShopBook(now, tx);
  const weightOf = (shop: ShopFacts): number => {
    const opens = openState(shop, now).isOpen ? now : (nextOpening(shop.openings, now) ?? instant(now + 7 * DAY));
    const far = place === undefined ? 0 : metresBetween(shop.at, place) / 1_000;
    return Math.log2(1 + (offers.get(shop.id) ?? 0)) - (2 * (opens - now)) / DAY - far / 2;
  };
  return book
    .all()
    .filter((shop) => takesOrdersAt(shop, now) && (offers.has(shop.id) || trades.has(shop.trade)) && !tired.has(shop.id))
    .map((shop) => ({ shop, weight: weightOf(shop) }))
    .toSorted((a, b) => b.weight - a.weight || (a.shop.id < b.shop.id ? -1 : 1))
    .slice(0, MOST_SHOPS)
    .map(({ shop }) => shop);
}
