import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { fixedSelect } from '@/db/fixed-select-adapter';
import type { RescueWish } from '@/db/schema';
import { orderLines, orders, payments, rescues, subOrderEvents, subOrders } from '@/db/schema';
import type { Actor, Instant, OrderId, OrderLineId, ShopScope, SubOrderId } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';
import { pendingRescueStates } from './rescue/rescue-policy';

export type SubOrderRow = typeof subOrders.$inferSelect;

/** A sub-order locked together with its order: the parts of one order change one after another, never past each other. */
export type LockedSubOrder = SubOrderRow & {
  readonly isReplayed: boolean;
  readonly shopperName: string;
  readonly orderNumber: string;
  readonly rescueWish: RescueWish;
  readonly isPaid: boolean;
};

/** Offered to the shop that hands it over, while its units are asked of another that would carry them: that shop's answer is the one awaited. */
export function awaitsCarry({ state, acceptBy }: Pick<SubOrderRow, 'state' | 'acceptBy'>): boolean {
  return state === 'offered' && acceptBy === null;
}

/** What a part is kept with whose units another shop did not send. */
export const NOT_CARRIED = 'not-carried';

/** In SQL: its shop is to answer; not what another one is asked to carry there. */
export const isToAnswer = sql`(${subOrders.state} = 'offered' and ${subOrders.acceptBy} is not null)`;

/** In SQL: its shop said no, or nothing; not what another one did not carry there. */
export const isDeclined = sql`(${subOrders.state} in ('refused', 'unanswered') and ${subOrders.refusalReason} is distinct from ${NOT_CARRIED})`;

function locked(from: Tx | Database, where: ReturnType<typeof and>) {
  return from
    .select({
      subOrder: subOrders,
      isReplayed: orders.isReplayed,
      shopperName: orders.shopperName,
      orderNumber: orders.number,
      rescueWish: orders.rescueWish,
      isPaid: sql<boolean>`${orders.paidAt} is not null`,
    })
    .from(orders)
    .innerJoin(subOrders, eq(subOrders.orderId, orders.id))
    .where(where)
    .orderBy(subOrders.id)
    .for('update');
}

const lockParts = fixedSelect((from) => locked(from, eq(subOrders.orderId, sql.placeholder('orderId'))));

async function lock(tx: Tx, where: ReturnType<typeof and>): Promise<readonly LockedSubOrder[]> {
  return flat(await locked(tx, where));
}

function flat(rows: Awaited<ReturnType<typeof lockParts>>): readonly LockedSubOrder[] {
  return rows.map(({ subOrder, ...order }) => ({ ...subOrder, ...order }));
}

/** The sub-order when it is this shop's; another's does not exist for the caller. */
export async function lockForShop(tx: Tx, { shopId }: ShopScope, subOrderId: SubOrderId): Promise<LockedSubOrder | undefined> {
  return (await lock(tx, and(eq(subOrders.id, subOrderId), eq(subOrders.shopId, shopId))))[0];
}

/** The sub-order when it belongs to the order whose link the caller holds. */
export async function lockForOrder(tx: Tx, orderId: OrderId, subOrderId: SubOrderId): Promise<LockedSubOrder | undefined> {
  return (await lock(tx, and(eq(subOrders.id, subOrderId), eq(subOrders.orderId, orderId))))[0];
}

export async function lockForSystem(tx: Tx, subOrderId: SubOrderId): Promise<LockedSubOrder | undefined> {
  return (await lock(tx, eq(subOrders.id, subOrderId)))[0];
}

export async function lockAllOfOrder(tx: Tx, orderId: OrderId): Promise<readonly LockedSubOrder[]> {
  return flat(await lockParts(tx, { orderId }));
}

export async function listLines(tx: Tx, subOrderIds: readonly SubOrderId[]) {
  if (subOrderIds.length === 0) return [];
  return tx
    .select()
    .from(orderLines)
    .where(inArray(orderLines.subOrderId, [...subOrderIds]))
    .orderBy(orderLines.id);
}

export async function listLineIds(tx: Tx, subOrderIds: readonly SubOrderId[]): Promise<readonly OrderLineId[]> {
  return (await listLines(tx, subOrderIds)).map((line) => line.id);
}

/** Who brought it to where it stands, and when: what a second hand is told. */
export async function findLastChange(
  tx: Tx,
  subOrderId: SubOrderId,
): Promise<{ readonly by: Actor['kind']; readonly at: Instant } | undefined> {
  const [last] = await tx
    .select({ by: subOrderEvents.actorKind, at: subOrderEvents.occurredAt })
    .from(subOrderEvents)
    .where(eq(subOrderEvents.subOrderId, subOrderId))
    .orderBy(desc(subOrderEvents.occurredAt), desc(subOrderEvents.id))
    .limit(1);
  return last;
}

/** How much of the order is open: parts that wait for payment or their shop's answer, units that look for another shop. */
export async function countOpen(tx: Tx, orderId: OrderId): Promise<number> {
  const [row] = await tx
    .select({
      count: sql<number>`count(*)::int + (select count(*)::int from ${rescues}
        where ${rescues.orderId} = ${orderId} and ${inArray(rescues.state, [...pendingRescueStates])})`,
    })
    .from(subOrders)
    .where(and(eq(subOrders.orderId, orderId), inArray(subOrders.state, ['placed', 'offered'])));
  return row?.count ?? 0;
}

/** The order's payment while money is held and not yet taken. */
export async function findHeldPayment(tx: Tx, orderId: OrderId) {
  const [row] = await tx
    .select({ id: payments.id })
    .from(payments)
    .where(and(eq(payments.orderId, orderId), eq(payments.state, 'authorised')));
  return row?.id;
}
