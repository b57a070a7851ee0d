import { sql } from 'drizzle-orm';
import { recordsetInsert } from '@/db/recordset-insert';
import { orderLines, orders, subOrderEvents, subOrders } from '@/db/schema';
import type { Ids } from '@/lib/platform/ids';

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
 * How an order comes into being: the inserts of its four tables, for the one statement in which checkout writes everything at once. Their
 * text is the same however many parts and lines there are.
 * The statement must name the first of them `placed`: the parts' numbers are made from the order's.
 */
export function orderInserts({ order, split, actorId }: NewOrder, ids: Ids) {
  const parts = split.map(({ row: { position, ...row } }) => ({ ...row, position: String(position) }));
  const numbered = { number: sql`(select number from placed) || '-' || row."position"` };
  const events = split.map(({ row }): typeof subOrderEvents.$inferInsert => ({
    id: ids.make('event'),
    subOrderId: row.id,
    event: 'place',
    toState: 'placed',
    actorKind: 'shopper',
    actorId: actorId ?? null,
    occurredAt: order.placedAt,
  }));
  const placed = recordsetInsert(orders, [order], { computed: { number: sql`'H-' || nextval('order_numbers')` } });
  return {
    placed: sql`(${placed} returning number)`,
    parts: sql`(${recordsetInsert(subOrders, parts, { computed: numbered, more: ['position'] })})`,
    lines: sql`(${recordsetInsert(
      orderLines,
      split.flatMap((part) => [...part.lines]),
    )})`,
    events: sql`(${recordsetInsert(subOrderEvents, events)})`,
  };
}
