import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type postgres from 'postgres';
import openSql from 'postgres';
import { recordChange } from '@/lib/inventory';
import type { OfferId, PersonId, ShopId, ShopScope } from '@/lib/kernel';
import { instant } from '@/lib/kernel';
import { closeDatabase, useDatabase } from '@/lib/platform/database';
import { log } from '@/lib/platform/log';
import type { Page } from '@/lib/command/shopping/client';
import { openClient } from '@/lib/command/shopping/client';
import type { ShownOffer } from '@/lib/command/shopping/purchase';
import { addToBasket, enterCheckout, pay, placeOrder, shownListings } from '@/lib/command/shopping/purchase';
import type { Figure } from './site';
import { openSite, print, repeat, wishes } from './site';

/**
 * Complete purchases per second, from three shops: over HTML forms (three listing pages, three things added, order page, order, payment,
 * confirmation) and over the API (a basket with an address, the hold with a delivery choice, the order, its payment). Statements are
 * counted by `pg_stat_statements`, BEGIN and COMMIT included; the worker is held still meanwhile, and while the API is timed.
 * The floor is as many requests to an empty handler and the same rows by bare SQL, in one transaction, into tables without indexes;
 * the bare SQL alone stands beside it.
 */
const SHOPS = 3;
/** What one purchase asks: per thing a listing, the posted form and the basket after it; the basket, and four forms with their pages. */
const FORM_REQUESTS = SHOPS * 3 + 1 + 3 * 2;
const API_REQUESTS = 4;

log.level = 'silent';
process.env['HALLES_COUNT_STATEMENTS'] = '1'; // an embedded database that is started here counts

const asked = wishes('1,8,32');
const site = await openSite();
const sql = openSql(site.databaseUrl, { max: Math.max(...asked.clients), onnotice: () => {} });

type Wish = { readonly path: string; readonly offer: ShownOffer };

/** Offers of many shops that are sold and kept in numbers. */
async function findWishes(): Promise<readonly Wish[]> {
  const found: Wish[] = [];
  for await (const { page, offers } of shownListings(openClient(site.baseUrl))) {
    for (const offer of offers) if (offer.stock >= 15) found.push({ path: new URL(page.url).pathname, offer });
  }
  return found.toSorted((a, b) => b.offer.stock - a.offer.stock);
}

const wanted = await findWishes();
let turn = 0;

/** More than one run can buy of one thing: a bench that outbuys the shelves would measure how fast shops say "sold out". */
const DELIVERED = 5_000;

/** A delivery of everything that will be wished for, as its shops would note it. */
async function fillShelves(): Promise<void> {
  await useDatabase(site.databaseUrl);
  const rows = await sql<{ offerId: OfferId; shopId: ShopId }[]>`
    select id as "offerId", shop_id as "shopId" from offers where id in ${sql(wanted.map(({ offer }) => offer.offerId))}`;
  const run = randomUUID();
  for (const { offerId, shopId } of rows) {
    const scope: ShopScope = { kind: 'shop', personId: 'per_bench' as PersonId, shopId, role: 'owner' };
    const fact = {
      offerId,
      delta: DELIVERED,
      reason: 'delivery',
      occurredAt: instant(Date.now()),
      key: `bench:${run}:${offerId}`,
    } as const;
    const filled = await recordChange(scope, fact);
    if (!filled.ok) throw new Error(`a shelf could not be filled: ${filled.error.kind}`);
  }
  await closeDatabase();
}

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

/** Addresses that riders reach, so that a delivery choice is a real one. */
const places = await (async () => {
  const rows = await sql<{ id: string }[]>`
    select a.id from addresses a, city_settings c order by abs(a.latitude - c.latitude) + abs(a.longitude - c.longitude) limit 500`;
  return rows.map((row) => row.id);
})();

