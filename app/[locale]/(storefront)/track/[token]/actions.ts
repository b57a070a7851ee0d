'use server';

import { notFound } from 'next/navigation';
import { z } from 'zod';
import { shopperAction } from '@/app/_actions/shopper-action';
import { answerRescue, cancelByShopper } from '@/lib/fulfilment';
import { orderScope } from '@/lib/identity';
import { parseId } from '@/lib/kernel';
import { texts } from '@/lib/texts';

const cancelInput = z.object({
  token: z.string().min(8).max(120),
  subOrderId: z.string().max(40),
  shop: z.string().max(200).default(''),
});

/** Gives up one shop's part before it is picked. The link of the order is the proof; another order's part is not there. */
export const cancelAction = shopperAction(cancelInput, async (_shopper, input, door) => {
  const scope = await orderScope(input.token);
  const subOrderId = parseId('subOrder', input.subOrderId);
  if (!scope || !subOrderId) notFound();
  const cancelled = await cancelByShopper(scope, subOrderId);
  const t = texts(door.locale, 'tracking');
  if (cancelled.ok) return { kind: 'good', text: t('cancelled', { shop: input.shop }) };
  if (cancelled.error.kind === 'sub-order-not-found') notFound();
  return { kind: 'bad', text: t('cancelRefused', { shop: input.shop }) };
});

const answerInput = z.object({
  token: z.string().min(8).max(120),
  rescueId: z.string().max(40),
  choice: z.union([
    z.literal('refund'),
    z
      .string()
      .regex(/^\d{1,2}$/)
      .transform((text) => ({ option: Number(text) })),
  ]),
});

/** What is to happen with something a shop could not serve. */
export const answerRescueAction = shopperAction(answerInput, async (_shopper, input, door) => {
  const scope = await orderScope(input.token);
  const rescueId = parseId('rescue', input.rescueId);
  if (!scope || !rescueId) notFound();
  const answered = await answerRescue(scope, { rescueId, choice: input.choice });
  const t = texts(door.locale, 'tracking');
  if (!answered.ok) return answered.error.kind === 'rescue-not-found' ? notFound() : { kind: 'bad', text: t('rescued.tooLate') };
  switch (answered.value.state) {
    case 'searching':
      return { kind: 'bad', text: t('rescued.gone') };
    case 'waiting':
      return { kind: 'good', text: t('rescued.said.waiting') };
    case 'refunded':
      return { kind: 'good', text: t('rescued.said.refunded') };
    default:
      return { kind: 'good', text: t('rescued.said.served') };
  }
});
