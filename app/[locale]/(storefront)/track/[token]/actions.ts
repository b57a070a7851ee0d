'use server';

import { notFound, redirect } from 'next/navigation';
import { z } from 'zod';
import { shopperAction } from '@/app/_actions/shopper-action';
import { answerRescue, cancelByShopper } from '@/lib/fulfilment';
import { orderScope } from '@/lib/identity';
import { minor, parseId, pathTo } from '@/lib/kernel';
import { switchPart } from '@/lib/switching';
import { methods } from '@/lib/promise/views';
import { findAddress } from '@/lib/checkout';
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

const switchInput = z.object({
  token: z.string().min(8).max(120),
  subOrderId: z.string().max(40),
  shopId: z.string().max(40),
  method: z.enum(methods),
  total: z.coerce.number().int().min(0).max(100_000_000),
  shop: z.string().max(200).default(''),
  adresse: z.string().max(200).default(''),
});

/** Receives a part in another way or from another shop; what costs more goes on to its own payment. */
export const switchAction = shopperAction(switchInput, async (_shopper, input, door) => {
  const scope = await orderScope(input.token);
  const subOrderId = parseId('subOrder', input.subOrderId);
  const shopId = parseId('shop', input.shopId);
  if (!scope || !subOrderId || !shopId) notFound();
  const found = input.adresse === '' ? undefined : await findAddress(input.adresse);
  const address = found?.ok ? found.value : undefined;
  const wish = { subOrderId, to: { shopId, method: input.method }, totalSeenMinor: minor(input.total), address };
  const switched = await switchPart(scope, wish);
  const t = texts(door.locale, 'tracking');
  if (!switched.ok) {
    if (switched.error.kind === 'sub-order-not-found') notFound();
    return { kind: 'bad', text: t(`switch.refused.${switched.error.kind}`, { shop: input.shop }) };
  }
  if (switched.value.kind === 'to-pay') return redirect(pathTo(door.locale, 'payment', { token: switched.value.orderToken }));
  return { kind: 'good', text: t('switch.done', { shop: input.shop }) };
});
