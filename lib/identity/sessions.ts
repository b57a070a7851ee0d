import { and, eq, gt, isNull } from 'drizzle-orm';
import { people, sessions } from '@/db/schema';
import type { PersonId, SessionId } from '@/lib/kernel';
import { isLocale, plusMs, unprefixedLocale } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import { SESSION_LIFE_MS, readSessionToken } from './session-token';
import type { SessionView } from './views';

/** Signs a browser in: any way of proving who one is (magic link today) ends in one row that can be revoked. */
export async function openSession(personId: PersonId, { clock, ids }: Ports = systemPorts): Promise<SessionId> {
  const now = clock.now();
  const id = ids.make('session');
  await reader()
    .insert(sessions)
    .values({ id, personId, createdAt: now, expiresAt: plusMs(now, SESSION_LIFE_MS) });
  return id;
}

/** Signs one browser out; it counts from its next request on. */
export async function revokeSession(id: SessionId, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<void> {
  await reader()
    .update(sessions)
    .set({ revokedAt: clock.now() })
    .where(and(eq(sessions.id, id), isNull(sessions.revokedAt)));
}

/** Signs a person out everywhere. */
export async function revokeSessionsOf(
  personId: PersonId,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
  db: Reader = reader(),
): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: clock.now() })
    .where(and(eq(sessions.personId, personId), isNull(sessions.revokedAt)));
}

/** Who the session cookie speaks for; undefined when nobody, or no longer. */
export async function currentSession(
  sealed: string | undefined,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<SessionView | undefined> {
  const sessionId = sealed ? await readSessionToken(sealed) : undefined;
  return sessionId && findSession(sessionId, { clock });
}

/** The session of an id, unless it ran out or was revoked. */
export async function findSession(sessionId: SessionId, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<SessionView | undefined> {
  const [row] = await reader()
    .select({ personId: people.id, email: people.email, name: people.name, locale: people.locale })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt), gt(sessions.expiresAt, clock.now())));
  if (!row) return undefined;
  return {
    sessionId,
    personId: row.personId,
    email: row.email,
    name: row.name ?? undefined,
    locale: isLocale(row.locale) ? row.locale : unprefixedLocale,
  };
}
