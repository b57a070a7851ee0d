import { beforeAll, expect, test } from 'vitest';
import { and, eq } from 'drizzle-orm';
import { encode } from 'next-auth/jwt';
import { messages, people, roleGrants, sessions, verificationTokens } from '@/db/schema';
import {
  closeAccount,
  createSignInLink,
  currentSession,
  localeOfEmail,
  ownPath,
  requestSignInLink,
  revokeSession,
  revokeSessionsOf,
} from '@/lib/identity';
import { DAY, plusMs } from '@/lib/kernel';
import { fixedClock, systemClock } from '@/lib/platform/clock';
import { env } from '@/lib/platform/env';
import { reader } from '@/lib/platform/transaction';
import { given } from '../../support/builders';
import { follow } from '../../support/follow-link';

beforeAll(() => given.city());

const link = (email: string, callbackPath = '/compte') => createSignInLink({ email, callbackPath, baseUrl: env().baseUrl });

test('a link signs in once, makes the account, and leads to the page it was made for', async () => {
  const first = await follow(await link('Zoe@Example.org', '/merchant'));
  expect(first).toMatchObject({ status: 302, location: '/merchant' });
  const session = await currentSession(first.sealed);
  expect(session).toMatchObject({ email: 'zoe@example.org', locale: 'fr' });
});

test('the same link a second time opens nothing', async () => {
  const once = await link('twice@example.org');
  expect((await follow(once)).sealed).toBeDefined();
  const again = await follow(once);
  expect(again.sealed).toBeUndefined();
  expect(again.location).toContain('error=Verification');
});

test('of ten clicks at once on one link, one signs in', async () => {
  const once = await link('ten@example.org');
  const answers = await Promise.all(Array.from({ length: 10 }, () => follow(once)));
  expect(answers.filter((answer) => answer.sealed !== undefined)).toHaveLength(1);
});

test('a link is worthless for another address, and its secret is kept hashed only', async () => {
  const mine = new URL(await link('mine@example.org'));
  const secret = mine.searchParams.get('token') ?? '';
  const rows = await reader().select().from(verificationTokens).where(eq(verificationTokens.identifier, 'mine@example.org'));
  expect(rows).toHaveLength(1);
  expect(rows[0]?.tokenHash).not.toContain(secret);
  mine.searchParams.set('email', 'victim@example.org');
  expect((await follow(mine.toString())).sealed).toBeUndefined();
});

test('an old link opens nothing', async () => {
  const old = await createSignInLink(
    { email: 'old@example.org', callbackPath: '/', baseUrl: env().baseUrl },
    { clock: fixedClock(plusMs(systemClock.now(), -2 * DAY)) },
  );
  expect((await follow(old)).sealed).toBeUndefined();
});

test('signing out takes effect at once, for this browser or for all', async () => {
  const here = await follow(await link('leaver@example.org'));
  const there = await follow(await link('leaver@example.org'));
  const session = await currentSession(here.sealed);
  if (!session) throw new Error('signed in');
  await revokeSession(session.sessionId);
  expect(await currentSession(here.sealed)).toBeUndefined();
  expect(await currentSession(there.sealed)).toBeDefined();
  await revokeSessionsOf(session.personId);
  expect(await currentSession(there.sealed)).toBeUndefined();
});

test('a cookie counts only when we sealed it and its row lives', async () => {
  const signed = await follow(await link('forger@example.org'));
  const session = await currentSession(signed.sealed);
  if (!session) throw new Error('signed in');
  const forged = await encode({ token: { sid: session.sessionId }, secret: 'somebody else’s secret, just as long as ours' });
  expect(await currentSession(forged)).toBeUndefined();
  expect(await currentSession('not a token')).toBeUndefined();
  expect(await currentSession(undefined)).toBeUndefined();
  await reader()
    .update(sessions)
    .set({ expiresAt: plusMs(systemClock.now(), -1) })
    .where(eq(sessions.id, session.sessionId));
  expect(await currentSession(signed.sealed)).toBeUndefined();
});

