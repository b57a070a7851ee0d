import { and, eq } from 'drizzle-orm';
import { shops, stockLocations } from '@/db/schema';
import type { ShopId, StockLocationId } from '@/lib/kernel';
import { invariant } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';

/**
 * Where a shop keeps what it has: its own shelf without lead time, else a place "on order" from which things take `leadTimeMinutes` to the
 * shelf, made when it is first needed. The caller sees to it that two do not make the same place at once.
 */
export async function placeOnDemand(tx: Tx, shopId: ShopId, leadTimeMinutes: number, { ids }: Ports): Promise<StockLocationId> {
  const kind = leadTimeMinutes === 0 ? ('shop' as const) : ('supplier' as const);
  const [known] = await tx
    .select({ id: stockLocations.id })
    .from(stockLocations)
    .where(and(eq(stockLocations.shopId, shopId), eq(stockLocations.kind, kind), eq(stockLocations.leadTimeMinutes, leadTimeMinutes)))
    .orderBy(stockLocations.id)
    .limit(1);
  if (known) return known.id;
  const [shop] = await tx
    .select({ name: shops.name, latitude: shops.latitude, longitude: shops.longitude })
    .from(shops)
    .where(eq(shops.id, shopId));
  invariant(shop, 'a shop that answers is there');
  const id = ids.make('stockLocation');
  await tx.insert(stockLocations).values({ id, shopId, kind, leadTimeMinutes, ...shop });
  return id;
}
