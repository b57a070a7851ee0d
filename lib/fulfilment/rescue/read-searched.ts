import { and, eq, inArray } from 'drizzle-orm';
import { listings, offers, orderLines, orders, subOrders, variants } from '@/db/schema';
import type { OrderId, Position, ShopId } from '@/lib/kernel';
import { shopperStep } from '@/lib/oms';
import type { Tx } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { listCarriedFor } from '@/lib/shelves';
import { shopsAccepting } from '@/lib/wallet';
import type { LockedSubOrder } from '../sub-order-repository';
import type { Searched, SearchedPart } from './pose-rescue';
import type { RescueRow } from './rescue-repository';
import { listOffersOf } from './rescue-repository';

/** Searched units grouped by the part that fell short, with what the engine needs to know of them. */
export async function readSearched(
  tx: Tx,
  {
    orderId,
    parts,
    book,
    rescues,
  }: {
    readonly orderId: OrderId;
    readonly parts: readonly LockedSubOrder[];
    readonly book: ShopBook;
    readonly rescues: readonly RescueRow[];
  },
): Promise<readonly SearchedPart[]> {
  if (rescues.length === 0) return [];
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId));
  const lines = await readLines(tx, rescues);
  const payable = await shopsAccepting(
    tx,
    rescues.map((rescue) => rescue.lineId),
  );
  const offered = await listOffersOf(
    tx,
    rescues.map((rescue) => rescue.id),
  );
  // Who did not carry it sells it no more than it sent it (ADR 0211).
  const unsent = (
    await listCarriedFor(
      tx,
      offered.map(({ subOrderId }) => subOrderId),
    )
  ).filter(({ state }) => state === 'declined' || state === 'cancelled');
  const committed = new Set(parts.filter((part) => shopperStep(part.state) !== 'ended').map((part) => part.shopId));
  const home = order && homeOf(order);
  return parts.flatMap((subOrder): readonly SearchedPart[] => {
    const searched = rescues
      .filter((rescue) => rescue.subOrderId === subOrder.id)
      .flatMap((rescue): readonly Searched[] => {
        const row = lines.find(({ line }) => line.id === rescue.lineId);
        const asked = offered.filter((offer) => offer.rescueId === rescue.id);
        const carriers = unsent.filter((carry) => asked.some(({ subOrderId }) => subOrderId === carry.subOrderId));
        const tried = [...asked.map(({ shopId }) => shopId), ...carriers.map(({ fromShopId }) => fromShopId)];
        return row ? [{ rescue, ...row, tried: triedShops(subOrder, tried, rescue), payableAt: payable.get(rescue.lineId) }] : [];
      });
    return searched.length === 0
      ? []
      : [{ subOrder, searched, place: placeOf(subOrder, home, book), address: order?.addressLabel ?? undefined, committed }];
  });
}

function homeOf({ addressLatitude: latitude, addressLongitude: longitude }: typeof orders.$inferSelect): Position | undefined {
  return latitude === null || longitude === null ? undefined : { latitude, longitude };
}

/** A shop that has it again after a while may serve what is waited for; otherwise nobody is asked twice. */
function triedShops(subOrder: LockedSubOrder, tried: readonly ShopId[], rescue: RescueRow): ReadonlySet<ShopId> {
  return rescue.state === 'waiting' ? new Set() : new Set([subOrder.shopId, ...tried]);
}

function placeOf(subOrder: LockedSubOrder, home: Position | undefined, book: ShopBook): Position | undefined {
  return subOrder.method === 'pickup' ? book.get(subOrder.shopId)?.at : home;
}

async function readLines(tx: Tx, rescues: readonly RescueRow[]) {
  return tx
    .select({ line: orderLines, condition: offers.condition, weightGrams: variants.weightGrams, volumeCm3: variants.volumeCm3 })
    .from(orderLines)
    .innerJoin(offers, eq(offers.id, orderLines.offerId))
    .innerJoin(listings, eq(listings.id, orderLines.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(subOrders, and(eq(subOrders.id, orderLines.subOrderId)))
    .where(
      inArray(
        orderLines.id,
        rescues.map((rescue) => rescue.lineId),
      ),
    );
}
