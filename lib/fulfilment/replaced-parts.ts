import { and, eq, gt } from 'drizzle-orm';
import { orders, subOrders } from '@/db/schema';
import type { Instant, Minor, ShopId, SubOrderId } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';

type Wanted = {
  readonly shopId: ShopId;
  readonly method: (typeof subOrders.$inferSelect)['method'];
  readonly totalMinor: Minor;
  readonly now: Instant;
};

/** The token of the order that waits to be paid in a part's place, if there is one just like it. */
export async function findOpenReplacement(
  from: Reader,
  replacesId: SubOrderId,
  { shopId, method, totalMinor, now }: Wanted,
): Promise<string | undefined> {
  const [row] = await from
    .select({ token: orders.token })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(
      and(
        eq(subOrders.replacesId, replacesId),
        eq(subOrders.state, 'placed'),
        eq(subOrders.shopId, shopId),
        eq(subOrders.method, method),
        eq(subOrders.totalMinor, totalMinor),
        gt(orders.payBy, now),
      ),
    )
    .orderBy(orders.placedAt)
    .limit(1);
  return row?.token;
}