async function call<T>(method: string, path: string, body: object): Promise<T> {
  const response = await fetch(`${site.baseUrl}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path.replaceAll(/[\w-]{40,}/g, '…')} answered ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

type Held = { readonly totalMinor: number; readonly parts: readonly { readonly shopId: string }[] };

/** The same purchase as a machine makes it: four calls. One shop's part is brought by bike where that shop has a rider. */
async function apiPurchase(client: number): Promise<void> {
  const wishes = nextThree();
  const place = { addressId: places[turn % places.length] };
  const lines = wishes.map(({ offer }) => ({ offerId: offer.offerId, quantity: 1, shopChosen: true }));
  const { basketToken } = await call<{ basketToken: string }>('POST', '/baskets', { place, lines });
  const rider = wishes.map(({ offer }) => riders.get(offer.offerId)).find((shopId) => shopId !== undefined);
  const choice = { plan: 'suggested', methods: rider === undefined ? [] : [{ shopId: rider, method: 'courier' }] };
  const held = await call<Held>('POST', `/baskets/${basketToken}/hold`, choice);
  const buyer = { name: 'Mesure', email: `mesure-${client}-${turn}@exemple.fr`, ageConfirmed: true };
  const order = await call<{ orderToken: string }>('POST', '/orders', { ...buyer, basketToken, totalSeenMinor: held.totalMinor });
  const card = { number: '4242 4242 4242 4242', expiry: '12/34', code: '123' };
  const paid = await call<{ state: string }>('POST', `/orders/${order.orderToken}/payment`, card);
  if (paid.state !== 'authorised') throw new Error(`the payment is ${paid.state}`);
}

/** Which wished offers are of shops with a rider. */
const riders: ReadonlyMap<string, string> = await (async () => {
  const rows = await sql<{ offer: string; shop: string }[]>`
    select o.id as offer, s.id as shop from offers o join shops s on s.id = o.shop_id
    where s.services -> 'courier' <> 'null'::jsonb and o.id in ${sql(wanted.map(({ offer }) => offer.offerId))}`;
  return new Map(rows.map((row) => [row.offer, row.shop]));
})();

/** Statements of one purchase after another, by what the database itself counted; undefined where it does not count. */
async function statementsOf(buy: (client: number) => Promise<void>): Promise<number | undefined> {
  const PURCHASES = 10;
  try {
    await sql`create extension if not exists pg_stat_statements`;
    const own = `%pg_stat_statements%`;
    const count = async (): Promise<number> => {
      const [row] = await sql<{ calls: number }[]>`select sum(calls)::int as calls from pg_stat_statements where query not like ${own}`;
      return row?.calls ?? 0;
    };
    const before = await count();
    for (let bought = 0; bought < PURCHASES; bought += 1) await buy(0);
    return Math.round(((await count()) - before) / PURCHASES);
  } catch {
    return undefined;
  }
}

/** CPU milliseconds so far of a process, and of all children of the database's first process. */
function cpuMs(isOurs: (pid: string, parent: string) => boolean): number {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return isOurs(pid, fields[1] ?? '') ? sum + (Number(fields[11]) + Number(fields[12])) * 10 : sum;
      } catch {
        return sum; // it ended while we looked
      }
    }, 0);
}

async function postmaster(): Promise<string> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const stat = readFileSync(`/proc/${row?.pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
}

type Costed = Figure & { readonly appCpuMs: number; readonly databaseCpuMs: number };

/** A figure with what it cost: CPU milliseconds of the app and of the database per purchase. */
async function costed(name: string, clients: number, buy: (client: number) => Promise<void>): Promise<Costed> {
  const parent = await postmaster();
  const app = () => cpuMs((pid) => pid === String(site.webPid));
  const database = () => cpuMs((pid, of) => of === parent);
  const before = [app(), database()] as const;
  const figure = await repeat(name, clients, asked.seconds, buy);
  const per = (ms: number) => Math.round((ms / Math.max(1, figure.done)) * 10) / 10;
  return { ...figure, appCpuMs: per(app() - before[0]), databaseCpuMs: per(database() - before[1]) };
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

const floorOf = (name: string, clients: number, requests: number, rows: ReadonlyMap<string, number>) =>
  repeat(name, clients, asked.seconds, async () => {
    for (let request = 0; request < requests; request += 1) await (await fetch(`${site.baseUrl}/api/floor`)).text();
    await sql.begin((transaction) => writeRows(transaction, rows));
  });

/**
 * Plans are made and code is compiled in the first purchases only; what is measured is a shop that has been open for a minute. The floor's
 * handler is warmed alike.
 */
async function warmUp(): Promise<void> {
  await Promise.all(
    Array.from({ length: 4 }, async (_, client) => {
      for (let done = 0; done < 75; done += 1) {
        await apiPurchase(client);
        for (let request = 0; request < API_REQUESTS; request += 1) await (await fetch(`${site.baseUrl}/api/floor`)).text();
      }
    }),
  );
}

try {
  await fillShelves();
  site.holdWorker(true); // what it catches up with is none of the rows of a purchase, and it would pause the shops, which answer nothing
  await site.endPauses();
  await purchase(0);
  const rows = await rowsOfOne();
  await warmUp();
  await prepareFloor(rows);
  const statements = { api: await statementsOf(apiPurchase), forms: await statementsOf(purchase) };
  const figures: Figure[] = [];
  for (const clients of asked.clients) {
    figures.push(await costed('API', clients, apiPurchase));
    figures.push(await floorOf('floor of the API', clients, API_REQUESTS, rows));
    figures.push(await costed('forms', clients, purchase));
    figures.push(await floorOf('floor of the forms', clients, FORM_REQUESTS, rows));
    figures.push(
      await repeat('floor: bare SQL', clients, asked.seconds, () =>
        sql.begin((transaction) => writeRows(transaction, rows)).then(() => undefined),
      ),
    );
  }
  const requests = { api: API_REQUESTS, forms: FORM_REQUESTS };
  print('checkout', asked, figures, { shops: SHOPS, requests, statements, rowsWritten: Object.fromEntries(rows) });
  if (!asked.json) process.stdout.write(`statements per purchase: ${JSON.stringify(statements)}\n${JSON.stringify(figures)}\n`);
} finally {
  await sql`drop schema if exists floor cascade`;
  await sql.end();
  await site.stop();
}
