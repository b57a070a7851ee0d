import { and, asc, eq, inArray } from 'drizzle-orm';
import { stockLevels, stockLocations } from '@/db/schema';
import type { OfferId, ShopScope, StockLocationId } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';

/** A place a shop keeps goods in. */
export type PlaceView = { readonly locationId: StockLocationId; readonly name: string };

/** The shop's own places, the first is where counts go that name none. */
export async function listPlaces(scope: ShopScope): Promise<readonly PlaceView[]> {
  return reader()
    .select({ locationId: stockLocations.id, name: stockLocations.name })
    .from(stockLocations)
    .where(and(eq(stockLocations.shopId, scope.shopId), eq(stockLocations.kind, 'shop')))
    .orderBy(asc(stockLocations.id));
}

/** What is on hand of some of the shop's offers, by offer and place. Steps of the sales unit. */
export async function readShelves(
  scope: ShopScope,
  offerIds: readonly OfferId[],
): Promise<(of: OfferId, at: StockLocationId) => number | undefined> {
  if (offerIds.length === 0) return () => undefined;
  const rows = await reader()
    .select({ offerId: stockLevels.offerId, locationId: stockLevels.locationId, onHand: stockLevels.onHand })
    .from(stockLevels)
    .innerJoin(stockLocations, and(eq(stockLocations.id, stockLevels.locationId), eq(stockLocations.shopId, scope.shopId)))
    .where(inArray(stockLevels.offerId, [...offerIds]));
  return (of, at) => rows.find(({ offerId, locationId }) => offerId === of && locationId === at)?.onHand;
}
