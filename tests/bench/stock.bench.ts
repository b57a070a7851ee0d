import { setTimeout as pause } from 'node:timers/promises';
import openSql from 'postgres';
import { addLine, createBasket } from '@/lib/basket';
import { enterCheckout, placeOrder } from '@/lib/checkout';
import { openClient } from '@/lib/command/shopping/client';
import type { StockBatchRow } from '@/lib/inventory';
import { LARGEST_BATCH, recordChange, recordCount, recordStockBatch } from '@/lib/inventory';
import type { ListingId, OfferId, PersonId, ShopId, ShopperScope, ShopScope } from '@/lib/kernel';
import { instant } from '@/lib/kernel';
import { payWithDemoCard } from '@/lib/payments';
import { closeDatabase, useDatabase } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { log } from '@/lib/platform/log';
import type { Figure } from './site';
import { figureOf, openSite, print, progress, repeat, wishes } from './site';

/**
 * Stock events a second through the use-cases, one by one and in batches, beside the same rows by bare SQL; complete checkouts a second
 * (basket, hold, order, payment) with a thousand offers and with one; and how soon a change of stock is seen in the results.
 */
const asked = wishes('1,8');
const DISTINCT = 1_000;
const site = await openSite();
log.level = 'silent';
await useDatabase(site.databaseUrl, { connections: 16 });
const sql = openSql(site.databaseUrl, { max: 8, onnotice: () => {} });
const run = `bench-${process.pid}-${Date.now()}`;
let turn = 0;

type Shelf = {
  readonly offerId: OfferId;
  readonly listingId: ListingId;
  readonly locationId: string;
  readonly shopId: ShopId;
  readonly personId: PersonId;
  readonly priceMinor: number;
  readonly title: string;
};

/** Things by the piece of shops that sell, on their own shelf. */
const shelves = await sql<Shelf[]>`
  select o.id as "offerId", o.listing_id as "listingId", l.location_id as "locationId", o.shop_id as "shopId", g.person_id as "personId",
    o.price_minor::int as "priceMinor", li.title
  from offers o join shops s on s.id = o.shop_id and s.level = 'sell' and s.takes_orders and (s.services ->> 'pickup')::boolean
  join listings li on li.id = o.listing_id and li.is_published join variants v on v.id = li.variant_id and v.sales_unit = 'each'
  join categories c on c.id = li.category_id and c.minimum_age is null
  join stock_levels l on l.offer_id = o.id join stock_locations p on p.id = l.location_id and p.shop_id = o.shop_id and p.kind = 'shop'
  join lateral (select person_id from role_grants where shop_id = o.shop_id and role = 'owner' limit 1) g on true
  where o.is_active and o.price_steps = 1 order by o.id limit 12000`;
const sample = shelves.slice(0, DISTINCT);
const next = <T>(items: readonly T[]): T => items[turn++ % items.length] as T;
const scopeOf = ({ shopId, personId }: Shelf): ShopScope => ({ kind: 'shop', shopId, personId, role: 'owner' });

async function sell(shelf: Shelf): Promise<void> {
  const key = `${run}-${turn++}`;
  const sold = await recordChange(scopeOf(shelf), {
    offerId: shelf.offerId,
    delta: -1,
    reason: 'counter-sale',
    occurredAt: instant(Date.now()),
    key,
  });
  if (!sold.ok) throw new Error(sold.error.kind);
}

/** The least any ledger writes for an event: the row and the figure, in one transaction. */
async function bareEvent({ offerId, locationId }: Shelf): Promise<void> {
  const key = `${run}-floor-${turn++}`;
  await sql.begin(async (tx) => {
    await tx`insert into stock_movements (id, offer_id, location_id, kind, quantity, reason, source, source_key, occurred_at, received_at)
      values (${systemIds.make('movement')}, ${offerId}, ${locationId}, 'change', -1, 'counter-sale', 'bench', ${key}, now(), now())`;
    await tx`update stock_levels set on_hand = on_hand - 1, as_of = now() where offer_id = ${offerId} and location_id = ${locationId}`;
  });
}

const biggest = [...Map.groupBy(shelves, (shelf) => shelf.shopId).values()].toSorted((a, b) => b.length - a.length)[0] ?? [];

async function batch(rows: number): Promise<void> {
  const [first] = biggest;
  if (!first) throw new Error('the city sells nothing');
  const at = instant(Date.now());
  const facts = Array.from({ length: rows }, (_, index): StockBatchRow => ({
    of: { offerId: (biggest[index % biggest.length] ?? first).offerId },
    kind: 'change',
    quantity: index % 2 === 0 ? 1 : -1,
    occurredAt: at,
    key: `${run}-${turn++}`,
  }));
  const told = await recordStockBatch(
    { kind: 'system', id: undefined },
    { shopId: first.shopId, source: 'bench', grade: 'A', rows: facts },
  );
  if (!told.ok || told.value.some((result) => result.kind !== 'recorded')) throw new Error('the batch was not recorded');
}

