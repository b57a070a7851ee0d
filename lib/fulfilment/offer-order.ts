import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { DomainEvent, Instant, Interval, OrderId, Result } from '@/lib/kernel';
import { MINUTE, err, ok, plusMs } from '@/lib/kernel';
import { allocate, allocateOrder } from '@/lib/inventory';
import { acceptBy, transition } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withSavepoint } from '@/lib/platform/transaction';
import { loadShopBook, type ShopBook } from '@/lib/shops';
import type { ChangedBy } from './advance-sub-order';
import { offerAll } from './advance-sub-order';
import { endPartsReplacedBy } from './replace-part';
import type { LockedSubOrder } from './sub-order-repository';
import { listLineIds, lockAllOfOrder } from './sub-order-repository';

export type OfferRefusal = { readonly kind: 'goods-gone' } | { readonly kind: 'order-over' };

/**
 * The money is held: the order's units become firm and each part is offered to its shop, with a deadline in the shop's opening minutes.
 * `book` spares reading the shops again; it may be a second old. `parts` are those of the order where they are locked already, `alongside` and what `tell`
 * writes go in the same breath. All parts or none. Units whose hold ran out are claimed again.
 * Errors: `goods-gone` when they cannot be, `order-over` when a part has ended; nothing is changed then.
 */
export async function offerOrder(
  tx: Tx,
  orderId: OrderId,
  ports: Ports,
  { book, alongside, tell, ...given }: Offering,
): Promise<Result<void, OfferRefusal>> {
  const now = ports.clock.now();
  const parts = given.parts ?? (await lockAllOfOrder(tx, orderId));
  if (parts.length === 0 || parts.some((part) => !transition(part.state, 'offer').ok)) return err({ kind: 'order-over' });

  const quietly = parts.some((part) => part.isReplayed);
  const by = { actor: { kind: 'system', id: undefined }, now, ids: ports.ids, quietly } as const;
  const allocated = await allocateAll(tx, { orderId, parts, by }, ports);
  if (!allocated.ok) return allocated;

  const shops = book ?? (await loadShopBook(now, tx, [...new Set(parts.map((part) => part.shopId))]));
  const offered = parts.map((part) => {
    const shop = shops.get(part.shopId);
    return { part, acceptBy: answerBy(shop?.openings ?? [], now, shop?.acceptanceMinutes ?? 60) };
  });
  return ok(await offerAll(tx, orderId, offered, { ...by, tell, alongside: alongside ?? sql`select 1` }));
}

type Offering = {
  readonly book: ShopBook | undefined;
  readonly parts?: readonly LockedSubOrder[] | undefined;
  readonly alongside?: SQL;
  readonly tell: (events: readonly DomainEvent[]) => Promise<void>;
};

type Claiming = { readonly orderId: OrderId; readonly parts: readonly LockedSubOrder[]; readonly by: ChangedBy };

/** The order's units become firm; parts of other orders that it takes the place of end first, or nothing does. */
async function allocateAll(tx: Tx, { orderId, parts, by }: Claiming, ports: Ports): Promise<Result<void, OfferRefusal>> {
  if (parts.every((part) => part.replacesId === null)) {
    const allocated = await allocateOrder(tx, orderId, ports);
    return allocated.ok ? ok(undefined) : err({ kind: 'goods-gone' });
  }
  return withSavepoint(tx, async (inner): Promise<Result<void, OfferRefusal>> => {
    const ended = await endPartsReplacedBy(inner, parts, by);
    if (!ended.ok) return err({ kind: 'order-over' });
    const lineIds = await listLineIds(
      inner,
      parts.map((part) => part.id),
    );
    const allocated = await allocate(inner, lineIds, ports, 'taken-order');
    return allocated.ok ? ok(undefined) : err({ kind: 'goods-gone' });
  });
}

/** A shop whose opening is not known in the coming two weeks is given plain minutes: an order may not wait for ever. */
export function answerBy(openings: readonly Interval[], now: Instant, minutes: number): Instant {
  const deadline = acceptBy(openings, now, minutes);
  return deadline.ok ? deadline.value : plusMs(now, minutes * MINUTE);
}
