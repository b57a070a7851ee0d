'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { currentSession, revokeSession, SESSION_COOKIE } from '@/lib/identity';
import { pathTo, unprefixedLocale } from '@/lib/kernel';

/** Ends this browser's session for good: the row is revoked, so a copy of the cookie is worth nothing either. */
export async function signOutAction(): Promise<void> {
  const jar = await cookies();
  const session = await currentSession(jar.get(SESSION_COOKIE)?.value);
  if (session) await revokeSession(session.sessionId);
  jar.delete(SESSION_COOKIE);
  redirect(pathTo(session?.locale ?? unprefixedLocale, 'home'));
}
