import { roleGrants } from '@/db/schema';
import type { Instant, OperatorRole, PersonId, ShopId } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';

/** Whoever founds a shop owns it, in the transaction that makes it. */
export async function grantOwner(tx: Tx, personId: PersonId, shopId: ShopId, now: Instant): Promise<void> {
  await tx.insert(roleGrants).values({ personId, shopId, role: 'owner', grantedAt: now });
}

/** Gives somebody a role of the city, in the transaction that founds it; a role they had there already is replaced. */
export async function grantCityRole(tx: Tx, personId: PersonId, role: OperatorRole, now: Instant): Promise<void> {
  await tx
    .insert(roleGrants)
    .values({ personId, role, grantedAt: now })
    .onConflictDoUpdate({ target: [roleGrants.personId, roleGrants.shopId, roleGrants.networkId], set: { role, grantedAt: now } });
}
