import { and, eq, gt, inArray, or, sql } from 'drizzle-orm';
import { orders, subOrders } from '@/db/schema';
import type { Instant, Result, ShopId } from '@/lib/kernel';
import { DAY, err, ok, plusMs } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';
import { MOST_NO_SHOWS, MOST_OPEN, MOST_OPEN_AT_SHOP, NO_SHOW_DAYS } from './rules';

export type TooManySetAsides =
  | { readonly kind: 'too-many-set-asides'; readonly most: number }
  | { readonly kind: 'not-fetched-before' }
  | { readonly kind: 'shop-sets-no-more-aside' };

const open = ['placed', 'offered', 'accepted', 'preparing', 'ready'] as const;

/**
 * Whether this person may have something set aside at these shops: a set-aside costs nothing, so it is rationed by e-mail and telephone.
 * One person's orders wait for each other here, so that a hundred at once are counted one after another. Errors: see the type.
 */
export async function checkSetAsideLimits(
  tx: Tx,
  wish: { readonly email: string; readonly phone: string | undefined; readonly shopIds: readonly ShopId[] },
  now: Instant,
): Promise<Result<void, TooManySetAsides>> {
  if (wish.shopIds.length === 0) return ok(undefined);
  const email = wish.email.trim().toLowerCase();
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`set-aside:${email}`}, 0))`);
  const isTheirs = or(eq(sql`lower(${orders.email})`, email), wish.phone === undefined ? undefined : eq(orders.phone, wish.phone));
  const [person] = await tx
    .select({
      open: sql<number>`(count(*) filter (where ${inArray(subOrders.state, [...open])}))::int`,
      notFetched: sql<number>`(count(*) filter (where ${subOrders.state} = 'uncollected' and ${gt(subOrders.stateChangedAt, plusMs(now, -NO_SHOW_DAYS * DAY))}))::int`,
    })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(and(eq(subOrders.isSetAside, true), isTheirs));
  if ((person?.notFetched ?? 0) >= MOST_NO_SHOWS) return err({ kind: 'not-fetched-before' });
  if ((person?.open ?? 0) + wish.shopIds.length > MOST_OPEN) return err({ kind: 'too-many-set-asides', most: MOST_OPEN });
  const full = await tx
    .select({ shopId: subOrders.shopId })
    .from(subOrders)
    .where(and(eq(subOrders.isSetAside, true), inArray(subOrders.shopId, [...wish.shopIds]), inArray(subOrders.state, [...open])))
    .groupBy(subOrders.shopId)
    .having(sql`count(*) >= ${MOST_OPEN_AT_SHOP}`);
  return full.length > 0 ? err({ kind: 'shop-sets-no-more-aside' }) : ok(undefined);
}
