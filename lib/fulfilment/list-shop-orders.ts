import { and, asc, eq, gte, notInArray, sql } from 'drizzle-orm';
import { orders, subOrders } from '@/db/schema';
import type { Instant, ShopScope } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { listLineViews } from './line-repository';
import { queueCard } from './queue-card';
import type { QueueCardView, SubOrderStateView } from './views';

export type ShopOrdersWish = {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly state?: SubOrderStateView | undefined;
  /** Only what changed since. */
  readonly changedSince?: Instant | undefined;
};

/** A shop's sub-orders, paid for and whatever became of them, oldest first; one row more than `limit` tells that there are more. */
export async function listShopOrders(
  scope: ShopScope,
  { limit, after, state, changedSince }: ShopOrdersWish,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<readonly QueueCardView[]> {
  const rows = await reader()
    .select({ subOrder: subOrders, shopperName: orders.shopperName, paidAt: orders.paidAt })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(
      and(
        eq(subOrders.shopId, scope.shopId),
        notInArray(subOrders.state, ['placed', 'expired']), // until it is paid for it is nothing to the shop
        after === undefined ? undefined : sql`${subOrders.id} > ${after}`,
        state === undefined ? undefined : eq(subOrders.state, state),
        changedSince === undefined ? undefined : gte(subOrders.stateChangedAt, changedSince),
      ),
    )
    .orderBy(asc(subOrders.id))
    .limit(limit + 1);
  const lines = await listLineViews(
    reader(),
    rows.map((row) => row.subOrder.id),
  );
  const now = clock.now();
  return rows.map((row) => queueCard({ subOrder: row.subOrder, order: row, lines: lines.get(row.subOrder.id) ?? [], now }));
}
