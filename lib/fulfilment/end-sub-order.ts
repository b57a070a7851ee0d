import { and, asc, desc, eq, gt, lte } from 'drizzle-orm';
import { shopClosures, subOrders } from '@/db/schema';
import type { Instant, OrderId, OrderScope, Result, ShopId, ShopScope, SubOrderId } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { release } from '@/lib/inventory';
import type { SubOrderState } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { loadShopBook, pauseSilentShop } from '@/lib/shops';
import type { TransitionNotAllowed } from './advance-sub-order';
import { advanceSubOrder, noteAnswer } from './advance-sub-order';
import type { Answered, SubOrderNotFound } from './answer-sub-order';
import { byShop } from './answer-sub-order';
import { comeBack } from './on-the-road';
import { servedQuantity } from './owed';
import { openRescues } from './rescue/open-rescues';
import { refundPending, settleCancelled } from './rescue/settle-rescues';
import {
  awaitsCarry,
  listLineIds,
  listLines,
  lockAllOfOrder,
  lockForOrder,
  lockForShop,
  lockForSystem,
  NOT_CARRIED,
} from './sub-order-repository';

export type CancelRefusal = SubOrderNotFound | TransitionNotAllowed | { readonly kind: 'already-picked'; readonly state: SubOrderState };

const beforePicking: readonly SubOrderState[] = ['placed', 'offered', 'accepted'];

/** The shopper gives up one part before anybody began to pick it. Its units are free, its money is not taken or comes back. */
export async function cancelByShopper(
  scope: OrderScope,
  subOrderId: SubOrderId,
  ports: Ports = systemPorts,
): Promise<Result<Answered, CancelRefusal>> {
  return observed({ useCase: 'cancel-by-shopper', actor: scope.kind, ids: { orderId: scope.orderId, subOrderId } }, () =>
    withTransaction(async (tx): Promise<Result<Answered, CancelRefusal>> => {
      const subOrder = await lockForOrder(tx, scope.orderId, subOrderId);
      if (!subOrder) return err({ kind: 'sub-order-not-found' });
      const { number, state } = subOrder;
      if (state === 'cancelled') return ok({ subOrderId, number, state });
      if (state === 'preparing' || state === 'ready') return err({ kind: 'already-picked', state });
      const by = {
        actor: { kind: 'shopper', id: undefined },
        now: ports.clock.now(),
        ids: ports.ids,
        quietly: subOrder.isReplayed,
      } as const;
      const cancelled = await advanceSubOrder(tx, subOrder, { event: 'cancel' }, by);
      if (!cancelled.ok) return cancelled;
      await release(tx, await listLineIds(tx, [subOrderId]));
      await settleCancelled(tx, subOrder, by);
      await noteAnswer(tx, subOrder, by);
      return ok({ subOrderId, number, state: cancelled.value });
    }),
  );
}

/** May the shopper still give it up? */
export function canBeCancelled(state: SubOrderState): boolean {
  return beforePicking.includes(state) && state !== 'placed';
}

/** Nobody came for it in time, or it came back from the road: the goods are the shop's again and the money goes back. */
export async function markUncollected(
  scope: ShopScope,
  subOrderId: SubOrderId,
  ports: Ports = systemPorts,
): Promise<Result<Answered, SubOrderNotFound | TransitionNotAllowed>> {
  return observed({ useCase: 'mark-uncollected', actor: scope.kind, ids: { shopId: scope.shopId, subOrderId } }, () =>
    withTransaction(async (tx): Promise<Result<Answered, SubOrderNotFound | TransitionNotAllowed>> => {
      const subOrder = await lockForShop(tx, scope, subOrderId);
      if (!subOrder) return err({ kind: 'sub-order-not-found' });
      const { number, state } = subOrder;
      if (state === 'uncollected') return ok({ subOrderId, number, state });
      const by = byShop(scope, subOrder, ports);
      const ended = await comeBack(tx, subOrder, { by, hand: scope.personId }, ports);
      return ended.ok ? ok({ subOrderId, number, state: ended.value }) : ended;
    }),
  );
}

const BATCH = 200;

