import { sql } from 'drizzle-orm';
import { orderLines, orders, subOrderEvents, subOrders } from '@/db/schema';
import type { Ids } from '@/lib/platform/ids';
import type { Tx } from '@/lib/platform/transaction';

/** A part as the split made it; `position` ends its number. */
export type NewSubOrder = {
  readonly row: Omit<typeof subOrders.$inferInsert, 'number'> & { readonly position: number };
  readonly lines: readonly (typeof orderLines.$inferInsert)[];
};

export type NewOrder = {
  readonly order: Omit<typeof orders.$inferInsert, 'number'>;
  readonly split: readonly NewSubOrder[];
  readonly actorId: string | undefined;
};

/**
 * How an order comes into being: the inserts of its four tables, for the one statement in which checkout writes everything at once.
 * The statement must name the first of them `placed`: the parts' numbers are made from the order's.
 */
export function orderInserts(tx: Tx, { order, split, actorId }: NewOrder, ids: Ids) {
  return {
    placed: tx
      .insert(orders)
      .values({ ...order, number: sql`'H-' || nextval('order_numbers')` })
      .returning({ number: orders.number }),
    parts: tx
      .insert(subOrders)
      .values(split.map(({ row: { position, ...row } }) => ({ ...row, number: sql`(select number from placed) || ${`-${position}`}` })))
      .returning({ id: subOrders.id }),
    lines: tx
      .insert(orderLines)
      .values(split.flatMap((part) => [...part.lines]))
      .returning({ id: orderLines.id }),
    events: tx
      .insert(subOrderEvents)
      .values(
        split.map(({ row }): typeof subOrderEvents.$inferInsert => ({
          id: ids.make('event'),
          subOrderId: row.id,
          event: 'place',
          toState: 'placed',
          actorKind: 'shopper',
          actorId: actorId ?? null,
          occurredAt: order.placedAt,
        })),
      )
      .returning({ id: subOrderEvents.id }),
  };
}
