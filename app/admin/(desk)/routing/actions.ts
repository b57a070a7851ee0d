'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { operatorAction } from '@/app/_actions/operator-action';
import { say } from '@/app/_actions/said';
import type { PolicyRefusal } from '@/lib/sourcing';
import { publishPolicy, revertPolicy } from '@/lib/sourcing';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { draftFrom } from './draft';

const version = z.coerce.number().int().min(1);

/** Makes a tried draft the live policy. */
export const publishPolicyAction = operatorAction(
  z.looseObject({ from: version, source: z.string().trim().min(3).max(200) }),
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'admin');
    const policy = draftFrom(input);
    if (!policy) return { kind: 'bad', text: t('routing.refused.invalid') };
    const published = await publishPolicy(scope, { policy, from: input.from, source: input.source });
    if (!published.ok) return { kind: 'bad', text: explain(published.error, locale) };
    await say({ kind: 'good', text: t('routing.published', { version: published.value.version }) });
    return redirect('/admin/routing'); // the draft in the address is done with
  },
  ['admin'],
);

/** Goes back to an earlier version, as a new one. */
export const revertPolicyAction = operatorAction(
  z.object({ to: version, from: version }),
  async ({ scope, locale }, { to, from }) => {
    const t = texts(locale, 'admin');
    const reverted = await revertPolicy(scope, { to, from, source: t('routing.backTo', { version: to }) });
    return reverted.ok
      ? { kind: 'good', text: t('routing.published', { version: reverted.value.version }) }
      : { kind: 'bad', text: explain(reverted.error, locale) };
  },
  ['admin'],
);

function explain(refusal: PolicyRefusal, locale: Locale): string {
  const t = texts(locale, 'admin');
  return refusal.kind === 'changed-meanwhile'
    ? t('routing.refused.changed-meanwhile', { version: refusal.version })
    : t(`routing.refused.${refusal.kind}`);
}
