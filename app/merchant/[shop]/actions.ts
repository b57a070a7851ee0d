'use server';

import { z } from 'zod';
import { merchantAction } from '@/app/_actions/merchant-action';
import { currentPerson } from '@/app/_data/person';
import { setPreferredLocale } from '@/lib/identity';
import { isLocale } from '@/lib/kernel';
import { setTakesOrders } from '@/lib/shops';
import { texts } from '@/lib/texts';

const switching = z.object({ takesOrders: z.enum(['on', 'off']) });

/** The switch on the counter: off means that no new order is offered here. */
export const switchOpeningAction = merchantAction(switching, async ({ scope, locale }, { takesOrders }) => {
  const switched = await setTakesOrders(scope, takesOrders === 'on');
  const t = texts(locale, 'merchant');
  return switched.ok ? { kind: 'good', text: switched.value.takesOrders ? t('said.opened') : t('said.closed') } : undefined;
});

const language = z.object({ language: z.string().refine(isLocale) });

/** The language this person reads the desks in. */
export const chooseLanguageAction = merchantAction(language, async (_desk, { language: chosen }) => {
  const person = await currentPerson();
  if (person && isLocale(chosen)) await setPreferredLocale(person, chosen);
  return undefined;
});
