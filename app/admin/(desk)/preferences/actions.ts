'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/_actions/operator-action';
import { setPreferredLocale } from '@/lib/identity';
import { isLocale } from '@/lib/kernel';

const language = z.object({ language: z.string().refine(isLocale) });

/** The language this person reads the city's desk in. */
export const chooseCityLanguageAction = operatorAction(language, async ({ session }, { language: chosen }) => {
  if (isLocale(chosen)) await setPreferredLocale(session, chosen);
  return undefined;
});
