'use server';

import { z } from 'zod';
import { merchantAction, merchantForm } from '@/app/_actions/merchant-action';
import { explainStep } from '@/app/_text/explain-beginning';
import type { Locale } from '@/lib/kernel';
import { hoursInput } from '@/lib/onboarding';
import type { HoursRefusal } from '@/lib/papers';
import { changeWeek, dropExceptionalDay, exceptionalDayInput, MOST_DAYS, setExceptionalDay } from '@/lib/papers';
import { fieldSentence, texts } from '@/lib/texts';

function sentence(locale: Locale, refusal: HoursRefusal): string {
  if (refusal.kind === 'hours-unreadable' || refusal.kind === 'hours-missing') return explainStep(locale, refusal).errors[0]?.message ?? '';
  return texts(locale, 'onboarding')(`hoursPage.refused.${refusal.kind}`, { most: MOST_DAYS });
}

/** "Enregistrer la semaine". */
export const changeWeekAction = merchantForm(
  { schema: hoursInput, wordOf: (locale, _field, code) => fieldSentence(locale, code) },
  async ({ scope, locale }, { holidaysOff, ...lines }) => {
    const changed = await changeWeek(scope, { ...lines, holidaysOff: holidaysOff !== undefined });
    if (changed.ok) return { errors: [], notice: texts(locale, 'onboarding')('hoursPage.saved') };
    const field = changed.error.kind === 'hours-unreadable' ? changed.error.day : 'Mo';
    return { errors: [{ field, message: sentence(locale, changed.error) }] };
  },
  'manager',
);

/** "Ajouter ce jour". */
export const setExceptionalDayAction = merchantAction(
  exceptionalDayInput,
  async ({ scope, locale }, input) => {
    const set = await setExceptionalDay(scope, input);
    return set.ok
      ? { kind: 'good', text: texts(locale, 'onboarding')('hoursPage.added') }
      : { kind: 'bad', text: sentence(locale, set.error) };
  },
  'manager',
);

/** "Retirer". */
export const dropExceptionalDayAction = merchantAction(
  z.object({ date: z.string().max(10) }),
  async ({ scope, locale }, { date }) => {
    const dropped = await dropExceptionalDay(scope, date);
    return dropped.ok
      ? { kind: 'good', text: texts(locale, 'onboarding')('hoursPage.dropped') }
      : { kind: 'bad', text: sentence(locale, dropped.error) };
  },
  'manager',
);
