import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import { orders, subOrders } from '@/db/schema';
import type { Instant, OperatorScope, ShopScope } from '@/lib/kernel';
import { dateOf, instant, minor, startOfDay } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { loadShopBook } from '@/lib/shops';
import { isDeclined, isToAnswer } from './sub-order-repository';
import type { CityTodayView, ShopTodayView, TakingView } from './views';

const living = ['offered', 'accepted', 'preparing', 'ready', 'despatched', 'handed-over', 'delivered'] as const;

const at = (moment: Instant) => sql`${dateOf(moment).toISOString()}::timestamptz`;

const confirmedAt = sql`coalesce(${orders.paidAt}, case when ${subOrders.isSetAside} then ${orders.placedAt} end)`;
const confirmedSince = (since: Instant) => sql`${confirmedAt} >= ${at(since)} and ${inArray(subOrders.state, [...living])}`;

/** Midnight where the shop is. */
async function startOfToday({ shopId }: ShopScope, now: Instant): Promise<Instant> {
  const book = await loadShopBook(now);
  return startOfDay(now, book.get(shopId)?.timeZone ?? book.city.timeZone);
}

/** The sub-orders that a shop's takings of the day are the sum of, the latest first. */
export async function listTakings(scope: ShopScope, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<readonly TakingView[]> {
  const since = await startOfToday(scope, clock.now());
  return reader()
    .select({ subOrderId: subOrders.id, number: subOrders.number, amountMinor: subOrders.totalMinor })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(and(eq(subOrders.shopId, scope.shopId), confirmedSince(since), eq(subOrders.isSetAside, false)))
    .orderBy(desc(orders.paidAt), desc(subOrders.id));
}

/** Counts of a shop's day, from midnight where the shop is. */
export async function getShopToday(scope: ShopScope, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<ShopTodayView> {
  const since = await startOfToday(scope, clock.now());
  const isToday = confirmedSince(since);
  const [row] = await reader()
    .select({
      toAccept: count(isToAnswer),
      toPrepare: count(sql`${subOrders.state} in ('accepted', 'preparing')`),
      ready: count(sql`${subOrders.state} = 'ready'`),
      handedOverToday: count(sql`${subOrders.state} in ('handed-over', 'delivered') and ${subOrders.stateChangedAt} >= ${at(since)}`),
      ordersToday: count(isToday),
      takings: sql<string>`coalesce(sum(${subOrders.totalMinor}) filter (where ${isToday} and not ${subOrders.isSetAside}), 0)`,
      refusedToday: count(sql`${isDeclined} and ${subOrders.stateChangedAt} >= ${at(since)}`),
      nextDue: sql<
        number | null
      >`(extract(epoch from min(${subOrders.promisedFrom}) filter (where ${subOrders.state} in ('offered', 'accepted', 'preparing'))) * 1000)::float8`,
    })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(eq(subOrders.shopId, scope.shopId));
  return {
    toAccept: row?.toAccept ?? 0,
    toPrepare: row?.toPrepare ?? 0,
    ready: row?.ready ?? 0,
    handedOverToday: row?.handedOverToday ?? 0,
    ordersToday: row?.ordersToday ?? 0,
    takingsTodayMinor: minor(Number(row?.takings ?? 0)),
    refusedToday: row?.refusedToday ?? 0,
    nextDueAt: row?.nextDue ? instant(Math.round(row.nextDue)) : undefined,
  };
}

/** Counts of the city's day. */
export async function getCityToday(_operator: OperatorScope, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<CityTodayView> {
  const now = clock.now();
  const book = await loadShopBook(now);
  const since = startOfDay(now, book.city.timeZone);
  const [money] = await reader()
    .select({ orders: sql<number>`count(*)::int`, paid: sql<string>`coalesce(sum(${orders.totalMinor}), 0)` })
    .from(orders)
    .where(gte(orders.paidAt, since));
  const isOpen = sql`${subOrders.state} in ('offered', 'accepted', 'preparing', 'ready', 'despatched')`;
  const isWaited = sql`${subOrders.state} in ('offered', 'accepted', 'preparing')`;
  const [row] = await reader()
    .select({
      open: count(isOpen),
      toAccept: count(isToAnswer),
      late: count(
        sql`(${subOrders.method} = 'pickup' and ${isWaited} and ${subOrders.promisedFrom} < ${at(now)}) or (${subOrders.method} <> 'pickup' and ${isOpen} and ${subOrders.promisedTo} < ${at(now)})`,
      ),
      refusedToday: count(sql`${isDeclined} and ${subOrders.stateChangedAt} >= ${at(since)}`),
      handedOverToday: count(sql`${subOrders.state} in ('handed-over', 'delivered') and ${subOrders.stateChangedAt} >= ${at(since)}`),
      shops: sql<number>`count(distinct ${subOrders.shopId}) filter (where ${subOrders.createdAt} >= ${at(since)} and ${subOrders.state} not in ('placed', 'expired'))::int`,
    })
    .from(subOrders)
    .where(and(sql`${isOpen} or ${subOrders.stateChangedAt} >= ${at(since)} or ${subOrders.createdAt} >= ${at(since)}`));
  return {
    ordersToday: money?.orders ?? 0,
    paidTodayMinor: minor(Number(money?.paid ?? 0)),
    openSubOrders: row?.open ?? 0,
    toAccept: row?.toAccept ?? 0,
    late: row?.late ?? 0,
    refusedToday: row?.refusedToday ?? 0,
    handedOverToday: row?.handedOverToday ?? 0,
    shopsWithOrdersToday: row?.shops ?? 0,
  };
}

function count(condition: ReturnType<typeof sql>) {
  return sql<number>`(count(*) filter (where ${condition}))::int`;
}