test('asking for a link mails it, the same for known and unknown addresses, and a flood is refused', async () => {
  const ask = (email: string, from: string) => requestSignInLink({ email, callbackPath: '/compte', locale: 'fr', from });
  expect(await ask('asker@example.org', 'a')).toEqual({ ok: true, value: undefined });
  const mails = await reader().select().from(messages).where(eq(messages.recipient, 'asker@example.org'));
  expect(mails).toHaveLength(1);
  expect(mails[0]?.plainText).toContain('/api/auth/callback/email?');
  for (let asked = 1; asked < 5; asked += 1) expect((await ask('asker@example.org', 'a')).ok).toBe(true);
  expect(await ask('asker@example.org', 'b')).toMatchObject({ ok: false, error: { kind: 'too-many-links' } });
  expect((await ask('other@example.org', 'b')).ok).toBe(true);
});

test('one sender cannot ask for links to ever new addresses', async () => {
  const answers: boolean[] = [];
  for (let asked = 0; asked < 31; asked += 1) {
    answers.push((await requestSignInLink({ email: `n${asked}@example.org`, callbackPath: '/', locale: 'fr', from: 'one sender' })).ok);
  }
  expect(answers.lastIndexOf(true)).toBe(29);
});

test('after signing in nobody is sent to another host', () => {
  const own = ['https://halles.example'];
  expect(ownPath('/suivi/abc?x=1#y', own)).toBe('/suivi/abc?x=1#y');
  expect(ownPath('https://halles.example/merchant', own)).toBe('/merchant');
  for (const foreign of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'https://halles.example//evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '',
  ]) {
    const path = ownPath(foreign, own);
    expect(path.startsWith('/') && !path.startsWith('//') && !path.includes('\\'), foreign).toBe(true);
    expect(new URL(path, 'https://halles.example').origin).toBe('https://halles.example');
  }
});

test('a new account speaks the language it was made in', async () => {
  await follow(await link('english@example.org', '/en/account'), 'en');
  expect(await localeOfEmail('english@example.org')).toBe('en');
  const [row] = await reader()
    .select({ verified: people.emailVerifiedAt })
    .from(people)
    .where(and(eq(people.email, 'english@example.org')));
  expect(row?.verified).not.toBeNull();
});

test('a closed account is nobody’s: its address and name are gone, every browser and every mailed link is worthless, and the address may begin anew', async () => {
  const email = 'leaves@example.org';
  const [here, there] = [await follow(await link(email)), await follow(await link(email))];
  const unused = await link(email);
  expect((await requestSignInLink({ email, callbackPath: '/', locale: 'fr', from: 'leaver' })).ok).toBe(true);
  const session = await currentSession(here.sealed);
  if (!session) throw new Error('nobody is signed in');
  await reader().insert(roleGrants).values({ personId: session.personId, role: 'viewer', grantedAt: systemClock.now() });
  expect(await closeAccount(session)).toEqual({ ok: false, error: { kind: 'still-in-a-house' } });
  await reader().delete(roleGrants).where(eq(roleGrants.personId, session.personId));
  const answers = await Promise.all([closeAccount(session), closeAccount(session)]);
  expect(answers.every(({ ok }) => ok)).toBe(true);
  for (const { sealed } of [here, there]) expect(await currentSession(sealed)).toBeUndefined();
  expect((await follow(unused)).sealed).toBeUndefined();
  expect(await reader().select().from(messages).where(eq(messages.recipient, email))).toEqual([]);
  const [left] = await reader().select().from(people).where(eq(people.id, session.personId));
  expect(left).toMatchObject({ name: null, emailVerifiedAt: null });
  expect(JSON.stringify(left)).not.toContain('leaves');
  const anew = await currentSession((await follow(await link(email))).sealed);
  expect(anew?.personId).not.toBe(session.personId);
});