async function bareBatch(rows: number): Promise<void> {
  const of = Array.from({ length: rows }, (_, index) => biggest[index % biggest.length]?.offerId ?? '');
  const keys = of.map(() => `${run}-floor-${turn++}`);
  const location = biggest[0]?.locationId ?? '';
  await sql.begin(async (tx) => {
    await tx`insert into stock_movements (id, offer_id, location_id, kind, quantity, reason, source, source_key, occurred_at, received_at)
      select id, offer, ${location}, 'change', 1, 'counter-sale', 'bench', key, now(), now()
      from unnest(${of.map(() => systemIds.make('movement'))}::text[], ${of}::text[], ${keys}::text[]) as fact(id, offer, key)`;
    await tx`update stock_levels l set on_hand = l.on_hand + n.units, as_of = now()
      from (select offer, count(*)::int as units from unnest(${of}::text[]) as fact(offer) group by 1) n
      where l.offer_id = n.offer and l.location_id = ${location}`;
  });
}

async function checkout(shelf: Shelf): Promise<void> {
  const { basketId } = await createBasket('fr');
  const shopper: ShopperScope = { kind: 'shopper', personId: undefined, basketId };
  const { offerId, listingId, priceMinor } = shelf;
  const added = await addLine(shopper, { offerId, listingId, quantity: 1, shopChosen: true, priceSeenMinor: priceMinor });
  if (!added.ok) throw new Error(added.error.kind);
  const held = await enterCheckout(shopper);
  if (!held.ok) throw new Error(held.error.kind);
  const buyer = { name: 'Mesure', email: `${run}-${turn}@exemple.fr`, rescueWish: 'refund', locale: 'fr' } as const;
  const placed = await placeOrder(shopper, { basketId, key: `${run}-${turn++}`, ...buyer });
  if (!placed.ok) throw new Error(placed.error.kind);
  const paid = await payWithDemoCard(placed.value.orderToken, { number: '4242424242424242', expiry: '12/34', code: '123' });
  if (!paid.ok) throw new Error(JSON.stringify(paid.error));
}

/** Enough on every shelf that nothing but speed is measured. */
async function fill(): Promise<void> {
  for (const [shopId, own] of Map.groupBy(sample, (shelf) => shelf.shopId)) {
    const rows = own.map(({ offerId }): StockBatchRow => ({
      of: { offerId },
      kind: 'count',
      quantity: 100_000,
      occurredAt: instant(Date.now()),
      key: `${run}-${turn++}`,
    }));
    await recordStockBatch({ kind: 'system', id: undefined }, { shopId, source: 'bench', grade: 'A', rows });
  }
}

/** From the shop's tap until the results no longer offer the thing, and again until they do. */
async function visible(): Promise<Figure> {
  progress('seen in results');
  const client = openClient(site.baseUrl);
  const times: number[] = [];
  let failed = 0;
  const alone = sample.filter((shelf) => shelves.filter((other) => other.listingId === shelf.listingId).length === 1);
  const shows = async ({ title, offerId }: Shelf) => (await client.get(`/recherche?q=${encodeURIComponent(title)}`)).html.includes(offerId);
  for (let asking = 0; asking < alone.length && !(await shows(next(alone)));) asking += 1; // a site that just started reads its whole index first
  const until = performance.now() + asked.seconds * 1_000;
  while (performance.now() < until) {
    const shelf = next(alone);
    if (!(await shows(shelf))) continue; // its words find better things first
    for (const counted of [0, 50]) {
      const key = `${run}-${turn++}`;
      await recordCount(scopeOf(shelf), { offerId: shelf.offerId, counted, asOf: instant(Date.now()), key });
      const since = performance.now();
      while ((await shows(shelf)) !== counted > 0 && performance.now() - since < 10_000) await pause(25);
      if (performance.now() - since >= 10_000) failed += 1;
      else times.push(performance.now() - since);
    }
  }
  if (times.length + failed === 0) throw new Error('nothing of the sample is found by its own title');
  return figureOf('seen in results', 1, times, failed, asked.seconds);
}

const perEvent = (figure: Figure, rows: number): Figure => ({ ...figure, perSecond: Math.round(figure.perSecond * rows) });

try {
  const figures: Figure[] = [];
  await fill();
  figures.push(await visible()); // before the worker is held: afterwards it would be its catching up that is measured
  for (const clients of asked.clients) {
    figures.push(await repeat('one event', clients, asked.seconds, () => sell(next(sample))));
    figures.push(await repeat('floor: bare event', clients, asked.seconds, () => bareEvent(next(sample))));
  }
  figures.push(await repeat('one event, one shelf', 8, asked.seconds, () => sell(sample[0] as Shelf)));
  for (const rows of [500, LARGEST_BATCH]) {
    figures.push(perEvent(await repeat(`events by ${rows}`, 1, asked.seconds, () => batch(rows)), rows));
    figures.push(perEvent(await repeat(`floor: bare by ${rows}`, 1, asked.seconds, () => bareBatch(rows)), rows));
  }
  await fill();
  site.holdWorker(true); // it would pause the shops, which answer nothing
  await site.endPauses();
  for (const clients of asked.clients) {
    figures.push(await repeat('checkout, 1000 offers', clients, asked.seconds, () => checkout(next(sample))));
    figures.push(await repeat('checkout, one offer', clients, asked.seconds, () => checkout(sample[0] as Shelf)));
  }
  print('stock', asked, figures, { unit: 'events for events, orders for checkouts; times are of one call' });
} finally {
  await closeDatabase();
  await sql.end();
  await site.stop();
}
