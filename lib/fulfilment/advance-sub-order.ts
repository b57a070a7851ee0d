import { and, eq } from 'drizzle-orm';
import { subOrderEvents, subOrders } from '@/db/schema';
import type { Actor, Instant, OrderId, Result, ShopId, SubOrderId } from '@/lib/kernel';
import { err, invariant } from '@/lib/kernel';
import type { SubOrderEvent, SubOrderState } from '@/lib/oms';
import { transition } from '@/lib/oms';
import type { Ids } from '@/lib/platform/ids';
import { appendEvents } from '@/lib/platform/outbox';
import type { Tx } from '@/lib/platform/transaction';
import type { LockedSubOrder, SubOrderRow } from './sub-order-repository';
import { countUnanswered, findHeldPayment, findLastChange } from './sub-order-repository';

/** Somebody was first: where the sub-order stands now, who brought it there and when. */
export type TransitionNotAllowed = {
  readonly kind: 'transition-not-allowed';
  readonly event: SubOrderEvent;
  readonly state: SubOrderState;
  readonly by: Actor['kind'];
  readonly since: Instant;
};

export type ChangedBy = {
  readonly actor: Actor;
  readonly now: Instant;
  readonly ids: Ids;
  /** Replayed history: recorded, told to nobody. */
  readonly quietly: boolean;
};

export type SubOrderChange = {
  readonly event: SubOrderEvent;
  /** Facts kept with the event: a reason, a bag. */
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly set?: Partial<Pick<SubOrderRow, 'acceptBy' | 'bag' | 'refusalReason'>>;
};

/** What `advanceSubOrder` needs to know of a sub-order; its row must be locked by the caller. */
export type AdvancingSubOrder = {
  readonly id: SubOrderId;
  readonly orderId: OrderId;
  readonly shopId: ShopId;
  readonly state: SubOrderState;
  readonly stateChangedAt: Instant;
};

/**
 * The only way a sub-order changes state: the engine's table decides, then row, event and `SubOrderChanged` are written together.
 * Errors: `transition-not-allowed`; nothing is written then.
 */
export async function advanceSubOrder(
  tx: Tx,
  subOrder: AdvancingSubOrder,
  change: SubOrderChange,
  by: ChangedBy,
): Promise<Result<SubOrderState, TransitionNotAllowed>> {
  const next = transition(subOrder.state, change.event);
  if (!next.ok) {
    const last = await findLastChange(tx, subOrder.id);
    return err({
      kind: 'transition-not-allowed',
      event: change.event,
      state: subOrder.state,
      by: last?.by ?? 'system',
      since: last?.at ?? subOrder.stateChangedAt,
    });
  }
  const changed = await tx
    .update(subOrders)
    .set({ ...change.set, state: next.value, stateChangedAt: by.now })
    .where(and(eq(subOrders.id, subOrder.id), eq(subOrders.state, subOrder.state)))
    .returning({ id: subOrders.id });
  invariant(changed.length === 1, 'a sub-order is locked while it changes');
  await tx.insert(subOrderEvents).values({
    id: by.ids.make('event'),
    subOrderId: subOrder.id,
    event: change.event,
    fromState: subOrder.state,
    toState: next.value,
    actorKind: by.actor.kind,
    actorId: by.actor.id ?? null,
    detail: change.detail ?? null,
    occurredAt: by.now,
  });
  const { orderId, shopId } = subOrder;
  const facts = { orderId, shopId, event: change.event, to: next.value };
  await appendEvents(tx, [{ name: 'SubOrderChanged', subject: subOrder.id, facts }], by);
  return next;
}

/**
 * After an answer, a time-out or a cancellation: when no part of the order waits for an answer any more, what was accepted is to be
 * taken, once (architecture §5). The order's row is locked, so of two shops answering together the second one sees the first.
 */
export async function noteAnswer(tx: Tx, subOrder: LockedSubOrder, by: ChangedBy): Promise<void> {
  if (subOrder.state !== 'offered') return;
  if ((await countUnanswered(tx, subOrder.orderId)) > 0) return;
  const paymentId = await findHeldPayment(tx, subOrder.orderId);
  if (paymentId === undefined) return;
  await appendEvents(tx, [{ name: 'CaptureDue', subject: paymentId, facts: { orderId: subOrder.orderId } }], by);
}
