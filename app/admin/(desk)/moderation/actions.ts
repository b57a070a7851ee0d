'use server';

import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { operatorAction } from '@/app/_actions/operator-action';
import { decideMatch } from '@/lib/catalogue';
import { removeRequest } from '@/lib/requests';
import { texts } from '@/lib/texts';

const decision = z.object({
  reviewId: idField('matchReview'),
  decision: z.enum(['merge', 'keep-apart', 'split']),
});

/** "C'est le même produit", "Deux produits", "Séparer à nouveau". */
export const decideMatchAction = operatorAction(
  decision,
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'imports');
    const decided = await decideMatch(scope, input);
    if (!decided.ok) return { kind: 'bad', text: t(`matches.refused.${decided.error.kind}`) };
    return { kind: 'good', text: t(`matches.said.${input.decision}`) };
  },
  ['admin', 'moderator'],
);

const named = z.object({
  requestId: idField('request'),
});

/** Takes away a request that has no business here; words and picture are gone at once. */
export const removeRequestAction = operatorAction(
  named,
  async ({ scope, locale }, { requestId }) => {
    const t = texts(locale, 'requests');
    const removed = await removeRequest(scope, requestId);
    return removed.ok ? { kind: 'good', text: t('city.said.removed') } : { kind: 'bad', text: t(`city.said.${removed.error.kind}`) };
  },
  ['admin', 'moderator'],
);
