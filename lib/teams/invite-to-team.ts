import { and, eq, gte, sql } from 'drizzle-orm';
import { citySettings, domainEvents } from '@/db/schema';
import type { TeamScope } from '@/lib/identity';
import { countInvitationsLately, ensurePerson, insertGrant, lockGrants } from '@/lib/identity';
import type { Instant, Locale, PersonId, Result, Role } from '@/lib/kernel';
import { DAY, err, isLocale, ok, plusMs, unprefixedLocale } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { KeeperRefusal } from './house';
import { actorOf, changeOf, houseOf, rolesToGive } from './house';
import type { InviteWish } from './schemas';

/** What a house may send in a day, and an address may be sent by all houses together: more is a nuisance or a slip. */
export const MOST_INVITATIONS = 20;
export const MOST_TO_ONE_ADDRESS = 3;
const MOST_MEMBERS = 100;

export type InviteRefusal =
  | KeeperRefusal
  | { readonly kind: 'already-in-team'; readonly role: Role }
  | { readonly kind: 'too-many-invitations'; readonly most: number }
  | { readonly kind: 'address-asked-enough' }
  | { readonly kind: 'team-full'; readonly most: number };

/**
 * Gives the person of an address a role in the house of `scope`; the account is made with it, and a mail with a link that signs in leaves by
 * the outbox. An account that is there keeps its own name and language. Errors: `already-in-team` changes nothing; the others are limits and
 * rights, judged on the team as it is, held meanwhile.
 */
export async function inviteToTeam(
  scope: TeamScope,
  wish: InviteWish,
  ports: Ports = systemPorts,
): Promise<Result<{ readonly email: string }, InviteRefusal>> {
  return observed({ useCase: 'invite-to-team', actor: scope.kind, ids: { house: houseOf(scope), personId: scope.personId } }, async () =>
    withTransaction(async (tx): Promise<Result<{ readonly email: string }, InviteRefusal>> => {
      const now = ports.clock.now();
      const grants = await lockGrants(tx, scope);
      const roles = rolesToGive(scope, grants);
      if (!roles.ok) return roles;
      if (!roles.value.includes(wish.role)) return err({ kind: 'role-not-yours-to-give' });
      const person = await ensurePerson(tx, { ...wish, locale: await cityLocale(tx), now, ids: ports.ids });
      const member = grants.find(({ personId }) => personId === person.id);
      if (member) return err({ kind: 'already-in-team', role: member.role });
      if (grants.length >= MOST_MEMBERS) return err({ kind: 'team-full', most: MOST_MEMBERS });
      if ((await countInvited(tx, scope, now)) >= MOST_INVITATIONS) return err({ kind: 'too-many-invitations', most: MOST_INVITATIONS });
      if ((await countInvitationsLately(tx, person.email, now)) >= MOST_TO_ONE_ADDRESS) return err({ kind: 'address-asked-enough' });
      const isNew = await insertGrant(tx, scope, { personId: person.id, role: wish.role, calledName: wish.name, now });
      if (!isNew) return err({ kind: 'already-in-team', role: await roleOf(tx, scope, person.id, wish.role) });
      const { id: personId, email } = person;
      await appendEvents(tx, [changeOf(scope, { personId, change: 'added', role: wish.role })], {
        actor: actorOf(scope),
        now,
        ids: ports.ids,
      });
      return ok({ email });
    }),
  );
}

/** Somebody else of the house was quicker by a moment: the role they gave. */
async function roleOf(tx: Tx, scope: TeamScope, personId: PersonId, otherwise: Role): Promise<Role> {
  return (await lockGrants(tx, scope)).find((grant) => grant.personId === personId)?.role ?? otherwise;
}

async function countInvited(tx: Tx, scope: TeamScope, now: Instant): Promise<number> {
  const isAdded = sql`${domainEvents.facts} ->> 'change' = 'added'`;
  return tx.$count(
    domainEvents,
    and(
      eq(domainEvents.subject, houseOf(scope)),
      gte(domainEvents.occurredAt, plusMs(now, -DAY)),
      eq(domainEvents.name, 'TeamChanged'),
      isAdded,
    ),
  );
}

/** The language of somebody nobody knows yet. */
async function cityLocale(tx: Tx): Promise<Locale> {
  const [city] = await tx.select({ locale: citySettings.defaultLocale }).from(citySettings);
  return city && isLocale(city.locale) ? city.locale : unprefixedLocale;
}
