'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { counterForms, handoverOf } from '@/app/_actions/counter-forms';
import { idField } from '@/app/_actions/id-field';
import { merchantAction, merchantForm } from '@/app/_actions/merchant-action';
import { say } from '@/app/_actions/said';
import { explainCounter } from '@/app/_text/explain-counter';
import { acceptSubOrder, despatch, handOver, markDelivered, markReady, refuseSubOrder, reportMissing, tickLine } from '@/lib/fulfilment';
import type { Locale } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';

/** A refusal of the counter in the shop's language and zone. */
async function no(locale: Locale, refusal: Parameters<typeof explainCounter>[1]) {
  return { kind: 'bad', text: explainCounter(locale, refusal, (await getCity()).timeZone) } as const;
}

export const acceptAction = merchantAction(counterForms.accept, async ({ scope, locale }, input) => {
  const accepted = await acceptSubOrder(scope, input.subOrderId);
  if (!accepted.ok) return no(locale, accepted.error);
  return { kind: 'good', text: texts(locale, 'merchant')('said.accepted', { number: accepted.value.number }) };
});

export const refuseAction = merchantAction(counterForms.refuse, async ({ scope, locale }, input) => {
  const refused = await refuseSubOrder(scope, input);
  if (!refused.ok) return no(locale, refused.error);
  return { kind: 'good', text: texts(locale, 'merchant')('said.refused', { number: refused.value.number }) };
});

/** "Il en manque": so many of a line can be served, and what is not looks for another shop. */
export const missingAction = merchantAction(counterForms.missing, async ({ scope, locale }, input) => {
  const reported = await reportMissing(scope, input);
  if (!reported.ok) return no(locale, reported.error);
  return { kind: 'good', text: texts(locale, 'merchant')('said.missing', { number: reported.value.number }) };
});

/** Ticks a line, or takes the tick back when no quantity is given. */
export const tickAction = merchantAction(counterForms.tick, async ({ scope, locale }, input) => {
  const ticked = await tickLine(scope, { lineId: input.lineId, pickedQuantity: input.pickedQuantity });
  return ticked.ok ? undefined : no(locale, ticked.error);
});

export const readyAction = merchantAction(counterForms.ready, async ({ scope, locale }, { subOrderId, bag, withMissing }) => {
  const marked = await markReady(scope, { subOrderId, bag, withMissing: withMissing === 'yes' });
  if (!marked.ok) return no(locale, marked.error);
  return { kind: 'good', text: texts(locale, 'merchant')('said.ready', { number: marked.value.number }) };
});

/** Steps that need the network: they name the part and nothing else. */
const onePart = z.object({ subOrderId: idField('subOrder') });

export const despatchAction = merchantAction(onePart, async ({ scope, locale }, input) => {
  const gone = await despatch(scope, input.subOrderId);
  if (!gone.ok) return no(locale, gone.error);
  return { kind: 'good', text: texts(locale, 'merchant')('said.despatched', { number: gone.value.number }) };
});

export const deliveredAction = merchantAction(onePart, async ({ scope, locale }, input) => {
  const delivered = await markDelivered(scope, input.subOrderId);
  if (!delivered.ok) return no(locale, delivered.error);
  return { kind: 'good', text: texts(locale, 'merchant')('said.delivered', { number: delivered.value.number }) };
});

const handoverForm = {
  /** `back`: where the form stood; the next customer is served there. */
  schema: counterForms.handover.extend({ back: z.enum(['counter', 'handover']) }),
  wordOf: (locale: Locale) => texts(locale, 'merchant')('refused.invalid'),
};

/** "Remis": the person showed the code, or gave a name and the end of the order number. */
export const handOverAction = merchantForm(handoverForm, async ({ scope, shop, locale }, input) => {
  const handed = await handOver(scope, handoverOf(input));
  if (handed.ok) {
    await say({ kind: 'good', text: texts(locale, 'merchant')('said.handedOver', { number: handed.value.number }) });
    redirect(`/merchant/${shop.slug}/${input.back}`);
  }
  const field = handed.error.kind === 'age-not-confirmed' ? 'ageChecked' : 'code';
  return { errors: [{ field, message: (await no(locale, handed.error)).text }] };
});
