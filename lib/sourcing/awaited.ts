import { and, eq, gt, inArray } from 'drizzle-orm';
import { expectedDeliveries, offers } from '@/db/schema';
import type { Instant, ListingId, Position, StockLocationId } from '@/lib/kernel';
import { quantity } from '@/lib/kernel';
import type { SourcingLocation, SourcingOffer } from '@/lib/oms';
import { placeAfter } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { sellsAt } from '@/lib/shops';
import type { Candidate } from './candidates';
import { isLocationId } from './places';
import { servicesOf } from './services';
import type { RoutingSettings } from './settings';

/** Deliveries that shops expect of these listings; one statement. */
export async function readExpected(from: Reader, listingIds: readonly ListingId[], now: Instant) {
  if (listingIds.length === 0) return [];
  return from
    .select({
      offerId: offers.id,
      listingId: offers.listingId,
      shopId: expectedDeliveries.shopId,
      locationId: expectedDeliveries.locationId,
      units: expectedDeliveries.quantity,
      expectedAt: expectedDeliveries.expectedAt,
      priceMinor: offers.priceMinor,
      priceSteps: offers.priceSteps,
      condition: offers.condition,
    })
    .from(expectedDeliveries)
    .innerJoin(offers, and(eq(offers.id, expectedDeliveries.offerId), eq(offers.isActive, true)))
    .where(
      and(eq(expectedDeliveries.state, 'expected'), gt(expectedDeliveries.expectedAt, now), inArray(offers.listingId, [...listingIds])),
    )
    .orderBy(expectedDeliveries.id);
}

export type Expected = Awaited<ReturnType<typeof readExpected>>[number];

/** A place as it will be once a delivery came, what it then has of the line, and where it really is. */
export type AwaitedPlace = { readonly place: SourcingLocation; readonly offer: SourcingOffer; readonly locationId: StockLocationId };

/** From which deliveries a line could be served if its shopper waits. What comes later than shops' hours are known for is left out. */
export function awaitedPlaces(
  line: { readonly listingId: ListingId; readonly condition: Candidate['condition'] },
  expected: readonly Expected[],
  { book, settings, home }: { readonly book: ShopBook; readonly settings: RoutingSettings; readonly home: Position | undefined },
): readonly AwaitedPlace[] {
  const { policy } = settings;
  return expected.flatMap((delivery): readonly AwaitedPlace[] => {
    const shop = book.get(delivery.shopId);
    const id = placeAfter(delivery.locationId, delivery.expectedAt);
    const isFitting = delivery.listingId === line.listingId && delivery.condition === line.condition;
    if (!shop || !isFitting || !sellsAt(shop, book.now) || !isLocationId(id)) return [];
    const { units, expectedAt: now, locationId, offerId, priceMinor, priceSteps } = delivery;
    const services = servicesOf({ shop, now, place: home, leadTimeMinutes: 0, units, fixed: undefined, policy });
    const place = { id, shopId: shop.id, merchantId: shop.merchantId, at: shop.at, biasMinor: policy.perShop, unitBiasMinor: 0, services };
    return [{ place, locationId, offer: { offerId, locationId: id, available: quantity(units), priceMinor, priceSteps, riskMinor: 0 } }];
  });
}
