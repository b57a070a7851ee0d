import { and, eq, getTableColumns, inArray, or, sql } from 'drizzle-orm';
import { orderLines, rescues, subOrders } from '@/db/schema';
import type { OrderId, RescueId, SubOrderId } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import { pendingRescueStates } from './rescue-policy';

export type RescueRow = typeof rescues.$inferSelect;
export type NewRescue = typeof rescues.$inferInsert;

/** The rescues of an order that are not decided; its order row is locked by the caller, so they stand still. */
export async function listPending(from: Reader, orderId: OrderId): Promise<readonly RescueRow[]> {
  return from
    .select()
    .from(rescues)
    .where(and(eq(rescues.orderId, orderId), inArray(rescues.state, [...pendingRescueStates])))
    .orderBy(rescues.id);
}

export async function findRescue(id: RescueId, from: Reader = reader()): Promise<RescueRow | undefined> {
  const [row] = await from.select().from(rescues).where(eq(rescues.id, id));
  return row;
}

export async function insertRescues(tx: Tx, rows: readonly NewRescue[]): Promise<void> {
  if (rows.length > 0) await tx.insert(rescues).values([...rows]);
}

export type RescueChange = Partial<
  Pick<RescueRow, 'state' | 'options' | 'decideBy' | 'decidedAt' | 'attempts' | 'quantity' | 'goodsMinor' | 'deliveryMinor'>
>;

export async function updateRescue(tx: Tx, id: RescueId, change: RescueChange): Promise<void> {
  await tx.update(rescues).set(change).where(eq(rescues.id, id));
}

/** Shops are asked for it: an attempt more, and nothing for the shopper to decide meanwhile. */
export async function noteOffered(tx: Tx, { id, attempts }: Pick<RescueRow, 'id' | 'attempts'>): Promise<void> {
  await updateRescue(tx, id, { state: 'offered', attempts: attempts + 1, decideBy: null });
}

/** The parts in which a rescue was offered to shops, with their state. */
export async function listOffersOf(from: Reader, rescueIds: readonly RescueId[]) {
  if (rescueIds.length === 0) return [];
  return from
    .select({
      rescueId: sql<RescueId>`${orderLines.rescueId}`,
      lineId: orderLines.id,
      subOrderId: subOrders.id,
      shopId: subOrders.shopId,
      state: subOrders.state,
      promisedFrom: subOrders.promisedFrom,
      /** Asked and not yet answered: a part may still be offered for its other lines after this one was given up. */
      isOpen: sql<boolean>`${subOrders.state} = 'offered' and ${orderLines.quantity} > ${orderLines.refusedQuantity}`,
    })
    .from(orderLines)
    .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
    .where(inArray(orderLines.rescueId, [...rescueIds]))
    .orderBy(orderLines.id);
}

/** The rescues whose units a part was asked to serve. */
export async function listRescuesServedBy(from: Reader, subOrderId: SubOrderId): Promise<readonly RescueRow[]> {
  return from
    .selectDistinctOn([rescues.id], getTableColumns(rescues))
    .from(rescues)
    .innerJoin(orderLines, eq(orderLines.rescueId, rescues.id))
    .where(eq(orderLines.subOrderId, subOrderId))
    .orderBy(rescues.id);
}

/** Did units of this part, or units it was asked to serve for another, get a rescue? Then the rescue tells its end. */
export async function hasRescue(subOrderId: SubOrderId, from: Reader = reader()): Promise<boolean> {
  const served = from.select({ id: orderLines.rescueId }).from(orderLines).where(eq(orderLines.subOrderId, subOrderId));
  const rows = await from
    .select({ id: rescues.id })
    .from(rescues)
    .where(or(eq(rescues.subOrderId, subOrderId), inArray(rescues.id, served)))
    .limit(1);
  return rows.length > 0;
}
