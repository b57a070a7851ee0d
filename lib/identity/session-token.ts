import { decode } from 'next-auth/jwt';
import type { SessionId } from '@/lib/kernel';
import { DAY, parseId } from '@/lib/kernel';
import { env } from '@/lib/platform/env';

/** Name of the cookie that holds the signed session; its row in `sessions` decides whether it still counts. */
export const SESSION_COOKIE = 'halles_session';

export const SESSION_LIFE_MS = 30 * DAY;

/** The session a cookie speaks of, if we sealed it ourselves and it has not run out. Says nothing about revocation. */
export async function readSessionToken(sealed: string): Promise<SessionId | undefined> {
  try {
    const content = await decode({ token: sealed, secret: env().authSecret });
    return typeof content?.['sid'] === 'string' ? parseId('session', content['sid']) : undefined;
  } catch {
    // Sealed by someone else, cut short, or out of date: all mean "not signed in".
    return undefined;
  }
}
