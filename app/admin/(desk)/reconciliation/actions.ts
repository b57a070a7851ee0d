'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/_actions/operator-action';
import { financeRoles } from '@/lib/payouts';
import { logError } from '@/lib/platform/log';
import { differenceNoteInput, noteDifference, reconcileDay } from '@/lib/reconciliation';
import { texts } from '@/lib/texts';

/** Compares a day with the provider as it stands now. */
export const compareAgainAction = operatorAction(
  z.object({ day: z.iso.date() }),
  async ({ locale }, { day }) => {
    const t = texts(locale, 'money');
    try {
      const { compared, differences } = await reconcileDay(day);
      return { kind: 'good', text: t('reconciliation.done', { day, compared, differences: differences.length }) };
    } catch (error) {
      logError('compare-again', error);
      return { kind: 'bad', text: t('reconciliation.refused.away') };
    }
  },
  financeRoles,
);

/** Writes down what a difference comes from. */
export const noteDifferenceAction = operatorAction(
  differenceNoteInput,
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'money');
    const noted = await noteDifference(scope, input);
    if (!noted.ok) return { kind: 'bad', text: t(`reconciliation.refused.${noted.error.kind}`) };
    return { kind: 'good', text: t('reconciliation.saved') };
  },
  financeRoles,
);
