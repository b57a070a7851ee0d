import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { listings, offers, shops, stockTransfers, subOrders } from '@/db/schema';
import type { StockKey } from '@/lib/inventory';
import type { Instant, Quantity, ShopId, ShopScope, StockTransferId, SubOrderId } from '@/lib/kernel';
import { quantity } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import type { CarriedView } from './views';

/** Units carried from one shop of a network to another for a part of an order. */
export type CarriedUnits = typeof stockTransfers.$inferSelect;
export type NewCarriedUnits = Omit<typeof stockTransfers.$inferInsert, 'state' | 'subOrderId' | 'sendBy'> & {
  readonly subOrderId: SubOrderId;
  readonly sendBy: Instant;
};

/** As part of a rescue's transaction: a shop is asked to send units for an order another shop of its network has promised. */
export async function askToCarry(tx: Tx, rows: readonly NewCarriedUnits[]): Promise<void> {
  if (rows.length > 0) await tx.insert(stockTransfers).values(rows.map((row) => ({ ...row, state: 'requested' as const })));
}

/** What a shop was asked to send, when it is this shop; another's does not exist for the caller. */
export async function findAskedToCarry(
  from: Reader,
  transferId: StockTransferId,
  shopId: ShopId | undefined,
): Promise<(CarriedUnits & { readonly subOrderId: SubOrderId }) | undefined> {
  const own = shopId === undefined ? undefined : eq(stockTransfers.fromShopId, shopId);
  const [row] = await from
    .select()
    .from(stockTransfers)
    .where(and(eq(stockTransfers.id, transferId), own));
  return row?.subOrderId ? { ...row, subOrderId: row.subOrderId } : undefined;
}

/** All that is carried for one part, in the order of its keys. */
export async function listCarriedFor(from: Reader, subOrderIds: readonly SubOrderId[]): Promise<readonly CarriedUnits[]> {
  if (subOrderIds.length === 0) return [];
  return from
    .select()
    .from(stockTransfers)
    .where(inArray(stockTransfers.subOrderId, [...subOrderIds]))
    .orderBy(asc(stockTransfers.id));
}

/** As part of another use-case's transaction: they left, or will not. The order's row is locked by the caller. */
export async function noteCarried(
  tx: Tx,
  transferId: StockTransferId,
  change:
    | { readonly state: 'sent'; readonly units: Quantity; readonly now: Instant }
    | { readonly state: 'declined' | 'cancelled'; readonly now: Instant },
): Promise<void> {
  const { state, now } = change;
  await tx
    .update(stockTransfers)
    .set(state === 'sent' ? { state, sentQuantity: change.units, sentAt: now } : { state, endedAt: now })
    .where(eq(stockTransfers.id, transferId));
}

/** As part of another use-case's transaction: so many units of a shelf the part waits for no more. The order's row is locked by the caller. */
export async function carryFewer(
  tx: Tx,
  subOrderId: SubOrderId,
  { offerId, locationId, units, now }: StockKey & { readonly units: number; readonly now: Instant },
): Promise<void> {
  let left = units;
  for (const { id, state, quantity: asked, fromOfferId, fromLocationId } of await listCarriedFor(tx, [subOrderId])) {
    if (left <= 0 || state !== 'requested' || fromOfferId !== offerId || fromLocationId !== locationId) continue;
    const fewer = Math.min(left, asked);
    left -= fewer;
    if (fewer === asked) await noteCarried(tx, id, { state: 'cancelled', now });
    else
      await tx
        .update(stockTransfers)
        .set({ quantity: quantity(asked - fewer) })
        .where(eq(stockTransfers.id, id));
  }
}

/** What should have left by now and was not said to have; the part it is for waits in vain. */
export async function listOverdueCarried(now: Instant, limit: number): Promise<readonly StockTransferId[]> {
  const rows = await reader()
    .select({ id: stockTransfers.id })
    .from(stockTransfers)
    .innerJoin(subOrders, eq(subOrders.id, stockTransfers.subOrderId))
    .where(and(eq(stockTransfers.state, 'requested'), lte(stockTransfers.sendBy, now)))
    .orderBy(asc(stockTransfers.sendBy))
    .limit(limit);
  return rows.map((row) => row.id);
}

const toShop = alias(shops, 'carried_to');

/** What this shop is asked to send for orders of its network, the most pressing first. */
export async function listAskedToCarry({ shopId }: Pick<ShopScope, 'shopId'>): Promise<readonly CarriedView[]> {
  const rows = await reader()
    .select({
      transfer: stockTransfers,
      title: listings.title,
      merchantSku: offers.merchantSku,
      toShop: toShop.name,
      number: subOrders.number,
    })
    .from(stockTransfers)
    .innerJoin(subOrders, and(eq(subOrders.id, stockTransfers.subOrderId), eq(subOrders.state, 'offered')))
    .innerJoin(offers, eq(offers.id, stockTransfers.fromOfferId))
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(toShop, eq(toShop.id, stockTransfers.toShopId))
    .where(and(eq(stockTransfers.fromShopId, shopId), eq(stockTransfers.state, 'requested')))
    .orderBy(asc(stockTransfers.sendBy), asc(stockTransfers.id));
  return rows.flatMap(({ transfer: { id, fromOfferId: offerId, quantity, sendBy, subOrderId }, ...row }) =>
    sendBy === null || subOrderId === null ? [] : [{ transferId: id, subOrderId, offerId, quantity, sendBy, ...row }],
  );
}
