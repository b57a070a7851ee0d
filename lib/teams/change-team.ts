import type { Grant, TeamScope } from '@/lib/identity';
import { deleteGrant, lockGrants, updateGrant } from '@/lib/identity';
import type { PersonId, Result, Role } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { dropDevicesWithoutRole } from '@/lib/push';
import type { KeeperRefusal } from './house';
import { actorOf, changeOf, houseOf, isLastKeeper, rolesToGive } from './house';

export type ChangeRefusal =
  | KeeperRefusal
  /** Nobody of this house, or no longer. */
  | { readonly kind: 'member-not-found' }
  /** The only one of the house's first role who has ever come. */
  | { readonly kind: 'last-of-role'; readonly role: Role };

type Standing = { readonly grants: readonly Grant[]; readonly roles: readonly Role[]; readonly member: Grant };

/** The team as it is, held, and the one it is about: somebody of this house whose role is not above that of who acts. */
async function standingOf(tx: Tx, scope: TeamScope, personId: PersonId): Promise<Result<Standing, ChangeRefusal>> {
  const grants = await lockGrants(tx, scope);
  const roles = rolesToGive(scope, grants);
  if (!roles.ok) return roles;
  const member = grants.find((one) => one.personId === personId);
  if (!member) return err({ kind: 'member-not-found' });
  if (!roles.value.includes(member.role)) return err({ kind: 'role-not-yours-to-give' });
  return ok({ grants, roles: roles.value, member });
}

/**
 * Gives somebody of the house another role; the same one again changes nothing. It counts from their next request on.
 * Errors: see `ChangeRefusal`; of two keepers who take each other's role at once, one stays.
 */
export async function changeRole(
  scope: TeamScope,
  { personId, role }: { readonly personId: PersonId; readonly role: Role },
  ports: Ports = systemPorts,
): Promise<Result<void, ChangeRefusal>> {
  return observed({ useCase: 'change-role', actor: scope.kind, ids: { house: houseOf(scope), personId: scope.personId } }, async () =>
    withTransaction(async (tx): Promise<Result<void, ChangeRefusal>> => {
      const standing = await standingOf(tx, scope, personId);
      if (!standing.ok) return standing;
      const { grants, roles, member } = standing.value;
      if (!roles.includes(role)) return err({ kind: 'role-not-yours-to-give' });
      if (member.role === role) return ok(undefined);
      if (isLastKeeper(scope, grants, member)) return err({ kind: 'last-of-role', role: member.role });
      await updateGrant(tx, scope, personId, role);
      const by = { actor: actorOf(scope), now: ports.clock.now(), ids: ports.ids };
      await appendEvents(tx, [changeOf(scope, { personId, change: 'role-changed', role })], by);
      return ok(undefined);
    }),
  );
}

/**
 * Takes somebody out of the house, oneself too: from the next request on it is not there for them, and their browsers ring for it no more.
 * Their account stays, with whatever else it may do. Errors: see `ChangeRefusal`.
 */
export async function removeFromTeam(
  scope: TeamScope,
  personId: PersonId,
  ports: Ports = systemPorts,
): Promise<Result<void, ChangeRefusal>> {
  return observed({ useCase: 'remove-from-team', actor: scope.kind, ids: { house: houseOf(scope), personId: scope.personId } }, async () =>
    withTransaction(async (tx): Promise<Result<void, ChangeRefusal>> => {
      const standing = await standingOf(tx, scope, personId);
      if (!standing.ok) return standing;
      const { grants, member } = standing.value;
      if (isLastKeeper(scope, grants, member)) return err({ kind: 'last-of-role', role: member.role });
      await deleteGrant(tx, scope, personId);
      await dropDevicesWithoutRole(tx, personId);
      const by = { actor: actorOf(scope), now: ports.clock.now(), ids: ports.ids };
      await appendEvents(tx, [changeOf(scope, { personId, change: 'removed', role: member.role })], by);
      return ok(undefined);
    }),
  );
}
