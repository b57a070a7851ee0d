import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import { orderLines, orders, payments, subOrders } from '@/db/schema';
import { openBasketAgain } from '@/lib/basket';
import { advanceSubOrder } from '@/lib/fulfilment';
import { release } from '@/lib/inventory';
import type { Instant, OrderId } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { releaseTenders } from '@/lib/wallet';

const BATCH = 100;

/**
 * Ends orders nobody paid in time: their sub-orders expire, their units are free, their basket is open again. Orders whose money is held
 * meanwhile are left alone. Returns how many ended.
 */
export async function expireUnpaid(now: Instant, ports: Ports = systemPorts): Promise<number> {
  const due = await reader()
    .select({ id: orders.id })
    .from(orders)
    .where(
      and(
        isNull(orders.paidAt),
        lte(orders.payBy, now),
        sql`exists (select from ${subOrders} where ${subOrders.orderId} = ${orders.id} and ${subOrders.state} = 'placed')`,
      ),
    )
    .orderBy(orders.payBy)
    .limit(BATCH);
  let ended = 0;
  for (const order of due) {
    const expired = await withTransaction(async (tx) => ok(await expireOrder(tx, order.id, now, ports)));
    if (expired.ok && expired.value) ended += 1;
  }
  return ended;
}

/** The order's row is locked first, as the payment's report does: of the two, the second sees what the first did. */
async function expireOrder(tx: Tx, orderId: OrderId, now: Instant, { ids }: Ports): Promise<boolean> {
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update', { skipLocked: true });
  if (!order || order.paidAt !== null) return false;
  const [payment] = await tx.select({ state: payments.state }).from(payments).where(eq(payments.orderId, orderId));
  if (payment?.state === 'authorised' || payment?.state === 'captured') return false;
  const waiting = await tx
    .select()
    .from(subOrders)
    .where(and(eq(subOrders.orderId, orderId), eq(subOrders.state, 'placed')))
    .orderBy(subOrders.id)
    .for('update');
  const by = { actor: { kind: 'system', id: undefined }, now, ids, quietly: order.isReplayed } as const;
  for (const subOrder of waiting) await advanceSubOrder(tx, subOrder, { event: 'expire' }, by);
  const lines = await tx
    .select({ id: orderLines.id })
    .from(orderLines)
    .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
    .where(eq(subOrders.orderId, orderId));
  await release(
    tx,
    lines.map((line) => line.id),
  );
  if (order.tenderedMinor > 0) await releaseTenders(tx, orderId, { now });
  if (order.basketId !== null) await openBasketAgain(tx, order.basketId, now);
  await appendEvents(tx, [{ name: 'OrderExpired', subject: orderId, facts: {} }], by);
  return waiting.length > 0;
}
