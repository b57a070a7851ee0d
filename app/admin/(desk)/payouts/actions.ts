'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/_actions/operator-action';
import { formatMoney, moneyOf, parseId } from '@/lib/kernel';
import { carryDebt, financeRoles, holdInput, holdPayouts, liftHold, payCityOut } from '@/lib/payouts';
import { getCity } from '@/lib/shops';
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

/** The city carries what a merchant owes. */
export const carryDebtAction = operatorAction(
  z.object({ merchant: z.string().max(40) }),
  async ({ scope, locale }, { merchant }) => {
    const t = texts(locale, 'money');
    const merchantId = parseId('merchant', merchant);
    const carried = merchantId && (await carryDebt(scope, merchantId));
    return carried?.ok
      ? { kind: 'good', text: t('debts.carried') }
      : { kind: 'bad', text: t(`debts.refused.${carried?.error.kind ?? 'merchant-not-found'}`) };
  },
  financeRoles,
);

/** Sends what is the city's own to the city's bank. */
export const payCityOutAction = operatorAction(
  z.object({}),
  async ({ scope, locale }) => {
    const t = texts(locale, 'money');
    const paid = await payCityOut(scope);
    if (!paid.ok) return { kind: 'bad', text: t(`city.refused.${paid.error.kind}`) };
    const amount = moneyOf(paid.value.amountMinor, (await getCity()).currency);
    return { kind: 'good', text: t('city.paid', { amount: formatMoney(amount, locale) }) };
  },
  financeRoles,
);
