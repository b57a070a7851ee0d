import { eq, max } from 'drizzle-orm';
import { orders, subOrderEvents, subOrders } from '@/db/schema';
import type { OrderScope, Result } from '@/lib/kernel';
import { DAY, err, ok } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';

/** How long an order's link opens after the last thing that happened to it (ux.md F4). */
const LINK_LIFE_DAYS = 90;

export type OrderLinkRefusal = { readonly kind: 'link-unknown' } | { readonly kind: 'link-expired' };

/** What an order's link gives access to: that order, for as long as the link lives. */
export async function openOrderLink(
  token: string,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<OrderScope, OrderLinkRefusal>> {
  const [row] = await reader()
    .select({ orderId: orders.id, placedAt: orders.placedAt, lastAt: max(subOrderEvents.occurredAt) })
    .from(orders)
    .leftJoin(subOrders, eq(subOrders.orderId, orders.id))
    .leftJoin(subOrderEvents, eq(subOrderEvents.subOrderId, subOrders.id))
    .where(eq(orders.token, token))
    .groupBy(orders.id);
  if (!row) return err({ kind: 'link-unknown' });
  const lastAt = Math.max(row.placedAt, row.lastAt ?? row.placedAt);
  if (lastAt + LINK_LIFE_DAYS * DAY < clock.now()) return err({ kind: 'link-expired' });
  return ok({ kind: 'order', orderId: row.orderId });
}

/** As `openOrderLink`, for whoever only asks yes or no. */
export async function orderScope(token: string, ports: Pick<Ports, 'clock'> = systemPorts): Promise<OrderScope | undefined> {
  const opened = await openOrderLink(token, ports);
  return opened.ok ? opened.value : undefined;
}
