import type { Instant, Locale, Result } from '@/lib/kernel';
import { DAY, MINUTE, err, ok, plusMs } from '@/lib/kernel';
import { sendSignInLink } from '@/lib/messaging';
import { env } from '@/lib/platform/env';
import { token } from '@/lib/platform/ids';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import { ownPath } from './callback-path';
import { foldEmail } from './people-repository';
import { allowedFrom } from './request-limit';
import { countTokens, hashOfToken, insertToken } from './verification-tokens';

/** How long a link sent by mail opens the door. */
export const MAILED_LINK_MINUTES = 30;
const WINDOW_MINUTES = 15;
const LINKS_PER_ADDRESS = 5;

export type LinkRefusal = { readonly kind: 'too-many-links'; readonly retryMinutes: number };

/** The address that signs `email` in once and goes on to `callbackPath`. */
async function makeLink(
  wanted: { readonly email: string; readonly callbackPath: string; readonly baseUrl: string; readonly expiresAt: Instant },
  now: Instant,
): Promise<string> {
  const secret = token();
  const identifier = foldEmail(wanted.email);
  await insertToken(reader(), { identifier, tokenHash: hashOfToken(secret, env().authSecret), expiresAt: wanted.expiresAt }, now);
  const query = new URLSearchParams({ callbackUrl: ownPath(wanted.callbackPath), token: secret, email: identifier });
  return `${wanted.baseUrl.replace(/\/+$/, '')}/api/auth/callback/email?${query.toString()}`;
}

/** A one-click link for whoever may run commands on this machine: good once, for a day. */
export async function createSignInLink(
  wanted: { readonly email: string; readonly callbackPath: string; readonly baseUrl: string },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<string> {
  const now = clock.now();
  return makeLink({ ...wanted, expiresAt: plusMs(now, DAY) }, now);
}

/** How long the link of an invitation opens the door: whoever is asked on a Friday may come on a Monday. */
export const INVITATION_DAYS = 7;

/** The one-click link of an invitation; it leaves in a mail to the address it signs in, and nowhere else. */
export async function createInvitationLink(
  wanted: { readonly email: string; readonly callbackPath: string },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<string> {
  const now = clock.now();
  return makeLink({ ...wanted, baseUrl: env().baseUrl, expiresAt: plusMs(now, INVITATION_DAYS * DAY) }, now);
}

/** How many invitations went to an address in the last day and were not followed, whatever house sent them. */
export async function countInvitationsLately(db: Reader, email: string, now: Instant): Promise<number> {
  const youngest = plusMs(now, INVITATION_DAYS * DAY);
  return countTokens(db, foldEmail(email), plusMs(youngest, -DAY), youngest);
}

/**
 * Mails a link to whoever asks. Says the same for every address, known or not; refuses only a flood, per address and per sender.
 */
export async function requestSignInLink(
  asked: { readonly email: string; readonly callbackPath: string; readonly locale: Locale; readonly from: string },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<void, LinkRefusal>> {
  return observed({ useCase: 'requestSignInLink', actor: 'nobody' }, async () => {
    const now = clock.now();
    if (!(await mayAsk(asked.email, asked.from, now))) return err({ kind: 'too-many-links', retryMinutes: WINDOW_MINUTES });
    const url = await makeLink({ ...asked, baseUrl: env().baseUrl, expiresAt: plusMs(now, MAILED_LINK_MINUTES * MINUTE) }, now);
    await sendSignInLink(foldEmail(asked.email), url, asked.locale);
    return ok(undefined);
  });
}

/** Counted in the database for the address, so that every process counts alike; in this process for the sender. */
export async function mayAsk(email: string, from: string, now: Instant): Promise<boolean> {
  if (!allowedFrom(from, now)) return false;
  const youngest = plusMs(now, MAILED_LINK_MINUTES * MINUTE);
  const asked = await countTokens(reader(), foldEmail(email), plusMs(youngest, -WINDOW_MINUTES * MINUTE), youngest);
  return asked < LINKS_PER_ADDRESS;
}
