'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/_actions/operator-action';
import { parseId } from '@/lib/kernel';
import { financeRoles, holdInput, holdPayouts, liftHold } from '@/lib/payouts';
import { texts } from '@/lib/texts';

/** Holds a merchant's payouts, with the reason it is told. */
export const holdPayoutsAction = operatorAction(
  holdInput,
  async ({ scope, locale }, input) => {
    const held = await holdPayouts(scope, input);
    const t = texts(locale, 'money');
    return held.ok ? { kind: 'good', text: t('holds.placed') } : { kind: 'bad', text: t(`holds.refused.${held.error.kind}`) };
  },
  financeRoles,
);

/** Ends a hold before its day. */
export const liftHoldAction = operatorAction(
  z.object({ holdId: z.string().max(40) }),
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'money');
    const holdId = parseId('hold', input.holdId);
    const lifted = holdId && (await liftHold(scope, holdId));
    if (!lifted?.ok) return { kind: 'bad', text: t(`holds.refused.${lifted?.error.kind ?? 'hold-not-found'}`) };
    return { kind: 'good', text: t('holds.lifted') };
  },
  financeRoles,
);
