import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { offers, stockLevels } from '@/db/schema';
import { parseId, type ShopId } from '@/lib/kernel';
import { kept } from '@/lib/platform/kept';
import { reader } from '@/lib/platform/transaction';

const row = z.object({ shop: z.string(), products: z.number() });

/** How many products each shop has that can be ordered; a count of the shelf, a few seconds old. */
export const countProductsByShop: () => Promise<ReadonlyMap<ShopId, number>> = kept(async () => {
  const rows = await reader().execute(sql`
    select ${offers.shopId} as shop, count(distinct ${offers.listingId})::int as products from ${offers}
    where ${offers.isActive} and exists (select 1 from ${stockLevels} where ${stockLevels.offerId} = ${offers.id}
      and ${stockLevels.onHand} > ${stockLevels.reserved} + ${stockLevels.allocated} + ${stockLevels.safetyStock})
    group by 1`);
  const counted = z.array(row).parse([...rows]);
  return new Map(
    counted.flatMap(({ shop, products }): readonly (readonly [ShopId, number])[] => {
      const id = parseId('shop', shop);
      return id ? [[id, products]] : [];
    }),
  );
});
