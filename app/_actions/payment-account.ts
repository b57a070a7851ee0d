'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { merchantAction } from '@/app/_actions/merchant-action';
import { say } from '@/app/_actions/said';
import { accountPage, accountPlaces } from '@/app/_actions/account-page';
import { explainDesk } from '@/app/_text/explain-desk';
import { env } from '@/lib/platform/env';
import { leaveOnboarding, startOnboarding } from '@/lib/provider';
import { texts } from '@/lib/texts';

const place = z.object({ at: z.enum(accountPlaces) });

/** Leads the owner to the payment provider's own pages, and back to where the button stood. */
export const startOnboardingAction = merchantAction(
  place,
  async ({ scope, shop, locale }, { at }) => {
    const page = `${env().baseUrl}${accountPage(at, shop.slug)}`;
    const started = await startOnboarding(scope, { done: page, again: page });
    if (!started.ok) return { kind: 'bad', text: explainDesk(locale, { kind: 'invalid' }) };
    return redirect(started.value.url);
  },
  'owner',
);

/** The provider's form inside our page is left: how the account stands is asked, and the page shows it without the form. */
export const leaveOnboardingAction = merchantAction(
  place,
  async ({ scope, shop, locale }, { at }) => {
    const left = await leaveOnboarding(scope);
    if (!left.ok) return { kind: 'bad', text: explainDesk(locale, { kind: 'invalid' }) };
    await say(left.value.isEnabled ? { kind: 'good', text: texts(locale, 'onboarding')('account.enabled') } : undefined);
    return redirect(accountPage(at, shop.slug));
  },
  'owner',
);