/** Ends what shops did not answer in their opening minutes. Returns how many ended; any number of workers may do it at once. */
export async function timeOutUnanswered(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  const due = await reader()
    .select({ id: subOrders.id })
    .from(subOrders)
    .where(and(eq(subOrders.state, 'offered'), lte(subOrders.acceptBy, now)))
    .orderBy(asc(subOrders.acceptBy))
    .limit(BATCH);
  return timeOutEach(
    due.map((row) => row.id),
    { dueAt: now, cause: 'unanswered' },
    ports,
  );
}

/** Ends what a shop that has closed was asked and has not answered: it will not before it is too late. Returns how many ended. */
export async function timeOutClosedShop(shopId: ShopId, ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  const [closure] = await reader()
    .select({ until: shopClosures.closedTo })
    .from(shopClosures)
    .where(and(eq(shopClosures.shopId, shopId), lte(shopClosures.closedFrom, now), gt(shopClosures.closedTo, now)))
    .orderBy(desc(shopClosures.closedTo))
    .limit(1);
  if (!closure) return 0;
  const waiting = await reader()
    .select({ id: subOrders.id })
    .from(subOrders)
    .where(and(eq(subOrders.shopId, shopId), eq(subOrders.state, 'offered'), lte(subOrders.promisedFrom, closure.until)));
  return timeOutEach(
    waiting.map((row) => row.id),
    { dueAt: undefined, cause: 'closed' },
    ports,
  );
}

/** Ends whatever of one order still waits for an answer or a decision, whatever its deadline: the held money would lapse first. */
export async function timeOutOrder(orderId: OrderId, ports: Ports = systemPorts): Promise<number> {
  const waiting = await reader()
    .select({ id: subOrders.id })
    .from(subOrders)
    .where(and(eq(subOrders.orderId, orderId), eq(subOrders.state, 'offered')));
  const ended = await timeOutEach(
    waiting.map((row) => row.id),
    { dueAt: undefined, cause: 'unanswered' },
    ports,
  );
  const given = await withTransaction(async (tx) => {
    const [part] = await lockAllOfOrder(tx, orderId);
    const by = {
      actor: { kind: 'system', id: undefined },
      now: ports.clock.now(),
      ids: ports.ids,
      quietly: part?.isReplayed ?? false,
    } as const;
    return ok(await refundPending(tx, orderId, by));
  });
  return ended + (given.ok ? given.value : 0);
}

async function pauseSilent(tx: Tx, shopId: ShopId, now: Instant): Promise<void> {
  const shop = (await loadShopBook(now, tx, [shopId])).get(shopId);
  if (shop) await pauseSilentShop(tx, shop, now);
}

type Ending = { readonly dueAt: Instant | undefined; readonly cause: 'unanswered' | 'closed' };

async function timeOutEach(ids: readonly SubOrderId[], ending: Ending, ports: Ports): Promise<number> {
  const { dueAt } = ending;
  let ended = 0;
  for (const id of ids) {
    const outcome = await withTransaction(async (tx): Promise<Result<void, SubOrderNotFound | TransitionNotAllowed>> => {
      const subOrder = await lockForSystem(tx, id);
      const isDue = subOrder?.state === 'offered' && (dueAt === undefined || (subOrder.acceptBy !== null && subOrder.acceptBy <= dueAt));
      if (!subOrder || !isDue) return err({ kind: 'sub-order-not-found' });
      const by = {
        actor: { kind: 'system', id: undefined },
        now: ports.clock.now(),
        ids: ports.ids,
        quietly: subOrder.isReplayed,
      } as const;
      // Another shop was asked for its units: it is that one's silence, and nothing its own shop is told of or paused for.
      const isCarried = awaitsCarry(subOrder);
      const set = isCarried ? { refusalReason: NOT_CARRIED } : {};
      const timedOut = await advanceSubOrder(tx, subOrder, { event: 'time-out', set }, by);
      if (!timedOut.ok) return timedOut;
      const lines = await listLines(tx, [id]);
      await release(
        tx,
        lines.map((line) => line.id),
      );
      const lost = lines.map((line) => ({ line, units: servedQuantity(line) }));
      await openRescues(tx, { subOrder, lost, cause: ending.cause, isWhole: true }, by);
      if (ending.cause === 'unanswered' && !subOrder.isReplayed && !isCarried) await pauseSilent(tx, subOrder.shopId, by.now);
      await noteAnswer(tx, subOrder, by);
      return ok(undefined);
    });
    if (outcome.ok) ended += 1;
  }
  return ended;
}
