'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { merchantAction, merchantForm } from '@/app/_actions/merchant-action';
import { say } from '@/app/_actions/said';
import { explainCounter } from '@/app/_text/explain-counter';
import {
  acceptSubOrder,
  despatch,
  handOver,
  markDelivered,
  markReady,
  refusalReasons,
  refuseSubOrder,
  reportMissing,
  tickLine,
} from '@/lib/fulfilment';
import { parseId } from '@/lib/kernel';
import type { Locale } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';

const subOrderId = z.string().transform((text, context) => {
  const id = parseId('subOrder', text);
  if (!id) context.addIssue({ code: 'custom', message: 'not-an-id' });
  return id ?? z.NEVER;
});
const lineId = z.string().transform((text, context) => {
  const id = parseId('orderLine', text);
  if (!id) context.addIssue({ code: 'custom', message: 'not-an-id' });
  return id ?? z.NEVER;
});
const wholeNumber = z
  .string()
  .regex(/^\d{1,7}$/, { error: 'not-a-number' })
  .transform(Number);

/** A refusal of the counter in the shop's language and zone. */
async function no(locale: Locale, refusal: Parameters<typeof explainCounter>[1]) {
  return { kind: 'bad', text: explainCounter(locale, refusal, (await getCity()).timeZone) } as const;
}

export const acceptAction = merchantAction(z.object({ subOrderId }), async ({ scope, locale }, input) => {
  const accepted = await acceptSubOrder(scope, input.subOrderId);
  if (!accepted.ok) return no(locale, accepted.error);
  return { kind: 'good', text: texts(locale, 'merchant')('said.accepted', { number: accepted.value.number }) };
});

export const refuseAction = merchantAction(z.object({ subOrderId, reason: z.enum(refusalReasons) }), async ({ scope, locale }, input) => {
  const refused = await refuseSubOrder(scope, input);
  if (!refused.ok) return no(locale, refused.error);
  return { kind: 'good', text: texts(locale, 'merchant')('said.refused', { number: refused.value.number }) };
});

const missing = z.object({ subOrderId, lineId, found: wholeNumber, reason: z.enum(['missing', 'damaged']) });

/** "Il en manque": so many of a line can be served, and what is not looks for another shop. */
export const missingAction = merchantAction(missing, async ({ scope, locale }, input) => {
  const reported = await reportMissing(scope, input);
  if (!reported.ok) return no(locale, reported.error);
  return { kind: 'good', text: texts(locale, 'merchant')('said.missing', { number: reported.value.number }) };
});

/** Ticks a line, or takes the tick back when no quantity is given. */
export const tickAction = merchantAction(z.object({ lineId, pickedQuantity: wholeNumber.optional() }), async ({ scope, locale }, input) => {
  const ticked = await tickLine(scope, { lineId: input.lineId, pickedQuantity: input.pickedQuantity });
  return ticked.ok ? undefined : no(locale, ticked.error);
});

const ready = z.object({ subOrderId, bag: z.string().trim().max(40).optional(), withMissing: z.literal('yes').optional() });

export const readyAction = merchantAction(ready, async ({ scope, locale }, { subOrderId: id, bag, withMissing }) => {
  const marked = await markReady(scope, { subOrderId: id, bag, withMissing: withMissing === 'yes' });
  if (!marked.ok) return no(locale, marked.error);
  return { kind: 'good', text: texts(locale, 'merchant')('said.ready', { number: marked.value.number }) };
});

export const despatchAction = merchantAction(z.object({ subOrderId }), async ({ scope, locale }, input) => {
  const gone = await despatch(scope, input.subOrderId);
  if (!gone.ok) return no(locale, gone.error);
  return { kind: 'good', text: texts(locale, 'merchant')('said.despatched', { number: gone.value.number }) };
});

export const deliveredAction = merchantAction(z.object({ subOrderId }), async ({ scope, locale }, input) => {
  const delivered = await markDelivered(scope, input.subOrderId);
  if (!delivered.ok) return no(locale, delivered.error);
  return { kind: 'good', text: texts(locale, 'merchant')('said.delivered', { number: delivered.value.number }) };
});

const handover = z.object({
  subOrderId,
  code: z.string().trim().max(60).optional(),
  name: z.string().trim().max(80).optional(),
  digits: z.string().trim().max(12).optional(),
  ageChecked: z.literal('yes').optional(),
  /** Where the form stood: the next customer is served there. */
  back: z.enum(['counter', 'handover']),
});

const handoverForm = {
  schema: handover,
  wordOf: (locale: Locale) => texts(locale, 'merchant')('refused.invalid'),
};

/** "Remis": the person showed the code, or gave a name and the end of the order number. */
export const handOverAction = merchantForm(handoverForm, async ({ scope, shop, locale }, input) => {
  const proof = input.name && input.digits ? { name: input.name, lastDigits: input.digits } : { pass: input.code ?? '' };
  const handed = await handOver(scope, { subOrderId: input.subOrderId, proof, ageChecked: input.ageChecked === 'yes' });
  if (handed.ok) {
    await say({ kind: 'good', text: texts(locale, 'merchant')('said.handedOver', { number: handed.value.number }) });
    redirect(`/merchant/${shop.slug}/${input.back}`);
  }
  const field = handed.error.kind === 'age-not-confirmed' ? 'ageChecked' : 'code';
  return { errors: [{ field, message: (await no(locale, handed.error)).text }] };
});
