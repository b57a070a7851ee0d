import { eventsOf, fulfil, recordFact, release } from '@/lib/inventory';
import type { PersonId, Result } from '@/lib/kernel';
import type { SubOrderState } from '@/lib/oms';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import type { ChangedBy, TransitionNotAllowed } from './advance-sub-order';
import { advanceSubOrder } from './advance-sub-order';
import type { LockedSubOrder } from './sub-order-repository';
import { listLineIds, listLines } from './sub-order-repository';

type Outcome = Promise<Result<SubOrderState, TransitionNotAllowed>>;
type Detail = Readonly<Record<string, unknown>>;

/**
 * The goods leave the shop, over the counter or with whoever carries them: the shelf record goes down by what was really in the bag. The
 * row must be locked by the caller, who says on whose behalf. Errors: `transition-not-allowed`; nothing is written then.
 */
export async function leaveShop(
  tx: Tx,
  subOrder: LockedSubOrder,
  { event, detail, by }: { readonly event: 'hand-over' | 'despatch'; readonly detail: Detail; readonly by: ChangedBy },
  ports: Ports,
): Outcome {
  const gone = await advanceSubOrder(tx, subOrder, { event, detail }, by);
  if (!gone.ok) return gone;
  const left = await fulfil(tx, await listLineIds(tx, [subOrder.id]), event === 'hand-over' ? 'handed-over' : 'despatched', ports);
  await appendEvents(tx, eventsOf(left), by);
  return gone;
}

/** What was carried reached the shopper. The row must be locked by the caller. Errors: `transition-not-allowed`. */
export async function arrive(
  tx: Tx,
  subOrder: LockedSubOrder,
  { detail, by }: { readonly detail: Detail; readonly by: ChangedBy },
): Outcome {
  return advanceSubOrder(tx, subOrder, { event: 'deliver', detail }, by);
}

/**
 * Nobody took it: the goods are the shop's again, and what was paid is due back. What had left is counted back onto the shelf; what waited
 * at the counter never left it. The row must be locked by the caller. Errors: `transition-not-allowed`.
 */
export async function comeBack(
  tx: Tx,
  subOrder: LockedSubOrder,
  { by, hand, detail }: { readonly by: ChangedBy; readonly hand: PersonId | undefined; readonly detail?: Detail },
  ports: Ports,
): Outcome {
  const ended = await advanceSubOrder(tx, subOrder, { event: 'give-up', ...(detail ? { detail } : {}) }, by);
  if (!ended.ok) return ended;
  const lines = await listLines(tx, [subOrder.id]);
  await release(
    tx,
    lines.map((line) => line.id),
  );
  for (const line of subOrder.state === 'despatched' ? lines : []) {
    const units = Math.min(line.pickedQuantity ?? line.quantity, line.quantity - line.refusedQuantity);
    if (units === 0) continue;
    const fact = { offerId: line.offerId, locationId: line.locationId, kind: 'change', quantity: units, reason: 'returned' } as const;
    await recordFact(
      tx,
      { shopId: subOrder.shopId, personId: hand },
      { ...fact, sourceKey: `came-back:${line.id}`, occurredAt: by.now },
      ports,
    );
  }
  return ended;
}
