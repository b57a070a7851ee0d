import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { people, roleGrants } from '@/db/schema';
import type { Instant, NetworkScope, OperatorRole, OperatorScope, PersonId, Role, ShopId, ShopScope } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';

/** Proof of somebody's place in a house: a shop, a network or the city. */
export type TeamScope = ShopScope | NetworkScope | OperatorScope;

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

/** Where the grants of a house are; both columns null is the city. */
function placeOf(scope: TeamScope) {
  return {
    shopId: scope.kind === 'shop' ? scope.shopId : null,
    networkId: scope.kind === 'network' ? scope.networkId : null,
  };
}

/** The grants of a house, those alone. */
export function ofHouse(scope: TeamScope) {
  const { shopId, networkId } = placeOf(scope);
  return and(
    shopId === null ? isNull(roleGrants.shopId) : eq(roleGrants.shopId, shopId),
    networkId === null ? isNull(roleGrants.networkId) : eq(roleGrants.networkId, networkId),
  );
}

/** Somebody of a house; `hasCome` once a link of theirs was followed, so that the address is known to be somebody's. */
export type Grant = { readonly personId: PersonId; readonly role: Role; readonly hasCome: boolean };

/** Everybody of a house, held until the transaction ends: who changes a team waits for whoever is changing it. */
export async function lockGrants(tx: Tx, scope: TeamScope): Promise<readonly Grant[]> {
  return tx
    .select({
      personId: roleGrants.personId,
      role: roleGrants.role,
      hasCome: sql<boolean>`${isNotNull(people.emailVerifiedAt)}`,
    })
    .from(roleGrants)
    .innerJoin(people, eq(people.id, roleGrants.personId))
    .where(ofHouse(scope))
    .orderBy(asc(roleGrants.personId))
    .for('update', { of: roleGrants });
}

/** Gives a role in the house of `scope`, whose person gives it. Says false, and changes nothing, for whoever has one there. */
export async function insertGrant(
  tx: Tx,
  scope: TeamScope,
  given: { readonly personId: PersonId; readonly role: Role; readonly calledName: string | undefined; readonly now: Instant },
): Promise<boolean> {
  const { personId, role, calledName, now } = given;
  const written = await tx
    .insert(roleGrants)
    .values({ ...placeOf(scope), personId, role, calledName, grantedAt: now, grantedBy: scope.personId })
    .onConflictDoNothing()
    .returning({ personId: roleGrants.personId });
  return written.length > 0;
}

export async function updateGrant(tx: Tx, scope: TeamScope, personId: PersonId, role: Role): Promise<void> {
  await tx
    .update(roleGrants)
    .set({ role })
    .where(and(ofHouse(scope), eq(roleGrants.personId, personId)));
}

export async function deleteGrant(tx: Tx, scope: TeamScope, personId: PersonId): Promise<void> {
  await tx.delete(roleGrants).where(and(ofHouse(scope), eq(roleGrants.personId, personId)));
}
