import { and, eq } from 'drizzle-orm';
import { orders, subOrderEvents, subOrders } from '@/db/schema';
import type { ShopScope, SubOrderId } from '@/lib/kernel';
import { allowedEvents, isFinal } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { listCarriedFor } from '@/lib/shelves';
import { loadShopBook } from '@/lib/shops';
import { listLineViews } from './line-repository';
import { listRescueViews } from './rescue/list-rescue-views';
import { queueCard } from './queue-card';
import { awaitsCarry } from './sub-order-repository';
import type { CounterSubOrderView } from './views';

/** What the counter itself may do; the rest of a sub-order's life is others'. */
const counterEvents: readonly string[] = ['accept', 'refuse', 'start', 'finish', 'hand-over', 'despatch', 'deliver', 'give-up'];

/** One sub-order of this shop, with its lines and its story; undefined when it is not this shop's. */
export async function getCounterSubOrder(
  scope: ShopScope,
  subOrderId: SubOrderId,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<CounterSubOrderView | undefined> {
  const [row] = await reader()
    .select({ subOrder: subOrders, order: orders })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(and(eq(subOrders.id, subOrderId), eq(subOrders.shopId, scope.shopId)));
  // Until it is paid for it is nothing to the shop.
  if (!row || row.subOrder.state === 'placed' || row.subOrder.state === 'expired') return undefined;
  const { subOrder, order } = row;
  const now = clock.now();
  const book = await loadShopBook(now);
  const [lines, rescues, carried, history] = await Promise.all([
    listLineViews(reader(), [subOrderId]),
    listRescueViews(reader(), order.id, book),
    listCarriedFor(reader(), [subOrderId]),
    reader()
      .select()
      .from(subOrderEvents)
      .where(eq(subOrderEvents.subOrderId, subOrderId))
      .orderBy(subOrderEvents.occurredAt, subOrderEvents.id),
  ]);
  const own = lines.get(subOrderId) ?? [];
  const carry = carried.find(({ state }) => state === 'sent' || (state === 'requested' && awaitsCarry(subOrder)));
  const isBrought = subOrder.method !== 'pickup' && !isFinal(subOrder.state);
  const allowed = allowedEvents(subOrder.state).filter(
    (event) =>
      counterEvents.includes(event) &&
      !(event === 'accept' && awaitsCarry(subOrder)) &&
      (event === 'hand-over' ? subOrder.method === 'pickup' : event !== 'despatch' || subOrder.method !== 'pickup'),
  );
  return {
    ...queueCard({ subOrder, order, lines: own, now }),
    orderNumber: order.number,
    placedAt: order.placedAt,
    lines: own,
    deliveryMinor: subOrder.deliveryMinor,
    phone: isFinal(subOrder.state) ? undefined : (order.phone ?? undefined),
    address: isBrought ? (order.addressLabel ?? undefined) : undefined,
    refusalReason: subOrder.refusalReason ?? undefined,
    allowed,
    carriedFrom: carry && book.get(carry.fromShopId)?.name,
    rescues: rescues.filter((rescue) => rescue.subOrderId === subOrderId),
    history: history.map((event) => ({ event: event.event, to: event.toState, at: event.occurredAt, by: event.actorKind })),
  };
}
