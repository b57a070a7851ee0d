import { setTimeout as pause } from 'node:timers/promises';
import openSql from 'postgres';
import { addLine, createBasket } from '@/lib/basket';
import { placeOrder } from '@/lib/checkout';
import { acceptSubOrder, refuseSubOrder } from '@/lib/fulfilment';
import type { ListingId, OfferId, OrderId, PersonId, ShopId, ShopperScope, ShopScope, SubOrderId } from '@/lib/kernel';
import { payWithDemoCard } from '@/lib/payments';
import { closeDatabase, useDatabase } from '@/lib/platform/database';
import { log } from '@/lib/platform/log';
import type { Figure } from './site';
import { figureOf, openSite, print, progress, wishes } from './site';

/**
 * How soon what a shop taps is on the shopper's page: the tap, the server-sent event in another process, the page read again. And how soon
 * a refused line is offered to another shop. Floors of the same run: an announcement alone until it is heard, and the page alone.
 */
const asked = wishes('1,8');
const WAIT_MS = 20_000;
const MOST_FAILURES = 4;
const site = await openSite();
log.level = 'silent';
await useDatabase(site.databaseUrl, { connections: 16 });
const sql = openSql(site.databaseUrl, { max: 4, onnotice: () => {} });
const run = `live-${process.pid}-${Date.now()}`;
let turn = 0;

type Thing = {
  readonly offerId: OfferId;
  readonly listingId: ListingId;
  readonly shopId: ShopId;
  readonly personId: PersonId;
  readonly priceMinor: number;
};

/** Things two shops or more sell, so that a refusal has somewhere to go. Counted in one pass: a count per offer took minutes. */
progress('looking for what two shops sell');
const things = await sql<Thing[]>`
  with sold as (
    select o.id, o.listing_id, o.shop_id, o.price_minor, count(*) over (partition by o.listing_id) as sellers from offers o
    join shops s on s.id = o.shop_id and s.level = 'sell' and s.takes_orders and (s.services ->> 'pickup')::boolean
    join listings li on li.id = o.listing_id and li.is_published join variants v on v.id = li.variant_id and v.sales_unit = 'each'
    join categories c on c.id = li.category_id and c.minimum_age is null
    join stock_levels l on l.offer_id = o.id and l.on_hand - l.reserved - l.allocated - l.safety_stock >= 2
    where o.is_active and o.price_steps = 1)
  select s.id as "offerId", s.listing_id as "listingId", s.shop_id as "shopId", g.person_id as "personId", s.price_minor::int as "priceMinor"
  from sold s join lateral (select person_id from role_grants where shop_id = s.shop_id and role = 'owner' limit 1) g on true
  where s.sellers >= 2 order by s.id limit 3000`;
if (things.length === 0) throw new Error('nothing of the city is sold by two shops');

type Bought = { readonly orderId: OrderId; readonly token: string; readonly partId: SubOrderId; readonly scope: ShopScope };

async function buy(): Promise<Bought> {
  const thing = things[(turn * 7) % things.length] as Thing;
  const key = `${run}-${turn++}`;
  const { basketId } = await createBasket('fr');
  const shopper: ShopperScope = { kind: 'shopper', personId: undefined, basketId };
  const { offerId, listingId, priceMinor } = thing;
  const added = await addLine(shopper, { offerId, listingId, quantity: 1, shopChosen: true, priceSeenMinor: priceMinor });
  if (!added.ok) throw new Error(added.error.kind);
  const placed = await placeOrder(shopper, {
    basketId,
    key,
    name: 'Mesure',
    email: `${key}@exemple.fr`,
    rescueWish: 'elsewhere',
    locale: 'fr',
  });
  if (!placed.ok) throw new Error(placed.error.kind);
  const paid = await payWithDemoCard(placed.value.orderToken, { number: '4242424242424242', expiry: '12/34', code: '123' });
  if (!paid.ok) throw new Error(paid.error.kind);
  const [part] = await sql<{ id: SubOrderId }[]>`select id from sub_orders where order_id = ${placed.value.orderId}`;
  if (!part) throw new Error('the order has a part');
  const scope: ShopScope = { kind: 'shop', role: 'owner', shopId: thing.shopId, personId: thing.personId };
  return { orderId: placed.value.orderId, token: placed.value.orderToken, partId: part.id, scope };
}

