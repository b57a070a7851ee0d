import { z } from 'zod';
import { minor, ok } from '@/lib/kernel';
import { decideReturn, inspectReturn, listShopReturns, moveHome } from '@/lib/returns';
import type { Endpoint } from '../_door/endpoint';
import { shopEndpoint } from '../_door/endpoint';
import { idOf, minorUnits, nothing } from '../_door/fields';
import { cardBody, numbered, returnCard, units } from './return-bodies';
import { inShop } from './shops';

const inReturn = inShop.extend({ returnId: idOf('return') });

const settled = z.object({
  number: z.string(),
  outcome: z.enum(['settled', 'to-mend', 'questioned', 'refused']),
  refundedMinor: minorUnits.optional(),
  supplementMinor: minorUnits.optional(),
});

/** Goods on their way back, at a shop's counter. */
export const returnDeskEndpoints: readonly Endpoint[] = [
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/returns',
    id: 'listReturns',
    tag: 'Returns',
    summary: 'What waits for the shop: its own sales coming back, and goods of others it took in',
    needs: 'orders:read',
    refuses: [],
    params: inShop,
    query: nothing,
    body: nothing,
    answer: z.object({
      toDecide: z.array(returnCard).readonly(),
      toSendHome: z.array(returnCard).readonly(),
      comingHome: z.array(returnCard).readonly(),
      expected: z.array(returnCard).readonly(),
      done: z.array(returnCard).readonly(),
    }),
    handle: async (scope) => {
      const { toDecide, toSendHome, comingHome, expected, done } = await listShopReturns(scope);
      return ok({
        toDecide: toDecide.map(cardBody),
        toSendHome: toSendHome.map(cardBody),
        comingHome: comingHome.map(cardBody),
        expected: expected.map(cardBody),
        done: done.map(cardBody),
      });
    },
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/returns/inspect',
    id: 'inspectReturn',
    tag: 'Returns',
    summary: 'Goods are on the counter: counted and taken, or put to the selling shop',
    needs: 'orders:write',
    refuses: ['wrong-pass', 'shop-takes-no-returns', 'already-received', 'nothing-brought', 'more-than-stated', 'return-not-open'],
    params: inShop,
    query: nothing,
    body: z.object({
      pass: z.string().min(1).max(120),
      verdict: z.enum(['accept', 'question']),
      note: z.string().trim().max(300).optional(),
      lines: z
        .array(z.object({ lineId: idOf('orderLine'), brought: units, good: units }))
        .min(1)
        .max(200),
    }),
    answer: settled,
    handle: async (scope, { body }) => inspectReturn(scope, body),
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/returns/{returnId}/decide',
    id: 'decideReturn',
    tag: 'Returns',
    summary: 'The selling shop answers a doubt, refuses a claim or says that a repair is done',
    needs: 'orders:write',
    refuses: [
      'return-not-found',
      'return-not-open',
      'withdrawal-stands',
      'only-withdrawals-are-lessened',
      'deduction-too-large',
      'not-there-yet',
    ],
    params: inReturn,
    query: nothing,
    body: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('accept'),
        deductions: z
          .array(z.object({ lineId: idOf('orderLine'), amountMinor: minorUnits.transform(minor) }))
          .max(200)
          .default([]),
      }),
      z.object({ kind: z.literal('refuse'), reason: z.string().trim().min(1).max(300) }),
      z.object({ kind: z.literal('mended') }),
      z.object({ kind: z.literal('refund') }),
    ]),
    answer: settled,
    handle: async (scope, { params, body }) => decideReturn(scope, { returnId: params.returnId, decision: body }),
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/returns/{returnId}/home',
    id: 'moveReturnHome',
    tag: 'Returns',
    summary: 'Goods that were taken in elsewhere leave for the origin, or are there',
    needs: 'orders:write',
    refuses: ['return-not-found'],
    params: inReturn,
    query: nothing,
    body: z.object({ step: z.enum(['sent', 'arrived']) }),
    answer: numbered,
    handle: async (scope, { params, body }) => moveHome(scope, { returnId: params.returnId, step: body.step }),
  }),
];
