import { eq, inArray, sql } from 'drizzle-orm';
import { listings, offers, orderLines, orders, subOrders, variants } from '@/db/schema';
import type { ListingId, OrderId, OrderLineId } from '@/lib/kernel';
import { sumMinor } from '@/lib/kernel';
import type { CommittedPart } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';

/** An order's lines with what they weigh and where they stand; one statement. */
export async function readOrderLines(from: Reader, orderId: OrderId) {
  return from
    .select({
      id: orderLines.id,
      subOrderId: orderLines.subOrderId,
      listingId: orderLines.listingId,
      offerId: orderLines.offerId,
      locationId: orderLines.locationId,
      quantity: orderLines.quantity,
      totalMinor: orderLines.totalMinor,
      deliveryShareMinor: orderLines.deliveryShareMinor,
      salesUnit: orderLines.salesUnit,
      condition: sql<'new' | 'used' | 'refurbished'>`coalesce(${offers.condition}, 'new')`,
      weightGrams: sql<number>`coalesce(${variants.weightGrams}, 0)`.mapWith(Number),
      volumeCm3: sql<number>`coalesce(${variants.volumeCm3}, 0)`.mapWith(Number),
      state: subOrders.state,
      method: subOrders.method,
      promisedFrom: subOrders.promisedFrom,
      promisedTo: subOrders.promisedTo,
      latitude: orders.addressLatitude,
      longitude: orders.addressLongitude,
    })
    .from(orderLines)
    .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .leftJoin(offers, eq(offers.id, orderLines.offerId))
    .leftJoin(listings, eq(listings.id, orderLines.listingId))
    .leftJoin(variants, eq(variants.id, listings.variantId))
    .where(eq(subOrders.orderId, orderId))
    .orderBy(orderLines.id);
}

export type OrderedLine = Awaited<ReturnType<typeof readOrderLines>>[number];

/** A substitute's weight: it may be heavier than what it replaces. */
export async function readListingWeights(from: Reader, listingIds: readonly ListingId[]) {
  if (listingIds.length === 0) return [];
  return from
    .select({
      listingId: listings.id,
      salesUnit: variants.salesUnit,
      weightGrams: variants.weightGrams,
      volumeCm3: variants.volumeCm3,
    })
    .from(listings)
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .where(inArray(listings.id, [...listingIds]));
}

const standing = ['placed', 'offered', 'accepted', 'preparing', 'ready', 'despatched'] as const;
const open = ['offered', 'accepted'] as const;

/** The parts of an order that stand, the lost units left out: one for each place and way. */
export function committedParts(lines: readonly OrderedLine[], lost: ReadonlyMap<OrderLineId, number>): readonly CommittedPart[] {
  const parts = new Map<string, CommittedPart>();
  for (const line of lines) {
    const units = line.quantity - (lost.get(line.id) ?? 0);
    if (units <= 0 || !isIn(standing, line.state)) continue;
    const key = `${line.locationId} ${line.method}`;
    const known = parts.get(key);
    parts.set(key, {
      locationId: line.locationId,
      method: line.method,
      isOpen: isIn(open, line.state) && (known?.isOpen ?? true),
      units: (known?.units ?? 0) + (line.salesUnit === 'each' ? units : 1),
      grams: (known?.grams ?? 0) + Math.ceil(line.weightGrams * units),
      cm3: (known?.cm3 ?? 0) + Math.ceil(line.volumeCm3 * units),
    });
  }
  return [...parts.values()];
}

/** Goods and delivery that were paid for some units of a line. */
export function paidFor(line: OrderedLine, units: number) {
  const whole = line.totalMinor + line.deliveryShareMinor;
  return sumMinor([units === line.quantity ? whole : Math.floor((whole * units) / line.quantity)]);
}

function isIn<T extends string>(list: readonly T[], value: string): value is T {
  return list.some((entry) => entry === value);
}
