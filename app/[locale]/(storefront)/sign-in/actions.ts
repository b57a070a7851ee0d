'use server';

import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { z } from 'zod';
import { doorOf, entriesOf } from '@/app/_actions/shopper-action';
import { explainSignIn } from '@/app/_text/explain-sign-in';
import type { FormState } from '@/components/ui/form-state';
import { ownPath, requestSignInLink } from '@/lib/identity';
import { pathTo } from '@/lib/kernel';
import { logError } from '@/lib/platform/log';

const asked = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  callbackUrl: z.string().max(600).optional(),
});

/** Mails a link. Says the same for every address, so that nobody learns who has an account. */
export async function requestLinkAction(previous: FormState, posted: FormData): Promise<FormState> {
  const { locale } = await doorOf(posted);
  const values = entriesOf(posted);
  const attempt = previous.attempt + 1;
  const refused = (kind: Parameters<typeof explainSignIn>[1]): FormState => ({
    values,
    attempt,
    errors: [{ field: 'email', message: explainSignIn(locale, kind) }],
  });
  const parsed = asked.safeParse(values);
  if (!parsed.success) return refused({ kind: values['email'] ? 'not-an-address' : 'address-missing' });
  const callbackPath = parsed.data.callbackUrl ? ownPath(parsed.data.callbackUrl) : pathTo(locale, 'account');
  const from = (await headers()).get('x-forwarded-for')?.split(',')[0]?.trim() ?? 'here';
  try {
    const sent = await requestSignInLink({ email: parsed.data.email, callbackPath, locale, from });
    if (!sent.ok) return refused(sent.error);
  } catch (error) {
    unstable_rethrow(error);
    logError('request-sign-in-link', error);
    return refused({ kind: 'not-sent' });
  }
  return { values, attempt, errors: [], notice: parsed.data.email };
}
