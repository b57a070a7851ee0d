import { and, eq, inArray, isNotNull, ne, or } from 'drizzle-orm';
import { orders, subOrders } from '@/db/schema';
import type { ShopScope } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { listLineViews } from './line-repository';
import { queueCard } from './queue-card';
import type { CounterQueueView, QueueCardView, SubOrderStateView } from './views';

const groups = {
  toAccept: ['offered'],
  toPrepare: ['accepted', 'preparing'],
  ready: ['ready', 'despatched'],
} as const satisfies Record<string, readonly SubOrderStateView[]>;

const MOST_CARDS = 300;

/** What the counter has to do, most pressing first in each group. */
export async function listCounterQueue(scope: ShopScope, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<CounterQueueView> {
  const now = clock.now();
  const rows = await reader()
    .select({ subOrder: subOrders, shopperName: orders.shopperName, paidAt: orders.paidAt })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    // What waits for another shop to carry it is not this one's to answer.
    .where(
      and(
        eq(subOrders.shopId, scope.shopId),
        inArray(subOrders.state, Object.values(groups).flat()),
        or(ne(subOrders.state, 'offered'), isNotNull(subOrders.acceptBy)),
      ),
    )
    .orderBy(subOrders.promisedFrom, subOrders.id)
    .limit(MOST_CARDS);
  const lines = await listLineViews(
    reader(),
    rows.map((row) => row.subOrder.id),
  );
  const cards = rows.map((row) => queueCard({ subOrder: row.subOrder, order: row, lines: lines.get(row.subOrder.id) ?? [], now }));
  const inGroup = (states: readonly SubOrderStateView[]): readonly QueueCardView[] => cards.filter((card) => states.includes(card.state));
  return {
    asOf: now,
    toAccept: inGroup(groups.toAccept).toSorted((a, b) => (a.acceptBy ?? 0) - (b.acceptBy ?? 0)),
    toPrepare: inGroup(groups.toPrepare),
    ready: inGroup(groups.ready),
  };
}
