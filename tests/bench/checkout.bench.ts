import type postgres from 'postgres';
import openSql from 'postgres';
import type { Page } from '@/lib/command/shopping/client';
import { openClient } from '@/lib/command/shopping/client';
import type { ShownOffer } from '@/lib/command/shopping/purchase';
import { addToBasket, enterCheckout, pay, placeOrder, shownListings } from '@/lib/command/shopping/purchase';
import type { Figure } from './site';
import { openSite, print, repeat, wishes } from './site';

/**
 * Complete purchases per second: three listing pages, three things added, order page, order, payment, confirmation; from three shops.
 * The floor is as many requests to an empty handler and the same rows by bare SQL, in one transaction, into tables without indexes;
 * the bare SQL alone stands beside it.
 */
const SHOPS = 3;
/** What one purchase asks: per thing a listing, the posted form and the basket after it; the basket, and four forms with their pages. */
const REQUESTS = SHOPS * 3 + 1 + 3 * 2;

const asked = wishes('1,8,32');
const site = await openSite();
const sql = openSql(site.databaseUrl, { max: Math.max(...asked.clients), onnotice: () => {} });

type Wish = { readonly path: string; readonly offer: ShownOffer };

/** Well-stocked offers of many shops, so that purchases do not fight for the last unit. */
async function findWishes(): Promise<readonly Wish[]> {
  const found: Wish[] = [];
  for await (const { page, offers } of shownListings(openClient(site.baseUrl))) {
    for (const offer of offers) if (offer.stock >= 15) found.push({ path: new URL(page.url).pathname, offer });
  }
  return found.toSorted((a, b) => b.offer.stock - a.offer.stock);
}

const wanted = await findWishes();
let turn = 0;

function nextThree(): readonly Wish[] {
  const chosen: Wish[] = [];
  for (let tried = 0; chosen.length < SHOPS && tried < wanted.length * 2; tried += 1) {
    const wish = wanted[turn++ % wanted.length];
    if (wish && chosen.every(({ offer, path }) => offer.shopName !== wish.offer.shopName && path !== wish.path)) chosen.push(wish);
  }
  return chosen;
}

async function purchase(client: number): Promise<void> {
  const shopper = openClient(site.baseUrl);
  for (const { path, offer } of nextThree()) {
    const listing: Page = await shopper.get(path);
    await addToBasket(shopper, listing, offer.offerId);
  }
  const buyer = { email: `mesure-${client}-${turn}@exemple.fr`, name: 'Mesure' };
  await pay(shopper, await placeOrder(shopper, await enterCheckout(shopper), buyer));
}

/** Which tables one purchase writes, and how many rows of each: counted around a purchase that nobody else disturbs. */
async function rowsOfOne(): Promise<ReadonlyMap<string, number>> {
  const counts = async (): Promise<Map<string, number>> => {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and (n.nspname = 'public' or (n.nspname = 'pgboss' and c.relname like 'job%'))`;
    const found = new Map<string, number>();
    for (const { name } of tables) {
      const [row] = await sql.unsafe<{ rows: number }[]>(`select count(*)::int as rows from ${name}`);
      found.set(name, row?.rows ?? 0);
    }
    return found;
  };
  const before = await counts();
  await purchase(0);
  const after = await counts();
  return new Map([...after].map(([name, rows]) => [name, rows - (before.get(name) ?? 0)] as const).filter(([, rows]) => rows > 0));
}

async function writeRows(transaction: postgres.TransactionSql, rows: ReadonlyMap<string, number>): Promise<void> {
  for (const [name, count] of rows) {
    await transaction.unsafe(`insert into floor.${name.replaceAll(/\W/g, '_')} select * from ${name} limit ${count}`);
  }
}

async function prepareFloor(rows: ReadonlyMap<string, number>): Promise<void> {
  await sql`drop schema if exists floor cascade`;
  await sql`create schema floor`;
  for (const name of rows.keys()) await sql.unsafe(`create table floor.${name.replaceAll(/\W/g, '_')} as select * from ${name} limit 0`);
}

try {
  await purchase(0); // warm-up
  const rows = await rowsOfOne();
  await prepareFloor(rows);
  const figures: Figure[] = [];
  for (const clients of asked.clients) {
    figures.push(await repeat('checkout', clients, asked.seconds, purchase));
    figures.push(
      await repeat('floor: empty + SQL', clients, asked.seconds, async () => {
        for (let request = 0; request < REQUESTS; request += 1) await (await fetch(`${site.baseUrl}/api/floor`)).text();
        await sql.begin((transaction) => writeRows(transaction, rows));
      }),
    );
    figures.push(
      await repeat('floor: bare SQL', clients, asked.seconds, () =>
        sql.begin((transaction) => writeRows(transaction, rows)).then(() => undefined),
      ),
    );
  }
  print('checkout', asked, figures, { shops: SHOPS, requests: REQUESTS, rowsWritten: Object.fromEntries(rows) });
} finally {
  await sql`drop schema if exists floor cascade`;
  await sql.end();
  await site.stop();
}
