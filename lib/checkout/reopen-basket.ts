import { and, eq, isNull } from 'drizzle-orm';
import { baskets, orders, subOrders } from '@/db/schema';
import type { BasketId, Result, ShopperScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { orderState } from '@/lib/oms';
import { reader } from '@/lib/platform/transaction';
import type { PlacedOrder } from './order-repository';
import { findOrderOfBasket } from './order-repository';

export type ReopenRefusal = { readonly kind: 'basket-not-found' } | { readonly kind: 'order-not-expired' };

/** The basket to go on with; `token` when this browser does not have it yet. */
export type ReopenedBasket = { readonly basketId: BasketId; readonly token: string | undefined };

/** An order that ran out unpaid gives its basket back; whoever holds the order's link may go on with it. */
export async function reopenBasket(
  shopper: ShopperScope,
  { orderToken }: { readonly orderToken: string; readonly locale?: string },
): Promise<Result<ReopenedBasket, ReopenRefusal>> {
  const rows = await reader()
    .select({ basketId: baskets.id, token: baskets.token, state: subOrders.state })
    .from(orders)
    .innerJoin(subOrders, eq(subOrders.orderId, orders.id))
    .innerJoin(baskets, and(eq(baskets.id, orders.basketId), isNull(baskets.orderedAt)))
    .where(eq(orders.token, orderToken));
  const [basket] = rows;
  if (!basket) return err({ kind: 'basket-not-found' });
  if (orderState(rows.map((row) => row.state)) !== 'expired') return err({ kind: 'order-not-expired' });
  return ok({ basketId: basket.basketId, token: shopper.basketId === basket.basketId ? undefined : basket.token });
}

/** The order this browser's basket became: where the back button and a second click should lead. */
export async function findPlacedOrder(shopper: ShopperScope): Promise<PlacedOrder | undefined> {
  if (shopper.basketId === undefined) return undefined;
  const [basket] = await reader().select({ orderedAt: baskets.orderedAt }).from(baskets).where(eq(baskets.id, shopper.basketId));
  return basket?.orderedAt ? findOrderOfBasket(reader(), shopper.basketId) : undefined;
}
