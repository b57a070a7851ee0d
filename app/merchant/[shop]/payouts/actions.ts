'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { merchantAction } from '@/app/_actions/merchant-action';
import { explainDesk } from '@/app/_text/explain-desk';
import { env } from '@/lib/platform/env';
import { startOnboarding } from '@/lib/provider';

/** Leads the owner to the payment provider's own pages, and back here. */
export const startOnboardingAction = merchantAction(
  z.object({ shop: z.string().max(80) }),
  async ({ scope, shop, locale }) => {
    const page = `${env().baseUrl}/merchant/${shop.slug}/payouts`;
    const started = await startOnboarding(scope, { done: page, again: page });
    if (!started.ok) return { kind: 'bad', text: explainDesk(locale, { kind: 'invalid' }) };
    return redirect(started.value.url);
  },
  'owner',
);
