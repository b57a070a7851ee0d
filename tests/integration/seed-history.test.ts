import { beforeAll, expect, test } from 'vitest';
import { seedCity } from '@/db/seed';
import { DAY, HOUR, instant, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { placeLiveOrders } from '@/lib/simulation/live-orders';
import { recountShelves } from '@/lib/simulation/recount-shelves';
import { newReplay, replayHistory } from '@/lib/simulation/replay-history';
import type { Replay } from '@/lib/simulation/replay-step';

const seed = '11';
/** A Wednesday noon in Grenoble. */
const now = instant(Date.parse('2026-11-18T11:00:00Z'));
let replay: Replay;

beforeAll(async () => {
  const { sql } = databaseHandle();
  const openedAt = plusMs(now, -4 * DAY);
  const city = await seedCity({ sql, seed, now, openedAt });
  replay = await newReplay(seed);
  await replayHistory(replay, { city, from: plusMs(openedAt, HOUR), to: now, errands: 40, onProgress: () => {} });
  await recountShelves({ sql, city, seed, now });
  await placeLiveOrders(replay, city, now);
}, 180_000);

test('most errands become orders, and most orders reach their shopper', () => {
  expect(replay.tally.placed).toBeGreaterThanOrEqual(30);
  expect(replay.tally.paid).toBeGreaterThan(replay.tally.placed * 0.85);
  expect(replay.tally.handedOver).toBeGreaterThanOrEqual(15);
});

test('on hand is the fold of the movements, on every shelf', async () => {
  const [row] = await databaseHandle().sql<{ wrong: number }[]>`
    with last_count as (
      select distinct on (offer_id, location_id) offer_id, location_id, quantity, occurred_at
      from stock_movements where kind = 'count' order by offer_id, location_id, occurred_at desc, received_at desc
    ), folded as (
      select c.offer_id, c.location_id, c.quantity + coalesce(sum(m.quantity), 0) as on_hand
      from last_count c left join stock_movements m
        on m.offer_id = c.offer_id and m.location_id = c.location_id and m.kind = 'change' and m.occurred_at > c.occurred_at
      group by c.offer_id, c.location_id, c.quantity
    )
    select count(*)::int as wrong from stock_levels l join folded f using (offer_id, location_id) where l.on_hand <> f.on_hand`;
  expect(row?.wrong).toBe(0);
});

test('what is promised is what is claimed: levels add up to their reservations', async () => {
  const [row] = await databaseHandle().sql<{ wrong: number }[]>`
    select count(*)::int as wrong from stock_levels l left join (
      select offer_id, location_id,
        sum(quantity) filter (where state = 'held') as held, sum(quantity) filter (where state = 'allocated') as allocated
      from reservations group by offer_id, location_id
    ) r using (offer_id, location_id)
    where l.reserved <> coalesce(r.held, 0) or l.allocated <> coalesce(r.allocated, 0)`;
  expect(row?.wrong).toBe(0);
});

test('numbers rise with time, and no step lies in the future or before its order', async () => {
  const [row] = await databaseHandle().sql<{ disordered: number; early: number; future: number }[]>`
    select
      (select count(*)::int from orders a join orders b on a.placed_at < b.placed_at and substr(a.number, 3)::int > substr(b.number, 3)::int
        where a.is_replayed and b.is_replayed) as disordered,
      (select count(*)::int from sub_order_events e join sub_orders s on s.id = e.sub_order_id where e.occurred_at < s.created_at) as early,
      (select count(*)::int from sub_order_events where occurred_at > ${new Date(now).toISOString()}) as future`;
  expect(row).toEqual({ disordered: 0, early: 0, future: 0 });
});

test('nothing leaves the house for the history; the orders of today are told', async () => {
  const { sql } = databaseHandle();
  const [replayed] = await sql<{ told: number }[]>`
    select count(*)::int as told from pgboss.job j join orders o on o.id = j.data -> 'event' ->> 'subject' where o.is_replayed`;
  expect(replayed?.told).toBe(0);
  const [today] = await sql<{ told: number }[]>`
    select count(*)::int as told from pgboss.job j join orders o on o.id = j.data -> 'event' ->> 'subject' where not o.is_replayed`;
  expect(today?.told).toBeGreaterThan(0);
});

test('orders of every kind wait at the counter of the demo shop', async () => {
  const rows = await databaseHandle().sql<{ state: string; many: number }[]>`
    select s.state, count(*)::int as many from sub_orders s join orders o on o.id = s.order_id join shops h on h.id = s.shop_id
    where h.name = 'Quincaillerie Morel' and not o.is_replayed group by s.state`;
  expect(Object.fromEntries(rows.map(({ state, many }) => [state, many]))).toEqual({ offered: 2, preparing: 2, ready: 2 });
});
