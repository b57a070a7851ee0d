'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { closeAccount, currentSession, SESSION_COOKIE } from '@/lib/identity';
import { pathTo, unprefixedLocale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { say } from './said';

/** Closes the account of whoever is signed in here, and signs every browser of theirs out. */
export async function closeAccountAction(): Promise<void> {
  const jar = await cookies();
  const session = await currentSession(jar.get(SESSION_COOKIE)?.value);
  if (!session) redirect(pathTo(unprefixedLocale, 'home'));
  const t = texts(session.locale, 'account');
  const closed = await closeAccount(session);
  if (!closed.ok) {
    await say({ kind: 'bad', text: t('close.stillInAHouse'), on: pathTo(session.locale, 'account') });
    redirect(pathTo(session.locale, 'account'));
  }
  jar.delete(SESSION_COOKIE);
  await say({ kind: 'good', text: t('close.done'), on: pathTo(session.locale, 'home') });
  redirect(pathTo(session.locale, 'home'));
}
