'use server';

import { z } from 'zod';
import { shopperAction } from '@/app/_actions/shopper-action';
import { askToBeTold, confirmAlert, stopAlert } from '@/lib/alerts';
import { parseId } from '@/lib/kernel';
import { texts } from '@/lib/texts';

const wish = z.object({
  email: z.email().max(200),
  listing: z.string().max(60).optional(),
  words: z.string().max(120).optional(),
  opening: z.literal('1').optional(),
});

/** Somebody wants to be told: the answer is the same whether or not the address is known. */
export const askToBeToldAction = shopperAction(wish, async (_shopper, { email, listing, words, opening }, { locale }) => {
  const t = texts(locale, 'search');
  const listingId = listing === undefined ? undefined : parseId('listing', listing);
  const asked = await askToBeTold({ email, locale, listingId, words, opening: opening !== undefined });
  return asked.ok ? { kind: 'good', text: t('alert.sent', { email }) } : { kind: 'bad', text: t(`alert.refused.${asked.error.kind}`) };
});

const link = z.object({ token: z.string().min(20).max(80) });

/** The address says yes. */
export const confirmAlertAction = shopperAction(link, async (_shopper, { token }, { locale }) => {
  await confirmAlert(token);
  return { kind: 'good', text: texts(locale, 'search')('alert.confirmed') };
});

/** The alert and the address are forgotten. */
export const stopAlertAction = shopperAction(link, async (_shopper, { token }, { locale }) => {
  await stopAlert(token);
  return { kind: 'good', text: texts(locale, 'search')('alert.stopped') };
});
