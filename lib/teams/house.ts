import type { Grant, TeamScope } from '@/lib/identity';
import type { Actor, EventNamed, NetworkId, Result, Role, ShopId } from '@/lib/kernel';
import { err, networkRoles, ok, operatorRoles, shopRoles } from '@/lib/kernel';

/** The roles of a house, from the most to the least powerful; the first one may never be left without anybody. */
export function rolesOf({ kind }: Pick<TeamScope, 'kind'>): readonly Role[] {
  switch (kind) {
    case 'shop':
      return shopRoles;
    case 'network':
      return networkRoles;
    case 'operator':
      return operatorRoles;
  }
}

/** What the events of a house are about. */
export function houseOf(scope: TeamScope): ShopId | NetworkId | 'city' {
  switch (scope.kind) {
    case 'shop':
      return scope.shopId;
    case 'network':
      return scope.networkId;
    case 'operator':
      return 'city';
  }
}

/** Who did it, as events keep it; head office is of the shops' side. */
export const actorOf = ({ kind, personId }: TeamScope): Actor => ({ kind: kind === 'network' ? 'shop' : kind, id: personId });

/** The event of a change; the shop's own watchers hear it. */
export function changeOf(scope: TeamScope, facts: Omit<EventNamed<'TeamChanged'>['facts'], 'shopId'>): EventNamed<'TeamChanged'> {
  return { name: 'TeamChanged', subject: houseOf(scope), facts: { ...(scope.kind === 'shop' && { shopId: scope.shopId }), ...facts } };
}

/** The roles that keep a team: owners and managers of a shop, head office, administrators. */
const keepers: readonly Role[] = ['owner', 'manager', 'head-office', 'admin'];

/** What somebody may give, and whose role they may change or take: nothing above their own, and nothing at all unless they keep the team. */
export function rolesUnder(scope: Pick<TeamScope, 'kind'>, own: Role): readonly Role[] {
  const roles = rolesOf(scope);
  return keepers.includes(own) ? roles.slice(roles.indexOf(own)) : [];
}

export type KeeperRefusal =
  /** Does not keep the team, or no longer does. */
  | { readonly kind: 'role-too-small' }
  /** A role above one's own, or of another kind of house. */
  | { readonly kind: 'role-not-yours-to-give' };

/** Whether a role may be given up by one of a house: its first role is never left without somebody who has come. */
export function isLastKeeper(scope: TeamScope, grants: readonly Grant[], { personId, role }: Grant): boolean {
  const first = rolesOf(scope)[0];
  return role === first && !grants.some((other) => other.personId !== personId && other.role === first && other.hasCome);
}

/** The roles the person of a scope may give, by the grants as they are now: what the scope says may be a moment old. */
export function rolesToGive(scope: TeamScope, grants: readonly Grant[]): Result<readonly Role[], KeeperRefusal> {
  const own = grants.find(({ personId }) => personId === scope.personId);
  const roles = own ? rolesUnder(scope, own.role) : [];
  return roles.length > 0 ? ok(roles) : err({ kind: 'role-too-small' });
}
