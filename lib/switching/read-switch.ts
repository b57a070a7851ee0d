import { and, eq } from 'drizzle-orm';
import { listings, offers, orderLines, orders, subOrders, variants } from '@/db/schema';
import { listOwed, servedQuantity } from '@/lib/fulfilment';
import type { Instant, OrderScope, SubOrderId } from '@/lib/kernel';
import { quantity } from '@/lib/kernel';
import { maySwitch } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import { loadShopBook } from '@/lib/shops';
import { loadSettings, readRescueCandidates } from '@/lib/sourcing';
import type { SwitchFacts, SwitchedLine } from './pose-switch';

export type Address = NonNullable<SwitchFacts['address']>;

export type FoundSwitch = SwitchFacts & {
  readonly order: typeof orders.$inferSelect;
  readonly subOrder: typeof subOrders.$inferSelect;
  /** Before the first pick, paid before, and no re-route of its own. */
  readonly isOpen: boolean;
};

/** A part of the order whose link the caller holds, with today's market for its lines; undefined when it is another's. */
export async function readSwitch(
  from: Reader,
  { orderId }: OrderScope,
  { subOrderId, address, now }: { readonly subOrderId: SubOrderId; readonly address: Address | undefined; readonly now: Instant },
): Promise<FoundSwitch | undefined> {
  const rows = await from
    .select({
      order: orders,
      subOrder: subOrders,
      line: orderLines,
      condition: offers.condition,
      weightGrams: variants.weightGrams,
      volumeCm3: variants.volumeCm3,
    })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .innerJoin(orderLines, eq(orderLines.subOrderId, subOrders.id))
    .innerJoin(offers, eq(offers.id, orderLines.offerId))
    .innerJoin(listings, eq(listings.id, orderLines.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .where(and(eq(subOrders.id, subOrderId), eq(subOrders.orderId, orderId)))
    .orderBy(orderLines.id);
  const [first] = rows;
  if (!first) return undefined;
  const { order, subOrder } = first;
  const lines = rows.flatMap(({ line, condition, weightGrams, volumeCm3 }): readonly SwitchedLine[] => {
    const units = quantity(servedQuantity(line));
    return units > 0 ? [{ line, units, condition, weightGrams, volumeCm3 }] : [];
  });
  const listingIds = [...new Set(lines.map(({ line }) => line.listingId))];
  const [candidates, book, settings, owed] = await Promise.all([
    readRescueCandidates(from, listingIds, now),
    loadShopBook(now, from),
    loadSettings(now, from),
    listOwed(from, orderId),
  ]);
  const share = owed.find((one) => one.subOrderId === subOrderId);
  const isPlain =
    subOrder.rescueMinor === 0 &&
    subOrder.tenderedMinor === 0 &&
    (share?.heldMinor ?? 0) === 0 &&
    lines.every(({ line }) => line.rescueId === null);
  return {
    order,
    subOrder,
    isOpen:
      order.paidAt !== null &&
      !subOrder.isSetAside &&
      subOrder.state !== 'placed' &&
      maySwitch(subOrder.state) &&
      isPlain &&
      !order.isReplayed,
    part: { id: subOrder.id, shopId: subOrder.shopId, state: subOrder.state, paidMinor: share?.owedMinor || subOrder.totalMinor },
    lines,
    candidates,
    book,
    settings,
    address: address ?? addressOf(order),
  };
}

function addressOf({ addressLabel, addressLatitude, addressLongitude }: typeof orders.$inferSelect): Address | undefined {
  if (addressLabel === null || addressLatitude === null || addressLongitude === null) return undefined;
  return { label: addressLabel, latitude: addressLatitude, longitude: addressLongitude };
}
