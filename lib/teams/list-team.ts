import { and, asc, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import { domainEvents, people, roleGrants, sessions } from '@/db/schema';
import type { TeamScope } from '@/lib/identity';
import { ofHouse } from '@/lib/identity';
import type { EventNamed, PersonId, Result } from '@/lib/kernel';
import { DAY, err, ok, parseId, plusMs, shownName } from '@/lib/kernel';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { houseOf, rolesUnder } from './house';
import type { TeamChangeView, TeamMemberView, TeamView } from './views';

/** Names stay beside changes of a team as long as those of other accesses do: twelve months (ADR 0235). */
const SHOWN_FOR = 365 * DAY;
const MOST_SHOWN = 50;
/** A session is kept that long: before that, one that is not there never was. */
const AWAITED_FOR = 30 * DAY;

/** Who works in the house of `scope`, the most powerful first, and what changed lately. Errors: `role-too-small` for who does not keep the team. */
export async function listTeam(
  scope: TeamScope,
  { clock }: Pick<typeof systemPorts, 'clock'> = systemPorts,
): Promise<Result<TeamView, { readonly kind: 'role-too-small' }>> {
  const roles = rolesUnder(scope, scope.role);
  if (roles.length === 0) return err({ kind: 'role-too-small' });
  const now = clock.now();
  const [rows, changes] = await Promise.all([membersOf(scope), changesOf(scope, plusMs(now, -SHOWN_FOR))]);
  const known = new Map(rows.map(({ personId, name, email }) => [personId, { name: name ?? email, email }]));
  const others = [...rows.map(({ grantedBy }) => grantedBy), ...changes.flatMap(({ actorId, facts }) => [actorId, facts.personId])];
  const gone = await namesOf([...new Set(others)].filter((id): id is PersonId => id !== null && !known.has(id)));
  // Whoever acted here showed their name by it; whoever was only invited is known by the address that was written to.
  const actorName = (id: PersonId | null): string | undefined => (id === null ? undefined : (known.get(id)?.name ?? gone.get(id)?.name));
  const rank = (member: TeamMemberView) => roles.indexOf(member.role);
  const members = rows
    .map(({ grantedAt, grantedBy, name, hasComeSince, ...row }): TeamMemberView => ({
      ...row,
      name: name ?? row.email,
      since: grantedAt,
      by: actorName(grantedBy),
      isYou: row.personId === scope.personId,
      isAwaited: grantedBy !== null && !hasComeSince && grantedAt > plusMs(now, -AWAITED_FOR),
      mayChange: roles.includes(row.role),
    }))
    .toSorted((a, b) => rank(a) - rank(b));
  const history = changes.map(({ eventId, at, actorId, facts: { personId, change, role } }): TeamChangeView => {
    const whom = known.get(personId)?.name ?? gone.get(personId)?.email;
    return { eventId, at, by: actorName(actorId), whom, isOwn: actorId === personId, change, role };
  });
  return ok({ members, roles, history });
}

async function membersOf(scope: TeamScope) {
  const since = sql`exists (select from ${sessions} where ${sessions.personId} = ${people.id} and ${sessions.createdAt} >= ${roleGrants.grantedAt})`;
  return reader()
    .select({
      personId: people.id,
      email: people.email,
      name: sql<string | null>`coalesce(${roleGrants.calledName}, case when ${roleGrants.grantedBy} is null then ${people.name} end)`,
      role: roleGrants.role,
      grantedAt: roleGrants.grantedAt,
      grantedBy: roleGrants.grantedBy,
      hasComeSince: sql<boolean>`${since}`,
    })
    .from(roleGrants)
    .innerJoin(people, eq(people.id, roleGrants.personId))
    .where(ofHouse(scope))
    .orderBy(asc(roleGrants.grantedAt), asc(people.email));
}

async function changesOf(scope: TeamScope, since: ReturnType<typeof plusMs>) {
  const rows = await reader()
    .select({
      eventId: domainEvents.id,
      at: domainEvents.occurredAt,
      actor: domainEvents.actor,
      facts: sql<EventNamed<'TeamChanged'>['facts']>`${domainEvents.facts}`,
    })
    .from(domainEvents)
    .where(and(eq(domainEvents.subject, houseOf(scope)), eq(domainEvents.name, 'TeamChanged'), gte(domainEvents.occurredAt, since)))
    .orderBy(desc(domainEvents.occurredAt), desc(domainEvents.id))
    .limit(MOST_SHOWN);
  return rows.map(({ actor, ...row }) => ({ ...row, actorId: parseId('person', actor.slice(actor.indexOf(':') + 1)) ?? null }));
}

async function namesOf(ids: readonly PersonId[]) {
  if (ids.length === 0) return new Map<PersonId, { readonly name: string | undefined; readonly email: string | undefined }>();
  const rows = await reader()
    .select({ id: people.id, email: people.email, name: people.name })
    .from(people)
    .where(inArray(people.id, [...ids]));
  return new Map(rows.map(({ id, email, name }) => [id, { email: shownName({ name: null, email }), name: shownName({ name, email }) }]));
}
