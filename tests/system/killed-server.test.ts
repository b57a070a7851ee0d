import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClient } from '@/lib/command/shopping/client';
import { addToBasket, enterCheckout, pay, placeOrder, shownListings } from '@/lib/command/shopping/purchase';
import type { TestCity } from '../support/city';
import { openTestCity } from '../support/city';

let city: TestCity;
let sql: postgres.Sql;

beforeAll(async () => {
  city = await openTestCity('drill');
  sql = postgres(city.databaseUrl, { max: 2 });
});

afterAll(async () => {
  await sql.end();
  await city.stop();
});

/** One shopper on the way to two shops, as far as the server lives. */
async function shop(name: string): Promise<void> {
  const client = openClient(city.baseUrl);
  const shops = new Set<string>();
  for await (const { page, offers } of shownListings(client)) {
    const offer = offers.find(({ shopName, stock }) => stock > 3 && !shops.has(shopName));
    if (offer === undefined) continue;
    await addToBasket(client, page, offer.offerId);
    if (shops.add(offer.shopName).size === 2) break;
  }
  const payment = await placeOrder(client, await enterCheckout(client), { email: `${name}@exemple.fr`, name });
  await pay(client, payment);
}

/** Orders that are not whole: a part without lines, lines that do not add up, a claim nobody made or everybody forgot. */
async function halfOrders(): Promise<readonly string[]> {
  const rows = await sql<{ number: string; what: string }[]>`
    select o.number::text as number, 'no sub-order' as what from orders o where not exists (select from sub_orders s where s.order_id = o.id)
    union all
    select s.number::text, 'no line' from sub_orders s where not exists (select from order_lines l where l.sub_order_id = s.id)
    union all
    select o.number::text, 'total' from orders o
      join lateral (select sum(s.total_minor) as parts from sub_orders s where s.order_id = o.id) p on true where p.parts <> o.total_minor
    union all
    select l.id, 'no claim' from order_lines l join sub_orders s on s.id = l.sub_order_id join orders o on o.id = s.order_id
      where not o.is_replayed and not exists (select from reservations r where r.order_line_id = l.id)`;
  return rows.map(({ number, what }) => `${number}: ${what}`);
}

/** The counters on the shelf are what the claims add up to, always. */
async function wrongShelves(): Promise<number> {
  const [row] = await sql<{ wrong: number }[]>`
    select count(*)::int as wrong from stock_levels level
    left join (
      select offer_id, location_id,
        coalesce(sum(quantity) filter (where state = 'held'), 0) as held,
        coalesce(sum(quantity) filter (where state = 'allocated'), 0) as allocated
      from reservations group by 1, 2
    ) claim using (offer_id, location_id)
    where level.reserved <> coalesce(claim.held, 0) or level.allocated <> coalesce(claim.allocated, 0)`;
  return row?.wrong ?? -1;
}

test('a server killed again and again while people order leaves whole orders or none, and the shelves agree', async () => {
  await shop('before');
  for (let round = 0; round < 4; round += 1) {
    const shoppers = Array.from({ length: 4 }, (_, index) => shop(`round-${round}-${index}`).catch(() => undefined));
    await pause(2_500 + round * 700);
    process.kill(city.web.pid, 'SIGKILL');
    await Promise.all(shoppers);
    expect(await halfOrders()).toEqual([]);
    expect(await wrongShelves()).toBe(0);
    await city.startWeb();
  }
  await shop('after');
});

test('a worker killed while it works leaves nothing undone', async () => {
  process.kill(city.worker.pid, 'SIGKILL');
  await shop('without-a-worker');
  city.startWorker();
  for (const deadline = Date.now() + 60_000; ; await pause(500)) {
    const [row] = await sql<
      { mails: number }[]
    >`select count(*)::int as mails from messages where recipient = 'without-a-worker@exemple.fr'`;
    if ((row?.mails ?? 0) > 0) break;
    expect(Date.now(), 'the confirmation is written once a worker runs again').toBeLessThan(deadline);
  }
});
