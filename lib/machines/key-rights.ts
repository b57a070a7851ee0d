import { and, eq, or, sql } from 'drizzle-orm';
import { apiKeys, roleGrants, shops } from '@/db/schema';
import type { NetworkId, ShopScope } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';

/** Keys open the shop to machines: that is for those who answer for it. */
export function mayManageKeys({ role }: ShopScope): boolean {
  return role !== 'counter';
}

/** Which keys a person may see and take back: the shop's own, and the network's at its head office. */
export async function keysOf(scope: ShopScope) {
  const networkId = await networkLedBy(reader(), scope);
  return or(eq(apiKeys.shopId, scope.shopId), networkId === undefined ? sql`false` : eq(apiKeys.networkId, networkId));
}

/** The network of this shop, when the person works at its head office. */
export async function networkLedBy(from: Reader, scope: ShopScope): Promise<NetworkId | undefined> {
  const [row] = await from
    .select({ networkId: shops.networkId })
    .from(shops)
    .innerJoin(roleGrants, and(eq(roleGrants.networkId, shops.networkId), eq(roleGrants.personId, scope.personId)))
    .where(and(eq(shops.id, scope.shopId), eq(roleGrants.role, 'head-office')));
  return row?.networkId ?? undefined;
}
