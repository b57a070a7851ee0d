import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { listings, offers, shops, stockTransfers, subOrders } from '@/db/schema';
import type { StockKey } from '@/lib/inventory';
import type { Instant, Quantity, ShopId, ShopScope, StockTransferId, SubOrderId } from '@/lib/kernel';
import { dateOf } from '@/lib/kernel';
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

/** Units of a shelf a part waits for no more. Steps. */
export type NoLongerCarried = StockKey & { readonly units: number };

/**
 * As part of another use-case's transaction: of what is asked for a part, so many units of each shelf fewer, what was asked first before the rest; what
 * none is left of is asked for no more. One statement. The order's row is locked by the caller.
 */
export async function carryFewer(
  tx: Tx,
  subOrderId: SubOrderId,
  { gone, now }: { readonly gone: readonly NoLongerCarried[]; readonly now: Instant },
): Promise<void> {
  const rows = gone.map(({ offerId, locationId, units }) => ({ offer_id: offerId, location_id: locationId, units }));
  await tx.execute(sql`with gone as (
      select offer_id, location_id, sum(units) as units
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(offer_id text, location_id text, units int) group by offer_id, location_id
    ), asked as (
      select transfer.id, transfer.quantity,
        gone.units - sum(transfer.quantity) over (partition by gone.offer_id, gone.location_id order by transfer.id) + transfer.quantity as fewer
      from ${stockTransfers} transfer join gone on gone.offer_id = transfer.from_offer_id and gone.location_id = transfer.from_location_id
      where transfer.sub_order_id = ${subOrderId} and transfer.state = 'requested'
    )
    update ${stockTransfers} transfer set
      quantity = case when fewer < asked.quantity then asked.quantity - fewer else asked.quantity end,
      state = case when fewer < asked.quantity then 'requested' else 'cancelled' end,
      ended_at = case when fewer < asked.quantity then null else ${dateOf(now).toISOString()}::timestamptz end
    from asked where transfer.id = asked.id and fewer > 0`);
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
