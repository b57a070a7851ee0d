import type { AuthOptions } from 'next-auth';
import EmailProvider from 'next-auth/providers/email';
import type { Locale } from '@/lib/kernel';
import { parseId, pathTo } from '@/lib/kernel';
import { sendSignInLink } from '@/lib/messaging';
import { env } from '@/lib/platform/env';
import { logError } from '@/lib/platform/log';
import { systemPorts } from '@/lib/platform/ports';
import { peopleAdapter } from './adapter';
import { ownPath } from './callback-path';
import { foldEmail } from './people-repository';
import { SESSION_COOKIE, SESSION_LIFE_MS } from './session-token';
import { findSession, openSession, revokeSession } from './sessions';
import { MAILED_LINK_MINUTES, mayAsk } from './sign-in-links';

/**
 * The ways to prove who one is. Magic links today; passkeys join this list as a credentials provider whose `authorize` checks the
 * WebAuthn answer and returns the person: session, cookie and revocation below stay as they are.
 */
function providers(locale: Locale): AuthOptions['providers'] {
  return [
    EmailProvider({
      server: '',
      from: env().mailFrom,
      maxAge: MAILED_LINK_MINUTES * 60,
      normalizeIdentifier: foldEmail,
      sendVerificationRequest: ({ identifier, url }) => sendSignInLink(identifier, url, locale),
    }),
  ];
}

/**
 * next-auth as this house uses it: the cookie holds a session id and nothing else, the row behind it decides.
 * Redirects are paths, so they never leave the host the person is on.
 */
export function authOptions(locale: Locale, from: string): AuthOptions {
  const signInPage = pathTo(locale, 'signIn');
  const secure = env().baseUrl.startsWith('https://');
  return {
    adapter: peopleAdapter(locale),
    providers: providers(locale),
    secret: env().authSecret,
    useSecureCookies: secure,
    session: { strategy: 'jwt', maxAge: SESSION_LIFE_MS / 1000 },
    cookies: { sessionToken: { name: SESSION_COOKIE, options: { httpOnly: true, sameSite: 'lax', path: '/', secure } } },
    pages: { signIn: signInPage, error: signInPage, signOut: pathTo(locale, 'account'), verifyRequest: `${signInPage}?sent=1` },
    callbacks: {
      async signIn({ user, email }) {
        // Only the asking is limited: a link already in someone's mailbox must open.
        return !email?.verificationRequest || (await mayAsk(user.email ?? '', from, systemPorts.clock.now()));
      },
      redirect: ({ url }) => ownPath(url, [new URL(env().baseUrl).origin]),
      async jwt({ token, user }) {
        const personId = user && parseId('person', user.id);
        return personId ? { sub: personId, sid: await openSession(personId) } : token;
      },
      async session({ session, token }) {
        const sessionId = typeof token['sid'] === 'string' ? parseId('session', token['sid']) : undefined;
        const live = sessionId && (await findSession(sessionId));
        return live ? { expires: session.expires, user: { email: live.email, name: live.name ?? null } } : { expires: session.expires };
      },
    },
    events: {
      async signOut({ token }) {
        const sessionId = typeof token?.['sid'] === 'string' ? parseId('session', token['sid']) : undefined;
        if (sessionId) await revokeSession(sessionId);
      },
    },
    logger: { error: (code, metadata) => logError(`next-auth ${code}`, metadata), warn: () => {}, debug: () => {} },
  };
}
