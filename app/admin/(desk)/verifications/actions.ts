'use server';

import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { operatorAction } from '@/app/_actions/operator-action';
import { switchModule } from '@/lib/modules';
import { decideOpening } from '@/lib/onboarding';
import { confirmPapers } from '@/lib/papers';
import { seeProposal } from '@/lib/proposals';
import { texts } from '@/lib/texts';

const decision = z.object({
  shopId: idField('shop'),
  verdict: z.enum(['approve', 'refuse']),
  reason: z.string().trim().max(500).default(''),
});

/** "Ouvrir", or "Renvoyer" with a reason the shop reads. */
export const decideOpeningAction = operatorAction(
  decision,
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'onboarding');
    const decided = await decideOpening(scope, input);
    if (!decided.ok) return { kind: 'bad', text: t(`city.said.${decided.error.kind}`) };
    return { kind: 'good', text: t(`city.said.${input.verdict}`, { name: decided.value.name }) };
  },
  ['admin', 'moderator'],
);

/** Whether complete files open without anybody looking. */
export const automaticOpeningsAction = operatorAction(
  z.object({ automatic: z.enum(['on', 'off']) }),
  async ({ scope, locale }, { automatic }) => {
    await switchModule(scope, { name: 'automatic-openings', enabled: automatic === 'on', isConfirmed: true });
    return { kind: 'good', text: texts(locale, 'onboarding')(`city.said.${automatic}`) };
  },
  ['admin'],
);

const seen = z.object({
  merchantId: idField('merchant'),
  declaredAt: z.string().regex(/^\d{0,15}$/),
});

/** "Comparé au registre": of the statement that stood on the page. */
export const confirmPapersAction = operatorAction(
  seen,
  async ({ scope, locale }, { merchantId, declaredAt }) => {
    const t = texts(locale, 'onboarding');
    const confirmed = await confirmPapers(scope, { merchantId, declaredAt: declaredAt === '' ? undefined : Number(declaredAt) });
    return confirmed.ok
      ? { kind: 'good', text: t('changed.said', { name: confirmed.value.legalName }) }
      : { kind: 'bad', text: t('changed.meanwhile') };
  },
  ['admin', 'moderator'],
);

/** "Lu": off the list of proposed shops. */
export const seeProposalAction = operatorAction(
  z.object({ key: z.string().min(1).max(200) }),
  async ({ scope, locale }, { key }) => {
    await seeProposal(scope, key);
    return { kind: 'good', text: texts(locale, 'onboarding')('proposals.said') };
  },
  ['admin', 'moderator'],
);
