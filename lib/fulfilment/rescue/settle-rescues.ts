import { release } from '@/lib/inventory';
import type { OrderId, RescueId, SubOrderId } from '@/lib/kernel';
import { appendEvents } from '@/lib/platform/outbox';
import type { Tx } from '@/lib/platform/transaction';
import type { ChangedBy } from '../advance-sub-order';
import { advanceSubOrder, noteSettled } from '../advance-sub-order';
import type { LockedSubOrder } from '../sub-order-repository';
import { listLineIds, lockAllOfOrder } from '../sub-order-repository';
import { refundRescue } from './decide-rescue';
import { passVouchers } from './pass-vouchers';
import { listOffersOf, listPending, listRescuesServedBy, updateRescue } from './rescue-repository';

/**
 * A shop took on what another could not serve: the rescue is over. Where several were asked, the others are let go in the same
 * transaction: the order's row is locked, so of two that accept together one is first and the other is told.
 */
export async function settleAccepted(tx: Tx, subOrder: LockedSubOrder, by: ChangedBy): Promise<void> {
  const rescued = (await listRescuesServedBy(tx, subOrder.id)).filter(({ state }) => state === 'offered');
  await passVouchers(tx, subOrder, rescued);
  for (const rescue of rescued) await updateRescue(tx, rescue.id, { state: 'rescued', decidedAt: by.now });
  const others = await letOthersGo(tx, subOrder, { rescues: rescued.map(({ id }) => id), by });
  if (others === 0) return;
  const facts = { orderId: subOrder.orderId, shopId: subOrder.shopId };
  await appendEvents(tx, [{ name: 'RescueRouted', subject: subOrder.id, facts }], by);
}

/** The shopper does not want it from another shop: the free way out of a re-route. */
export async function settleCancelled(tx: Tx, subOrder: LockedSubOrder, by: ChangedBy): Promise<void> {
  const given = (await listRescuesServedBy(tx, subOrder.id)).filter(({ state }) => state === 'offered');
  for (const rescue of given) await updateRescue(tx, rescue.id, { state: 'refunded', decidedAt: by.now });
  await letOthersGo(tx, subOrder, { rescues: given.map(({ id }) => id), by });
}

/** What a part that another shop's acceptance ended is kept with. */
export const ANOTHER_WAS_FIRST = 'another-was-first';

async function letOthersGo(
  tx: Tx,
  subOrder: LockedSubOrder,
  { rescues, by }: { readonly rescues: readonly RescueId[]; readonly by: ChangedBy },
): Promise<number> {
  const asked = (await listOffersOf(tx, rescues)).filter((offer) => offer.subOrderId !== subOrder.id && offer.isOpen);
  const ids = new Set<SubOrderId>(asked.map((offer) => offer.subOrderId));
  for (const part of (await lockAllOfOrder(tx, subOrder.orderId)).filter(({ id }) => ids.has(id))) {
    const set = { refusalReason: ANOTHER_WAS_FIRST };
    const gone = await advanceSubOrder(
      tx,
      part,
      { event: 'cancel', set, detail: { reason: ANOTHER_WAS_FIRST } },
      { ...by, actor: { kind: 'system', id: undefined } },
    );
    if (gone.ok) await release(tx, await listLineIds(tx, [part.id]));
  }
  return ids.size;
}

/** Ends every undecided rescue of the order, or of some of its parts, with the refund: withdrawn from, or the held money would lapse. */
export async function refundPending(tx: Tx, orderId: OrderId, by: ChangedBy, only?: ReadonlySet<SubOrderId>): Promise<number> {
  const parts = await lockAllOfOrder(tx, orderId);
  const ending = (await listPending(tx, orderId)).filter(
    ({ state, subOrderId }) => state !== 'offered' && (only === undefined || only.has(subOrderId)),
  );
  for (const rescue of ending) await refundRescue(tx, { rescue, parts }, by);
  if (ending.length > 0) await noteSettled(tx, orderId, by);
  return ending.length;
}
