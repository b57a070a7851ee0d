import { desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordsetInsert } from '@/db/recordset-insert';
import type { reservations } from '@/db/schema';
import { orders, routingDecisions } from '@/db/schema';
import { closeBasket } from '@/lib/basket';
import { orderInserts } from '@/lib/fulfilment';
import { reservationInsert } from '@/lib/inventory';
import type { BasketId, OrderId } from '@/lib/kernel';
import { invariant, parseId } from '@/lib/kernel';
import type { IdempotencyKey } from '@/lib/platform/idempotency';
import { claimInsert } from '@/lib/platform/idempotency';
import type { Ids } from '@/lib/platform/ids';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { planned } from '@/lib/platform/transaction';
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
  readonly key: IdempotencyKey;
};

/**
 * Writes an order with everything that belongs to it, closes its basket and claims its key with the answer: one statement, so it is there
 * whole or not at all. Returns its number; undefined when the key has an answer already, and then the caller rolls back. The statement's parts see each other's rows only by what they return, hence the number's detour.
 */
export async function writeOrder(
  tx: Tx,
  { order, split, reservations: claims, decision, actorId, key }: OrderToWrite,
  ids: Ids,
): Promise<string | undefined> {
  const { placedAt: now } = order;
  const { placed, parts, lines, events } = orderInserts({ order, split, actorId }, ids);
  const held = reservationInsert(claims);
  const decided = decisionInsert({ ...decision, orderId: order.id, decidedAt: now }, ids);
  const closed = closeBasket(tx, order.basketId, now);
  const answer = sql`(select jsonb_build_object('orderId', ${order.id}::text, 'orderToken', ${order.token}::text, 'number', number) from placed)`;
  const claimed = claimInsert({ caller: order.basketId, key, answer, now }, sql`true`);
  const [row] = await tx.execute<{ number: string | null }>(sql`${planned}
    with placed as ${placed}, parts as ${parts}, lines as ${lines}, held as ${held}, decided as ${decided}, events as ${events}, closed as ${closed},
      claimed as (${claimed})
    select number from placed where exists (select from claimed)`);
  return row?.number ?? undefined;
}

/**
 * Writes an order that comes of no basket: a part of another order received otherwise (`lib/switching`). One statement, whole or not at all.
 */
export async function writePartOrder(tx: Tx, written: PartOrder, ids: Ids): Promise<void> {
  const { order, decision } = written;
  const { placed, parts, lines, events } = orderInserts(written, ids);
  const decided = decisionInsert({ ...decision, orderId: order.id, decidedAt: order.placedAt }, ids);
  await tx.execute(sql`${planned}
    with placed as ${placed}, parts as ${parts}, lines as ${lines}, decided as ${decided}, events as ${events} select number from placed`);
}

function decisionInsert(decision: Omit<typeof routingDecisions.$inferInsert, 'id'>, ids: Ids) {
  return sql`(${recordsetInsert(routingDecisions, [{ ...decision, id: ids.make('decision') }])})`;
}

export type PartOrder = Pick<OrderToWrite, 'split' | 'decision' | 'actorId'> & {
  readonly order: Omit<typeof orders.$inferInsert, 'number'>;
};

const keptAnswer = z.object({ orderId: z.string(), orderToken: z.string(), number: z.string() });

/** The first answer of a key, as it was kept. */
export function placedBefore(answer: unknown): PlacedOrder {
  const { orderId: id, ...rest } = keptAnswer.parse(answer);
  const orderId = parseId('order', id);
  invariant(orderId, 'the answer of an order names it');
  return { orderId, ...rest };
}
