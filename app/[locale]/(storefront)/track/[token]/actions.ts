'use server';

import { notFound } from 'next/navigation';
import { z } from 'zod';
import { shopperAction } from '@/app/_actions/shopper-action';
import { cancelByShopper } from '@/lib/fulfilment';
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
