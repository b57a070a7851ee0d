import type { SQL } from 'drizzle-orm';
import { and, eq, sql } from 'drizzle-orm';
import { orders, subOrderEvents, subOrders } from '@/db/schema';
import type { Actor, DomainEvent, Instant, OrderId, Result, ShopId, SubOrderId } from '@/lib/kernel';
import { dateOf, err, invariant } from '@/lib/kernel';
import type { SubOrderEvent, SubOrderState } from '@/lib/oms';
import { transition } from '@/lib/oms';
import type { Ids } from '@/lib/platform/ids';
import { appendEvents } from '@/lib/platform/outbox';
import type { Tx } from '@/lib/platform/transaction';
import { planned } from '@/lib/platform/transaction';
import type { LockedSubOrder, SubOrderRow } from './sub-order-repository';
import { countOpen, findHeldPayment, findLastChange } from './sub-order-repository';

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
 * Offers every part of a paid order to its shop, each with its deadline, and marks the order paid: one statement for all of them, and for
 * what else is written `alongside`. The rows must be locked by the caller, and each must be waiting to be offered. The events are told in the same
 * journey: nothing of them waits for an answer.
 */
export async function offerAll(
  tx: Tx,
  orderId: OrderId,
  parts: readonly { readonly part: AdvancingSubOrder; readonly acceptBy: Instant }[],
  { alongside, tell, ...by }: ChangedBy & { readonly alongside: SQL; readonly tell: (events: readonly DomainEvent[]) => Promise<void> },
): Promise<void> {
  const rows = parts.map(({ part, acceptBy }) => {
    const next = transition(part.state, 'offer');
    invariant(next.ok, 'what is offered waited for it');
    const detail = { acceptBy };
    return {
      id: part.id,
      event_id: by.ids.make('event'),
      from_state: part.state,
      to_state: next.value,
      at: dateOf(acceptBy).toISOString(),
      detail,
    };
  });
  const now = sql`${dateOf(by.now).toISOString()}::timestamptz`;
  const events = parts.map(({ part }, index): DomainEvent => ({
    name: 'SubOrderChanged',
    subject: part.id,
    facts: { orderId, shopId: part.shopId, event: 'offer', to: rows[index]?.to_state ?? 'offered' },
  }));
  const changing = tx.execute<{ changed: number }>(sql`${planned} with change as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(id text, event_id text, from_state text, to_state text, at timestamptz, detail jsonb)
    ), changed as (
      update ${subOrders} part set state = change.to_state, accept_by = change.at, state_changed_at = ${now}
      from change where part.id = change.id and part.state = change.from_state returning part.id
    ), told as (
      insert into ${subOrderEvents} (id, sub_order_id, event, from_state, to_state, actor_kind, actor_id, detail, occurred_at)
      select event_id, id, 'offer', from_state, to_state, ${by.actor.kind}::text, ${by.actor.id ?? null}::text, detail, ${now} from change
    ), paid as (update ${orders} set paid_at = ${now} where id = ${orderId}), alongside as (${alongside})
    select count(*)::int as changed from changed`);
  const [[row]] = await Promise.all([changing, tell(events)]);
  invariant(row?.changed === parts.length, 'the parts are locked while they change');
}

/**
 * After an answer, a time-out, a cancellation or the end of a rescue: when nothing of the order is open any more, what was accepted is to
 * be taken, once (architecture §5). The order's row is locked, so of two shops answering together the second one sees the first.
 */
export async function noteSettled(tx: Tx, orderId: OrderId, by: ChangedBy): Promise<void> {
  if ((await countOpen(tx, orderId)) > 0) return;
  const paymentId = await findHeldPayment(tx, orderId);
  if (paymentId === undefined) return;
  await appendEvents(tx, [{ name: 'CaptureDue', subject: paymentId, facts: { orderId } }], by);
}

/** The same, where only the answer to an offer can have settled something. */
export async function noteAnswer(tx: Tx, subOrder: LockedSubOrder, by: ChangedBy): Promise<void> {
  if (subOrder.state === 'offered') await noteSettled(tx, subOrder.orderId, by);
}
