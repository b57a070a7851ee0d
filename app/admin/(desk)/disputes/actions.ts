'use server';

import { operatorAction } from '@/app/_actions/operator-action';
import { answerDispute, disputeAnswerInput } from '@/lib/disputes';
import { financeRoles } from '@/lib/payouts';
import { texts } from '@/lib/texts';

/** Accepts a dispute, or contests it with what the city knows. */
export const answerDisputeAction = operatorAction(
  disputeAnswerInput,
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'money');
    const answered = await answerDispute(scope, input);
    if (!answered.ok) return { kind: 'bad', text: t(`disputes.refused.${answered.error.kind}`) };
    return { kind: 'good', text: t(input.answer === 'accept' ? 'disputes.accepted' : 'disputes.contested') };
  },
  financeRoles,
);
