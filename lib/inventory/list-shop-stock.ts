import { and, asc, eq, sql } from 'drizzle-orm';
import { offers, stockLevels, stockLocations } from '@/db/schema';
import type { Instant, OfferId, ShopScope } from '@/lib/kernel';
import type { ConfidenceWord } from '@/lib/oms';
import { availableToPromise, confidenceWord } from '@/lib/oms';
import { reader } from '@/lib/platform/transaction';

/** A shop's own shelf as its systems see it. */
export type ShelfFigure = {
  readonly offerId: OfferId;
  readonly merchantSku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly safetyStock: number;
  readonly available: number;
  readonly asOf: Instant;
  readonly confidence: ConfidenceWord;
};

/** The figures of a shop's shelf in the order of the offers' ids; one row more than `limit` tells that there are more. */
export async function listShopStock(
  scope: ShopScope,
  { limit, after, offerId }: { readonly limit: number; readonly after?: string | undefined; readonly offerId?: OfferId | undefined },
): Promise<readonly ShelfFigure[]> {
  const rows = await reader()
    .select({ merchantSku: offers.merchantSku, level: stockLevels })
    .from(offers)
    .innerJoin(stockLocations, and(eq(stockLocations.shopId, offers.shopId), eq(stockLocations.kind, 'shop')))
    .innerJoin(stockLevels, and(eq(stockLevels.offerId, offers.id), eq(stockLevels.locationId, stockLocations.id)))
    .where(
      and(
        eq(offers.shopId, scope.shopId),
        offerId === undefined ? undefined : eq(offers.id, offerId),
        after === undefined ? undefined : sql`${offers.id} > ${after}`,
      ),
    )
    .orderBy(asc(offers.id))
    .limit(limit + 1);
  return rows.map(({ merchantSku, level }) => ({
    offerId: level.offerId,
    merchantSku,
    onHand: level.onHand,
    reserved: level.reserved,
    allocated: level.allocated,
    safetyStock: level.safetyStock,
    available: availableToPromise(level),
    asOf: level.asOf,
    confidence: confidenceWord(level.confidenceBps),
  }));
}
