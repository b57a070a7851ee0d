import { desc, eq, sql } from 'drizzle-orm';
import type { reservations } from '@/db/schema';
import { orders, routingDecisions } from '@/db/schema';
import { closeBasket } from '@/lib/basket';
import { orderInserts } from '@/lib/fulfilment';
import { reservationInsert } from '@/lib/inventory';
import type { BasketId, OrderId } from '@/lib/kernel';
import type { Ids } from '@/lib/platform/ids';
import type { Reader, Tx } from '@/lib/platform/transaction';
import type { SplitSubOrder } from './split-order';

/** What a shopper is given of their order: the id for us, the token for the link, the number for people. */
export type PlacedOrder = { readonly orderId: OrderId; readonly orderToken: string; readonly number: string };

/** The order a basket became, the latest if it was ordered again after running out unpaid. */
export async function findOrderOfBasket(from: Reader, basketId: BasketId): Promise<PlacedOrder | undefined> {
  const [order] = await from
    .select({ orderId: orders.id, orderToken: orders.token, number: orders.number })
    .from(orders)
    .where(eq(orders.basketId, basketId))
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(1);
  return order;
}

export type OrderToWrite = {
  readonly order: Omit<typeof orders.$inferInsert, 'number'> & { readonly basketId: BasketId };
  readonly split: readonly SplitSubOrder[];
  readonly reservations: readonly (typeof reservations.$inferInsert)[];
  readonly decision: { readonly asked: unknown; readonly answered: unknown };
  readonly actorId: string | undefined;
};

/**
 * Writes an order with everything that belongs to it and closes its basket: one statement, so it is there whole or not at all.
 * Returns its number. The statement's parts see each other's rows only by what they return, hence the number's detour.
 */
export async function writeOrder(
  tx: Tx,
  { order, split, reservations: claims, decision, actorId }: OrderToWrite,
  ids: Ids,
): Promise<string> {
  const { placedAt: now } = order;
  const { placed, parts, lines, events } = orderInserts(tx, { order, split, actorId }, ids);
  const held = reservationInsert(tx, claims);
  const decided = tx
    .insert(routingDecisions)
    .values({ id: ids.make('decision'), orderId: order.id, asked: decision.asked, answered: decision.answered, decidedAt: now })
    .returning({ id: routingDecisions.id });
  const closed = closeBasket(tx, order.basketId, now);
  const [row] = await tx.execute<{ number: string }>(sql`
    with placed as ${placed}, parts as ${parts}, lines as ${lines}, held as ${held}, decided as ${decided}, events as ${events}, closed as ${closed}
    select number from placed`);
  return row?.number ?? '';
}
