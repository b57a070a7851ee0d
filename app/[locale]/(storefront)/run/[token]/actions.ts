'use server';

import { notFound } from 'next/navigation';
import { z } from 'zod';
import { shopperAction } from '@/app/_actions/shopper-action';
import { explainCourier } from '@/app/_text/explain-courier';
import { absentReasons, bringBack, deliverAtDoor, fetchPart, findOnRun, markAbsent } from '@/lib/courier';
import { runScope } from '@/lib/identity';
import type { Locale, RunScope } from '@/lib/kernel';
import { parseId } from '@/lib/kernel';
import { texts } from '@/lib/texts';

const link = z.object({ token: z.string().min(8).max(120) });
const position = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number);

/** The link is the proof; one that opens nothing is a page that is not there. */
async function scopeOf(token: string): Promise<RunScope> {
  return (await runScope(token)) ?? notFound();
}

function bad(locale: Locale, refusal: Parameters<typeof explainCourier>[1]) {
  return { kind: 'bad', text: explainCourier(locale, refusal) } as const;
}

const fetching = link.extend({ subOrderId: z.string().max(40).optional(), code: z.string().trim().max(80).optional() });

/** A bag is taken, by its button or by what was scanned from its slip. */
export const fetchPartAction = shopperAction(fetching, async (_shopper, input, { locale }) => {
  const scope = await scopeOf(input.token);
  const subOrderId = input.code ? await findOnRun(scope, input.code) : parseId('subOrder', input.subOrderId ?? '');
  if (!subOrderId) return bad(locale, { kind: 'not-on-this-run' });
  const fetched = await fetchPart(scope, subOrderId);
  if (!fetched.ok) return bad(locale, fetched.error);
  return { kind: 'good', text: texts(locale, 'courier')('said.fetched', { number: fetched.value.numbers.join(', ') }) };
});

const atTheDoor = link.extend({
  position,
  code: z.string().trim().max(20).optional(),
  receivedBy: z.string().trim().max(80).optional(),
  ageChecked: z.literal('yes').optional(),
});

/** Everything for this door is handed over, with its proof. */
export const deliverAction = shopperAction(atTheDoor, async (_shopper, input, { locale }) => {
  const delivered = await deliverAtDoor(await scopeOf(input.token), { ...input, ageChecked: input.ageChecked === 'yes' });
  if (!delivered.ok) return bad(locale, delivered.error);
  return { kind: 'good', text: texts(locale, 'courier')('said.delivered', { numbers: delivered.value.numbers.join(', ') }) };
});

/** Nobody took it: it stays on board. */
export const absentAction = shopperAction(link.extend({ position, reason: z.enum(absentReasons) }), async (_shopper, input, { locale }) => {
  const kept = await markAbsent(await scopeOf(input.token), input);
  if (!kept.ok) return bad(locale, kept.error);
  return { kind: 'good', text: texts(locale, 'courier')('said.absent', { numbers: kept.value.numbers.join(', ') }) };
});

/** The bag is the shop's again. */
export const bringBackAction = shopperAction(link.extend({ subOrderId: z.string().max(40) }), async (_shopper, input, { locale }) => {
  const scope = await scopeOf(input.token);
  const subOrderId = parseId('subOrder', input.subOrderId);
  if (!subOrderId) return bad(locale, { kind: 'not-on-this-run' });
  const back = await bringBack(scope, subOrderId);
  if (!back.ok) return bad(locale, back.error);
  return { kind: 'good', text: texts(locale, 'courier')('said.back', { number: back.value.numbers.join(', ') }) };
});
