import { and, count, desc, eq, isNotNull, lt, or, sql } from 'drizzle-orm';
import { orders, shops, subOrders } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import type { SubOrderState } from '@/lib/oms';
import { orderState } from '@/lib/oms';
import { reader } from '@/lib/platform/transaction';
import type { OwnOrdersView, SessionView } from './views';

const PAGE = 20;

/**
 * A person's paid orders, newest first: those placed while signed in, and those placed as a guest with the address this person
 * proved to read mail at.
 */
export async function listOwnOrders(session: SessionView, before?: Instant): Promise<OwnOrdersView> {
  const mine = or(eq(orders.personId, session.personId), eq(sql`lower(${orders.email})`, session.email));
  const rows = await reader()
    .select({
      number: orders.number,
      token: orders.token,
      placedAt: orders.placedAt,
      totalMinor: orders.totalMinor,
      currency: orders.currency,
      states: sql<readonly SubOrderState[]>`array_agg(${subOrders.state} order by ${subOrders.number})`,
      shopNames: sql<readonly string[]>`array_agg(${shops.name} order by ${subOrders.number})`,
    })
    .from(orders)
    .innerJoin(subOrders, eq(subOrders.orderId, orders.id))
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .where(and(mine, isNotNull(orders.paidAt), before === undefined ? undefined : lt(orders.placedAt, before)))
    .groupBy(orders.id)
    .orderBy(desc(orders.placedAt))
    .limit(PAGE + 1);
  const [all] = await reader()
    .select({ found: count() })
    .from(orders)
    .where(and(mine, isNotNull(orders.paidAt)));
  const shown = rows.slice(0, PAGE).map(({ states, ...row }) => ({ ...row, state: orderState(states) }));
  return { orders: shown, total: all?.found ?? 0, next: rows.length > PAGE ? shown.at(-1)?.placedAt : undefined };
}
