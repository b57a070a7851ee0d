'use server';

import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { merchantAction } from '@/app/_actions/merchant-action';
import { parsePrice } from '@/lib/kernel';
import { legalInput } from '@/lib/catalogue';
import { legalFieldText } from '@/app/_text/explain-reading';
import { answerRequest, availabilities } from '@/lib/requests';
import { texts } from '@/lib/texts';

/** Cents; anything else is no price. */
const price = z
  .string()
  .trim()
  .transform((text) => parsePrice(text) ?? 0);

const input = z.looseObject({
  requestId: idField('request'),
  answer: z.enum(['yes', 'no']),
  title: z.string().max(200).default(''),
  price: price.default(0),
  quantity: z.coerce.number().int().min(0).catch(0),
  available: z.enum(availabilities).default('now'),
});

/** "Je l'ai", or "non": two taps and a price. */
export const answerRequestAction = merchantAction(
  input,
  async ({ scope, locale }, { requestId, answer, price: priceMinor, title, quantity, available, ...said }) => {
    const t = texts(locale, 'requests');
    const facts = legalInput.safeParse(said);
    if (!facts.success) return { kind: 'bad', text: texts(locale, 'shelf')('missing.content-wrong') };
    const offer = { title, quantity, available, facts: facts.data };
    const answered = await answerRequest(scope, requestId, answer === 'no' ? { answer } : { answer, priceMinor, ...offer });
    if (!answered.ok) return { kind: 'bad', text: t(`shop.said.${answered.error.kind}`) };
    const { state, missing } = answered.value;
    const what = missing.map((field) => legalFieldText(locale, field)).join(', ');
    return { kind: 'good', text: missing.length === 0 ? t(`shop.said.${state}`) : t('shop.said.lacking', { what }) };
  },
);
