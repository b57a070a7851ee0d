import { eq } from 'drizzle-orm';
import { orderLines, orders, subOrderEvents, subOrders } from '@/db/schema';
import { allocate, release } from '@/lib/inventory';
import type { Instant, OrderId, Position, Result, SubOrderId } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { maySwitch } from '@/lib/oms';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import type { ChangedBy, TransitionNotAllowed } from './advance-sub-order';
import { advanceSubOrder, noteSettled } from './advance-sub-order';
import type { LockedSubOrder } from './sub-order-repository';
import { listLineIds, lockForSystem } from './sub-order-repository';

/** What a part that the shopper receives otherwise is kept with: the part that took its place names it. */
export const SWITCHED = 'switched';

export type NewPart = {
  readonly row: typeof subOrders.$inferInsert;
  readonly lines: readonly (typeof orderLines.$inferInsert)[];
  readonly acceptBy: Instant;
  /** Where it is brought, when the order knew no address yet. */
  readonly address: (Position & { readonly label: string }) | undefined;
};

export type ReplaceRefusal = TransitionNotAllowed | { readonly kind: 'already-picked' } | { readonly kind: 'goods-gone' };

/**
 * One part of an order in place of another, which ends: its units are free first, so the last one may change its way. The new part is offered
 * to its shop with a deadline of its own. Errors: the caller rolls back.
 */
export async function replacePart(
  tx: Tx,
  { before, part }: { readonly before: LockedSubOrder; readonly part: NewPart },
  by: ChangedBy,
  ports: Ports,
): Promise<Result<SubOrderId, ReplaceRefusal>> {
  const ended = await endReplaced(tx, before, by);
  if (!ended.ok) return ended;
  const { row, lines, acceptBy, address } = part;
  if (address) {
    const place = { addressLabel: address.label, addressLatitude: address.latitude, addressLongitude: address.longitude };
    await tx.update(orders).set(place).where(eq(orders.id, row.orderId));
  }
  await tx.insert(subOrders).values(row);
  await tx.insert(orderLines).values([...lines]);
  await tx.insert(subOrderEvents).values({
    id: by.ids.make('event'),
    subOrderId: row.id,
    event: 'place',
    toState: 'placed',
    actorKind: by.actor.kind,
    actorId: by.actor.id ?? null,
    occurredAt: by.now,
  });
  const claimed = await allocate(
    tx,
    lines.map((line) => line.id),
    ports,
    'taken-order',
  );
  if (!claimed.ok) return err({ kind: 'goods-gone' });
  const { id, orderId, shopId } = row;
  const advancing = { id, orderId, shopId, state: 'placed', stateChangedAt: by.now } as const;
  const offered = await advanceSubOrder(tx, advancing, { event: 'offer', set: { acceptBy }, detail: { acceptBy } }, by);
  if (!offered.ok) return offered;
  await appendEvents(tx, [{ name: 'PartSwitched', subject: id, facts: { orderId, shopId } }], by);
  return ok(id);
}

/** Ends a part that another takes the place of: its units are free, its money is not taken or comes back. */
async function endReplaced(tx: Tx, before: LockedSubOrder, by: ChangedBy): Promise<Result<void, ReplaceRefusal>> {
  if (!maySwitch(before.state)) return err({ kind: 'already-picked' });
  const ended = await advanceSubOrder(tx, before, { event: 'cancel', set: { refusalReason: SWITCHED }, detail: { reason: SWITCHED } }, by);
  if (!ended.ok) return ended;
  await release(tx, await listLineIds(tx, [before.id]));
  return ok(undefined);
}

/**
 * A paid order takes the place of a part of another: that part ends in the same transaction, before anything is claimed here.
 * Errors: when it was picked or ended meanwhile; the money held here is let go then, and the part stays as it is.
 */
export async function endPartsReplacedBy(tx: Tx, parts: readonly LockedSubOrder[], by: ChangedBy): Promise<Result<void, ReplaceRefusal>> {
  const orderIds = new Set<OrderId>();
  for (const { replacesId } of parts) {
    const before = replacesId === null ? undefined : await lockForSystem(tx, replacesId);
    if (!before) continue;
    const ended = await endReplaced(tx, before, by);
    if (!ended.ok) return ended;
    orderIds.add(before.orderId);
  }
  for (const orderId of orderIds) await noteSettled(tx, orderId, by);
  return ok(undefined);
}
