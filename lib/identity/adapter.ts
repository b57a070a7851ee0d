import type { Adapter, AdapterUser } from 'next-auth/adapters';
import type { Locale } from '@/lib/kernel';
import { dateOf, instantOf, parseId } from '@/lib/kernel';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { Person } from './people-repository';
import { ensurePerson, findPerson, findPersonByEmail, markEmailVerified } from './people-repository';
import { insertToken, takeToken } from './verification-tokens';

function userOf(person: Person): AdapterUser {
  return { id: person.id, email: person.email, emailVerified: person.emailVerifiedAt === null ? null : dateOf(person.emailVerifiedAt) };
}

/**
 * What next-auth needs of our tables for magic links: people and hashed one-time secrets. Sessions are our own rows
 * (`sessions.ts`), so none of its session functions are here.
 */
export function peopleAdapter(locale: Locale): Adapter {
  return {
    async createUser(user: Omit<AdapterUser, 'id'>) {
      const { clock, ids } = systemPorts;
      const person = await ensurePerson(reader(), { email: user.email, locale, now: clock.now(), ids });
      const verified = await markEmailVerified(reader(), person.id, user.emailVerified ?? dateOf(clock.now()));
      return userOf(verified ?? person);
    },
    async getUser(id) {
      const personId = parseId('person', id);
      const person = personId && (await findPerson(reader(), personId));
      return person ? userOf(person) : null;
    },
    async getUserByEmail(email) {
      const person = await findPersonByEmail(reader(), email);
      return person ? userOf(person) : null;
    },
    getUserByAccount: () => null,
    async updateUser(user) {
      const personId = parseId('person', user.id);
      const person = personId && (await markEmailVerified(reader(), personId, user.emailVerified ?? new Date()));
      if (!person) throw new Error('the person signing in no longer exists');
      return userOf(person);
    },
    async createVerificationToken({ identifier, token: tokenHash, expires }) {
      await insertToken(reader(), { identifier, tokenHash, expiresAt: instantOf(expires) }, systemPorts.clock.now());
      return { identifier, token: tokenHash, expires };
    },
    async useVerificationToken({ identifier, token: tokenHash }) {
      const taken = await takeToken(reader(), identifier, tokenHash);
      return taken ? { identifier, token: tokenHash, expires: dateOf(taken.expiresAt) } : null;
    },
  };
}
