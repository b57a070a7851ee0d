'use server';

import { z } from 'zod';
import { counterForms } from '@/app/_actions/counter-forms';
import { merchantAction } from '@/app/_actions/merchant-action';
import { currentPerson } from '@/app/_data/person';
import { setPreferredLocale } from '@/lib/identity';
import { formatTime, isLocale } from '@/lib/kernel';
import { getCity, goAway, returnsWishes, setReturnsWish, setSetsAside, setTakesOrders } from '@/lib/shops';
import { texts } from '@/lib/texts';

/** The switch on the counter: off means that no new order is offered here. */
export const switchOpeningAction = merchantAction(counterForms.switch, async ({ scope, locale }, { takesOrders }) => {
  const switched = await setTakesOrders(scope, takesOrders === 'on');
  const t = texts(locale, 'merchant');
  return switched.ok ? { kind: 'good', text: switched.value.takesOrders ? t('said.opened') : t('said.closed') } : undefined;
});

const away = z.object({ minutes: z.literal('15') });

/** "De retour dans 15 min": expires by itself. */
export const awayAction = merchantAction(away, async ({ scope, locale }) => {
  const gone = await goAway(scope, 15);
  if (!gone.ok) return undefined;
  const time = formatTime(gone.value.until, locale, (await getCity()).timeZone);
  return { kind: 'good', text: texts(locale, 'merchant')('said.away', { time }) };
});

const settingAside = z.object({ setAside: z.enum(['yes', 'no']) });

/** Whether customers may reserve here and pay at the till. */
export const setAsideAction = merchantAction(
  settingAside,
  async ({ scope, locale }, { setAside }) => {
    const set = await setSetsAside(scope, setAside === 'yes');
    const t = texts(locale, 'merchant');
    return set.ok ? { kind: 'good', text: t(set.value.setAside ? 'settings.setAside.saidOn' : 'settings.setAside.saidOff') } : undefined;
  },
  'manager',
);

const returning = z.object({ returns: z.enum(returnsWishes) });

/** What the shop does with things other shops sold. */
export const returnsWishAction = merchantAction(
  returning,
  async ({ scope, locale }, { returns }) => {
    const set = await setReturnsWish(scope, returns);
    return set.ok ? { kind: 'good', text: texts(locale, 'merchant')(`settings.returns.said.${set.value.wish}`) } : undefined;
  },
  'manager',
);

const language = z.object({ language: z.string().refine(isLocale) });

/** The language this person reads the desks in. */
export const chooseLanguageAction = merchantAction(language, async (_desk, { language: chosen }) => {
  const person = await currentPerson();
  if (person && isLocale(chosen)) await setPreferredLocale(person, chosen);
  return undefined;
});
