import postgres from 'postgres';
import { addLine, createBasket, getBasket, setPlace } from '@/lib/basket';
import { BASKET_COOKIE } from '@/lib/identity';
import type { ListingId, OfferId, ShopperScope } from '@/lib/kernel';
import { instant, minor, quantity } from '@/lib/kernel';
import { closeDatabase, useDatabase } from '@/lib/platform/database';
import { log } from '@/lib/platform/log';
import type { Figure } from './site';
import { openSite, print, repeat, wishes } from './site';

/**
 * The basket of eight things that most shops have, wanted in the middle of the town, with every plan over all shops: the page as the server
 * answers it in production mode, and the same view made in this process. Beside them the basket of one thing, an empty handler of the same
 * server, and the candidates' rows by bare SQL. Each figure is measured for a few seconds, so that the whole ends in a minute.
 */
const LINES = 8;
const MOST_SECONDS = 5;

const given = wishes('1,4');
const asked = { ...given, seconds: Math.min(given.seconds, MOST_SECONDS) };
const site = await openSite();
log.level = 'silent';
const most = Math.max(...asked.clients);
await useDatabase(site.databaseUrl, { connections: most + 2 });
const sql = postgres(site.databaseUrl, { max: most, onnotice: () => {} });

type Basket = { readonly shopper: ShopperScope; readonly cookie: string };
type Wanted = { readonly listingId: ListingId; readonly offerId: OfferId; readonly priceMinor: number; readonly shops: number };

/** The things by the piece that most selling shops have on their shelves, one offer of each: the hardest question a shopper could ask. */
async function mostOffered(): Promise<readonly Wanted[]> {
  const rows = await sql<Wanted[]>`
    select o.listing_id as "listingId", min(o.id) as "offerId", (array_agg(o.price_minor order by o.id))[1]::int as "priceMinor",
      count(distinct o.shop_id)::int as shops
    from offers o join shops s on s.id = o.shop_id and s.level = 'sell' and s.takes_orders
    join stock_levels l on l.offer_id = o.id and l.on_hand - l.reserved - l.allocated - l.safety_stock > 0
    join listings li on li.id = o.listing_id and li.is_published join variants v on v.id = li.variant_id and v.sales_unit = 'each'
    where o.is_active and o.condition = 'new' and o.price_steps = 1 group by o.listing_id order by shops desc, o.listing_id limit ${LINES}`;
  if (rows.length < LINES) throw new Error(`only ${rows.length} of ${LINES} things are for sale`);
  return rows;
}

async function withBasket(wanted: readonly Wanted[]): Promise<Basket> {
  const { basketId, token } = await createBasket('fr');
  const shopper: ShopperScope = { kind: 'shopper', personId: undefined, basketId };
  for (const { listingId, offerId, priceMinor } of wanted) {
    const added = await addLine(shopper, {
      listingId,
      offerId,
      shopChosen: false,
      quantity: quantity(1),
      priceSeenMinor: minor(priceMinor),
      promiseSeenAt: undefined,
    });
    if (!added.ok) throw new Error(added.error.kind);
  }
  const [city] = await sql<{ latitude: number; longitude: number }[]>`select latitude, longitude from city_settings`;
  if (city) await setPlace(shopper, { label: 'Bench', ...city });
  return { shopper, cookie: `${BASKET_COOKIE}=${token}` };
}

async function askPage({ cookie }: Basket): Promise<void> {
  const answer = await fetch(`${site.baseUrl}/panier`, { headers: { cookie } });
  await answer.text();
  if (answer.status !== 200) throw new Error(`the basket answered ${answer.status}`);
}

async function askHere({ shopper }: Basket): Promise<void> {
  const view = await getBasket(shopper, instant(Date.now()));
  if (!view || view.plans.length === 0) throw new Error('the basket has no plan');
}

async function askRows(wanted: readonly Wanted[]): Promise<void> {
  await sql`select o.*, s.* from offers o join stock_levels s on s.offer_id = o.id where o.listing_id in ${sql(wanted.map((one) => one.listingId))}`;
}

try {
  const wanted = await mostOffered();
  const figures: Figure[] = [];
  const measure = async (name: string, clients: number, work: (client: number) => Promise<void>): Promise<void> => {
    if (!asked.json) process.stderr.write(`${name} …\n`);
    figures.push(await repeat(name, clients, asked.seconds, work));
  };
  const eight = await Promise.all(Array.from({ length: most }, () => withBasket(wanted)));
  const one = await Promise.all(Array.from({ length: most }, () => withBasket(wanted.slice(0, 1))));
  const view = await getBasket(eight[0]!.shopper, instant(Date.now()));
  await repeat('warm-up', most, 2, (client) => askPage(eight[client]!));
  for (const clients of asked.clients) {
    await measure(`page, basket of ${LINES}`, clients, (client) => askPage(eight[client]!));
    await measure('page, basket of 1', clients, (client) => askPage(one[client]!));
    await measure('floor: empty handler', clients, async () => {
      await (await fetch(`${site.baseUrl}/api/floor`)).text();
    });
  }
  await repeat('warm-up', 1, 2, () => askHere(eight[0]!));
  await measure(`in process, basket of ${LINES}`, 1, () => askHere(eight[0]!));
  await measure('floor: bare SQL', 1, () => askRows(wanted));
  const [shops] = await sql<{ count: number }[]>`select count(*)::int as count from shops`;
  print('plans', asked, figures, {
    lines: LINES,
    shops: shops?.count ?? 0,
    shopsPerLine: wanted.map((thing) => thing.shops),
    plans: view?.plans.map(({ kind, shopCount, totalMinor }) => ({ kind, shopCount, totalMinor })) ?? [],
  });
} finally {
  await sql.end();
  await closeDatabase();
  await site.stop();
}
