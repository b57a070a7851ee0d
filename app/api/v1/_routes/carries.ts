import { z } from 'zod';
import { answerCarry } from '@/lib/fulfilment';
import { ok } from '@/lib/kernel';
import { listAskedToCarry } from '@/lib/shelves';
import type { CarriedView } from '@/lib/shelves/views';
import type { Endpoint } from '../_door/endpoint';
import { shopEndpoint } from '../_door/endpoint';
import { idOf, idText, iso, moment, nothing } from '../_door/fields';
import { inShop } from './shops';

const carry = z
  .object({
    transferId: idText('stockTransfer'),
    offerId: idText('offer').meta({ description: 'Your own offer, from whose shelf it goes.' }),
    merchantSku: z.string(),
    title: z.string(),
    quantity: z.int(),
    toShop: z.string(),
    orderNumber: z.string(),
    sendBy: moment.meta({ description: 'Until when it must have left; nothing said by then is a no.' }),
  })
  .meta({ id: 'Carry' });

function carryBody({ transferId, offerId, merchantSku, title, quantity, toShop, number, sendBy }: CarriedView): z.input<typeof carry> {
  return { transferId, offerId, merchantSku, title, quantity, toShop, orderNumber: number, sendBy: iso(sendBy) };
}

export const carryEndpoints: readonly Endpoint[] = [
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/carries',
    id: 'listCarries',
    tag: 'Orders',
    summary:
      'What the shop is asked to bring to another shop of its network, because a shopper waits for it there; the most pressing first',
    more: 'The webhook `carry.asked` tells when there is something new.',
    needs: 'orders:read',
    refuses: [],
    params: inShop,
    query: nothing,
    body: nothing,
    answer: z.object({ data: z.array(carry).readonly() }).meta({ id: 'Carries' }),
    handle: async (scope) => ok({ data: (await listAskedToCarry(scope)).map(carryBody) }),
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/carries/{transferId}',
    id: 'answerCarry',
    tag: 'Orders',
    summary: 'It leaves now, or it will not',
    more: 'Sent: the units change shelves together with the order’s claim on them. Declined: they are free, and another shop is looked for. What one order waits for is answered together; the same answer twice is one.',
    needs: 'orders:write',
    refuses: ['transfer-not-found', 'transfer-is', 'transition-not-allowed'],
    params: inShop.extend({ transferId: idOf('stockTransfer') }),
    query: nothing,
    body: z.object({ answer: z.enum(['sent', 'declined']) }),
    answer: z
      .object({ transferId: idText('stockTransfer'), state: z.enum(['requested', 'declined', 'sent', 'received', 'cancelled']) })
      .meta({ id: 'CarryState' }),
    handle: (scope, { params: { transferId }, body: { answer } }) => answerCarry(scope, { transferId, answer }),
  }),
];