/** Somebody who has the page open: hears events, and asks for the page again at each. */
async function watch(token: string) {
  const stop = new AbortController();
  const answer = await fetch(`${site.baseUrl}/api/live?order=${token}`, { signal: stop.signal });
  if (!answer.ok || !answer.body) throw new Error(`the stream answered ${answer.status}`);
  let heard = 0;
  const listening = (async () => {
    const decoder = new TextDecoder();
    for await (const piece of answer.body ?? []) heard += decoder.decode(piece).split('event: change').length - 1;
  })().catch(() => {});
  return {
    count: () => heard,
    /** Waits for news after `seen`. */
    next: async (seen: number) => {
      const since = performance.now();
      while (heard <= seen && performance.now() - since < WAIT_MS) await pause(5);
      if (heard <= seen) throw new Error('nothing was heard');
    },
    stop: async () => {
      stop.abort();
      await listening;
    },
  };
}

const pageOf = async (token: string): Promise<string> => (await fetch(`${site.baseUrl}/suivi/${token}`)).text();

/** From the tap until the page that was asked for after the event shows what was tapped. */
async function tapToPage(): Promise<number> {
  const { token, partId, scope } = await buy();
  const watching = await watch(token);
  try {
    await pause(50);
    const before = watching.count();
    const since = performance.now();
    const accepted = await acceptSubOrder(scope, partId);
    if (!accepted.ok) throw new Error(accepted.error.kind);
    for (let seen = before; ; seen = watching.count()) {
      await watching.next(seen);
      if (isAccepted(await pageOf(token))) return performance.now() - since;
    }
  } finally {
    await watching.stop();
  }
}

/** The step the page says to a reader, in French: the shop has taken it on. */
function isAccepted(html: string): boolean {
  return /aria-current="step"[^>]*>(?:(?!<\/li>).)*Acceptée/su.test(html);
}

/** From the refusal until another shop has been asked, or the shopper; by the worker of the site, in a process of its own. */
async function refusalToReroute(): Promise<number> {
  const { orderId, partId, scope } = await buy();
  const since = performance.now();
  const refused = await refuseSubOrder(scope, { subOrderId: partId, reason: 'overloaded' });
  if (!refused.ok) throw new Error(refused.error.kind);
  await decided(orderId);
  return performance.now() - since;
}

/** The same from the moment the time to answer is over: nobody taps, the worker notices. */
async function deadlineToReroute(): Promise<number> {
  const { orderId, partId } = await buy();
  const since = performance.now();
  await sql`update sub_orders set accept_by = now() where id = ${partId}`;
  await decided(orderId);
  return performance.now() - since;
}

/** Waits until nothing of the order looks for a shop any more. */
async function decided(orderId: OrderId): Promise<void> {
  for (const since = performance.now(); performance.now() - since < WAIT_MS; await pause(10)) {
    const [row] = await sql<{ decided: boolean }[]>`
      select coalesce(bool_and(state <> 'searching'), false) as decided from rescues where order_id = ${orderId}`;
    if (row?.decided) return;
  }
  throw new Error('nobody was asked');
}

/** The floor of what is heard: an announcement by bare SQL until another process has it. */
async function bareNotice(): Promise<number> {
  const hearer = openSql(site.databaseUrl, { max: 1, onnotice: () => {} });
  try {
    let at = 0;
    await hearer.listen('bench_floor', () => {
      at = performance.now();
    });
    const since = performance.now();
    await sql`select pg_notify('bench_floor', '')`;
    while (at === 0 && performance.now() - since < WAIT_MS) await pause(1);
    return at - since;
  } finally {
    await hearer.end();
  }
}

/** Repeats something that measures itself. */
async function timed(name: string, clients: number, work: () => Promise<number>): Promise<Figure> {
  progress(`${name}, ${clients} at once`);
  const times: number[] = [];
  let failed = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      // What fails waits for its limit each time: after a few the measure is over, and its failures are its figure.
      while (performance.now() - startedAt < asked.seconds * 1_000 && failed < MOST_FAILURES) {
        try {
          times.push(await work());
        } catch (error) {
          failed += 1;
          if (failed <= 3) process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
        }
      }
    }),
  );
  return figureOf(name, clients, times, failed, (performance.now() - startedAt) / 1_000);
}

try {
  const { token } = await buy();
  const page = async () => {
    const since = performance.now();
    await pageOf(token);
    return performance.now() - since;
  };
  await page();
  const figures: Figure[] = [];
  for (const clients of asked.clients) {
    figures.push(await timed('tap to page', clients, tapToPage));
    figures.push(await timed('floor: the page alone', clients, page));
  }
  figures.push(await timed('floor: bare notice', 1, bareNotice));
  figures.push(await timed('refusal to re-route', 1, refusalToReroute));
  figures.push(await timed('deadline to re-route', 1, deadlineToReroute));
  print('live', asked, figures, {
    unit: 'milliseconds of one passage; asked: tap to page p95 <= 2000, refusal or deadline to re-route <= 5000',
  });
} finally {
  await closeDatabase();
  await sql.end();
  await site.stop();
}
