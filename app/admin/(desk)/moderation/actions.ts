'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/_actions/operator-action';
import { decideMatch } from '@/lib/catalogue';
import { parseId } from '@/lib/kernel';
import { texts } from '@/lib/texts';

const decision = z.object({
  reviewId: z.string().transform((text, context) => {
    const id = parseId('matchReview', text);
    if (!id) context.addIssue({ code: 'custom', message: 'not-an-id' });
    return id ?? z.NEVER;
  }),
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
