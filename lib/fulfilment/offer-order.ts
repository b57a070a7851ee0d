import { eq } from 'drizzle-orm';
import { orders } from '@/db/schema';
import type { Instant, Interval, OrderId, Result } from '@/lib/kernel';
import { MINUTE, err, ok, plusMs } from '@/lib/kernel';
import { allocate } from '@/lib/inventory';
import { acceptBy, transition } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { loadShopBook } from '@/lib/shops';
import { advanceSubOrder } from './advance-sub-order';
import { listLineIds, lockAllOfOrder } from './sub-order-repository';

export type OfferRefusal = { readonly kind: 'goods-gone' } | { readonly kind: 'order-over' };

/**
 * The money is held: the order's units become firm and each part is offered to its shop, with a deadline in the shop's opening minutes.
 * All parts or none. Units whose hold ran out are claimed again.
 * Errors: `goods-gone` when they cannot be, `order-over` when a part has ended; nothing is changed then.
 */
export async function offerOrder(tx: Tx, orderId: OrderId, ports: Ports): Promise<Result<void, OfferRefusal>> {
  const now = ports.clock.now();
  const parts = await lockAllOfOrder(tx, orderId);
  if (parts.length === 0 || parts.some((part) => !transition(part.state, 'offer').ok)) return err({ kind: 'order-over' });

  const allocated = await allocate(
    tx,
    await listLineIds(
      tx,
      parts.map((part) => part.id),
    ),
    ports,
  );
  if (!allocated.ok) return err({ kind: 'goods-gone' });

  const book = await loadShopBook(now, tx);
  for (const part of parts) {
    const shop = book.get(part.shopId);
    const deadline = answerBy(shop?.openings ?? [], now, shop?.acceptanceMinutes ?? 60);
    const by = { actor: { kind: 'system', id: undefined }, now, ids: ports.ids, quietly: part.isReplayed } as const;
    await advanceSubOrder(tx, part, { event: 'offer', set: { acceptBy: deadline }, detail: { acceptBy: deadline } }, by);
  }
  await tx.update(orders).set({ paidAt: now }).where(eq(orders.id, orderId));
  return ok(undefined);
}

/** A shop whose opening is not known in the coming two weeks is given plain minutes: an order may not wait for ever. */
function answerBy(openings: readonly Interval[], now: Instant, minutes: number): Instant {
  const deadline = acceptBy(openings, now, minutes);
  return deadline.ok ? deadline.value : plusMs(now, minutes * MINUTE);
}
