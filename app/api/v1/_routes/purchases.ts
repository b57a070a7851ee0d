import { z } from 'zod';
import { placeOrder, reopenBasket } from '@/lib/checkout';
import { offeredRescueWishes } from '@/lib/checkout/views';
import { cancelByShopper, getTracking, stateWithdrawal, withdrawalInput } from '@/lib/fulfilment';
import { openBasket, openOrderLink } from '@/lib/identity';
import { err, ok } from '@/lib/kernel';
import { receiveNotice } from '@/lib/moderation';
import { answerChallenge, payWithDemoCard } from '@/lib/payments';
import type { Endpoint } from '../_door/endpoint';
import { endpoint } from '../_door/endpoint';
import { idOf, idText, iso, linkToken, minorUnits, moment, nothing } from '../_door/fields';
import { orderState } from './order-bodies';
import { trackedOrder, trackedOrderBody } from './tracked-bodies';

const inOrder = z.object({ orderToken: linkToken });

const paid = z.object({ state: z.enum(['authorised', 'challenge', 'processing']) }).meta({ id: 'PaymentOutcome' });

const oneLine = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.replaceAll(/\s+/gu, ' ').trim());

export const purchaseEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/orders',
    id: 'placeOrder',
    tag: 'Order',
    summary: 'Orders a held basket, with obligation to pay: what was held, at the total that was read, or nothing',
    more: 'One contract with each shop. The same key again is answered with the order that was made; so is a basket that was ordered before.',
    needs: 'nobody',
    refuses: [
      'basket-not-found',
      'basket-empty',
      'insufficient-stock',
      'price-changed',
      'shop-not-selling',
      'promise-gone',
      'not-set-aside',
      'too-many-set-asides',
      'not-fetched-before',
      'shop-sets-no-more-aside',
      'address-missing',
      'address-out-of-reach',
      'age-not-confirmed',
      'vouchers-changed',
      'voucher-pays-nothing',
      'voucher-not-yours',
    ],
    status: 201,
    claimsItself: true,
    params: nothing,
    query: nothing,
    body: z.object({
      basketToken: linkToken,
      name: oneLine(120).pipe(z.string().min(1)),
      email: z.email().max(254),
      phone: z
        .string()
        .regex(/^(?:\+\d{8,15}|0\d{9})$/u, { error: 'must be a phone number without spaces' })
        .optional(),
      totalSeenMinor: minorUnits.meta({ description: 'The total that was read when agreeing to pay.' }),
      dueSeenMinor: minorUnits.optional().meta({ description: 'What vouchers were read to leave to the card.' }),
      rescueWish: z.enum(offeredRescueWishes).default('refund'),
      setAside: z.array(idOf('shop')).max(50).default([]).meta({
        description: 'Shops whose part is set aside without obligation and paid in the shop; the total that was read leaves them out.',
      }),
      ageConfirmed: z.boolean().default(false),
      locale: z.enum(['fr', 'en']).default('fr'),
    }),
    answer: z.object({ orderToken: z.string(), number: z.string() }).meta({ id: 'PlacedOrder' }),
    handle: async ({ key }, { body }) => {
      const { basketToken, ...said } = body;
      const shopper = await openBasket(basketToken);
      if (shopper?.basketId === undefined) return err({ kind: 'basket-not-found' });
      const placed = await placeOrder(shopper, { ...said, basketId: shopper.basketId, key, isBroughtToPlace: true });
      return placed.ok ? ok({ orderToken: placed.value.orderToken, number: placed.value.number }) : placed;
    },
  }),
  endpoint({
    method: 'GET',
    path: '/orders/{orderToken}',
    id: 'trackOrder',
    tag: 'Order',
    summary: 'The order as its shopper watches it',
    needs: 'nobody',
    refuses: ['order-not-found'],
    params: inOrder,
    query: nothing,
    body: nothing,
    answer: trackedOrder,
    handle: async (_caller, { params }) => {
      const opened = await openOrderLink(params.orderToken);
      const view = opened.ok ? await getTracking(params.orderToken) : undefined;
      return view ? ok(trackedOrderBody(view)) : err({ kind: 'order-not-found' });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/orders/{orderToken}/payment',
    id: 'payOrder',
    tag: 'Order',
    summary: 'Pays with a card of the demo bank; with a real provider cards are entered in its own form',
    needs: 'nobody',
    refuses: ['order-not-found', 'order-over', 'payment-declined', 'not-a-test-card', 'card-invalid', 'no-demo-here', 'paid-by-transfer'],
    claimsItself: true,
    params: inOrder,
    query: nothing,
    body: z.object({ number: z.string().max(40), expiry: z.string().max(12), code: z.string().max(8) }),
    answer: paid,
    handle: async (_caller, { params, body }) => {
      const outcome = await payWithDemoCard(params.orderToken, body);
      if (outcome.ok) return ok({ state: outcome.value });
      const field = /^card-(number|expiry|code)/.exec(outcome.error.kind)?.[1];
      return field === undefined ? outcome : err({ kind: 'card-invalid', field, reason: outcome.error.kind });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/orders/{orderToken}/payment/challenge',
    id: 'answerChallenge',
    tag: 'Order',
    summary: 'Answers the demo bank’s question: it is me, or it is not',
    needs: 'nobody',
    refuses: ['order-not-found', 'order-over', 'payment-declined', 'no-demo-here', 'paid-by-transfer'],
    claimsItself: true,
    params: inOrder,
    query: nothing,
    body: z.object({ isApproved: z.boolean() }),
    answer: paid,
    handle: async (_caller, { params, body }) => {
      const outcome = await answerChallenge(params.orderToken, body.isApproved);
      return outcome.ok ? ok({ state: outcome.value }) : outcome;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/orders/{orderToken}/sub-orders/{subOrderId}/cancel',
    id: 'cancelSubOrder',
    tag: 'Order',
    summary: 'Gives one shop’s part up before it is picked',
    needs: 'nobody',
    refuses: ['order-not-found', 'sub-order-not-found', 'transition-not-allowed', 'already-picked'],
    params: inOrder.extend({ subOrderId: idOf('subOrder') }),
    query: nothing,
    body: nothing,
    answer: z.object({ subOrderId: idText('subOrder'), number: z.string(), state: orderState }),
    handle: async (_caller, { params }) => {
      const opened = await openOrderLink(params.orderToken);
      return opened.ok ? cancelByShopper(opened.value, params.subOrderId) : err({ kind: 'order-not-found' });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/orders/{orderToken}/reopen',
    id: 'reopenOrder',
    tag: 'Order',
    summary: 'An order nobody paid in time gives its basket back',
    needs: 'nobody',
    refuses: ['basket-not-found', 'order-not-expired'],
    params: inOrder,
    query: nothing,
    body: nothing,
    answer: z.object({ basketToken: z.string() }),
    handle: async (_caller, { params }) => {
      const nobody = { kind: 'shopper', personId: undefined, basketId: undefined } as const;
      const reopened = await reopenBasket(nobody, { orderToken: params.orderToken });
      return reopened.ok && reopened.value.token !== undefined
        ? ok({ basketToken: reopened.value.token })
        : err({ kind: reopened.ok ? 'basket-not-found' : reopened.error.kind });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/withdrawals',
    id: 'withdraw',
    tag: 'Order',
    summary: 'States a withdrawal from a contract; the moment it arrives is what counts',
    needs: 'nobody',
    refuses: ['order-not-found'],
    status: 201,
    params: nothing,
    query: nothing,
    body: withdrawalInput.extend({ locale: z.enum(['fr', 'en']).default('fr') }),
    answer: z.object({ orderNumber: z.string(), statedAt: moment }),
    handle: async ({ key }, { body }) => {
      const stated = await stateWithdrawal({ ...body, key });
      return stated.ok ? ok({ orderNumber: stated.value.orderNumber, statedAt: iso(stated.value.statedAt) }) : stated;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/reports',
    id: 'report',
    tag: 'Order',
    summary: 'Reports illegal content; the receipt goes by mail',
    needs: 'nobody',
    refuses: [],
    status: 201,
    params: nothing,
    query: nothing,
    body: z.object({
      url: z.url().max(500),
      reason: z.string().trim().min(10).max(4_000),
      name: z.string().trim().min(2).max(200),
      email: z.email().max(200),
    }),
    answer: z.object({ reference: z.string() }),
    handle: (_caller, { body }) => receiveNotice(body),
  }),
];
