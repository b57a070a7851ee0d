import { addConnection, hearSource, listConnections, runConnection, type SourcePorts } from '@/lib/sources';
import type { ConnectionId } from '@/lib/kernel';
import { movedClock, type MovedClock } from '@/lib/platform/clock';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { given, wednesdayMorning, type GivenShop } from '../builders';
import { startDouble, type News, type RunningDouble, type SourceDouble } from './double';
import { World } from './world';

export type ShelfRow = {
  readonly sku: string;
  readonly title: string;
  readonly price: number;
  readonly isActive: boolean;
  readonly onHand: number | null;
  readonly asOf: number;
  readonly grade: string | null;
  readonly productId: string;
};

/** A shop whose goods are kept at a source, connected to it, with everything a scenario looks at. */
export type GivenConnection = {
  readonly double: SourceDouble;
  readonly world: World;
  readonly clock: MovedClock;
  readonly running: RunningDouble;
  readonly shop: GivenShop;
  readonly connectionId: ConnectionId;
  readonly ports: SourcePorts;
  /** The pauses that were asked for, in milliseconds; nobody really waited. */
  readonly waited: number[];
  run(): ReturnType<typeof runConnection>;
  hear(news: News, how?: { readonly id?: string; readonly spoil?: boolean; readonly unsigned?: boolean }): ReturnType<typeof hearSource>;
  shelf(): Promise<readonly ShelfRow[]>;
  view(): Promise<Awaited<ReturnType<typeof listConnections>>[number]>;
};

const opened: RunningDouble[] = [];

/** Ends every double a test file started. */
export async function closeDoubles(): Promise<void> {
  await Promise.all(opened.splice(0).map((running) => running.close()));
}

let messages = 0;

async function shelfOf(shop: GivenShop): Promise<readonly ShelfRow[]> {
  const rows = await databaseHandle().sql<(Omit<ShelfRow, 'asOf'> & { asOf: Date | null })[]>`
    select o.merchant_sku as sku, l.title, o.price_minor::int as price, o.is_active as "isActive", s.on_hand as "onHand", s.as_of as "asOf",
      s.grade, v.product_id as "productId"
    from offers o join listings l on l.id = o.listing_id join variants v on v.id = l.variant_id
    left join stock_levels s on s.offer_id = o.id where o.shop_id = ${shop.shopId} order by o.merchant_sku`;
  return rows.map(({ asOf, ...row }) => ({ ...row, asOf: asOf === null ? 0 : new Date(asOf).getTime() }));
}

/** Fills a world, starts its double, connects a shop to it by what a person would type. */
export async function givenConnection(double: SourceDouble, fill: (world: World) => void, pageSize = 3): Promise<GivenConnection> {
  const clock = movedClock(wednesdayMorning);
  const world = new World(clock);
  fill(world);
  const running = await startDouble(double, world);
  opened.push(running);
  const waited: number[] = [];
  const ports: SourcePorts = {
    clock,
    ids: systemIds,
    pageSize,
    wait: async (milliseconds) => {
      waited.push(milliseconds);
      clock.advance(milliseconds);
      await Promise.resolve();
    },
    limits: { allowPrivate: true, waitMs: 5_000, mostBytes: 20_000_000, reroute: running.reroute },
  };
  const shop = await given.shop();
  await given.category();
  const added = await addConnection(shop.scope, { kind: double.kind, typed: double.typed(running.address, world) }, ports);
  if (!added.ok) throw new Error(`${double.kind} was not connected: ${JSON.stringify(added.error)}`);
  const { connectionId } = added.value;
  const view = async () => {
    const found = (await listConnections(shop.scope)).find((one) => one.connectionId === connectionId);
    if (!found) throw new Error('the connection is there');
    return found;
  };
  return {
    double,
    world,
    clock,
    running,
    shop,
    connectionId,
    ports,
    waited,
    view,
    run: () => runConnection(connectionId, ports),
    shelf: () => shelfOf(shop),
    hear: async (news, { id, spoil = false, unsigned = false } = {}) => {
      const hook = (await view()).hookPath?.split('/').at(-1);
      if (hook === undefined || double.message === undefined) throw new Error(`${double.kind} sends messages`);
      const url = `http://halles.test/api/webhooks/sources/${hook}`;
      const { headers, body } = double.message(news, { id: id ?? `message-${++messages}`, url, world });
      const bare = Object.fromEntries(Object.entries(headers).filter(([name]) => !/sign|hmac|authorization/.test(name)));
      return hearSource(
        hook,
        { url, headers: unsigned ? bare : headers, body: spoil ? body.replace(/\d(?=\D*$)/, (digit) => String(9 - Number(digit))) : body },
        ports,
      );
    },
  };
}
