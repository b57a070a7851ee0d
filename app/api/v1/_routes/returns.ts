import { z } from 'zod';
import { openOrderLink } from '@/lib/identity';
import { err, ok } from '@/lib/kernel';
import {
  defectRemedies,
  dropReturn,
  getReturnPass,
  getReturnsOfOrder,
  noteSentBack,
  reasonText,
  startableCauses,
  startReturn,
} from '@/lib/returns';
import type { Endpoint } from '../_door/endpoint';
import { endpoint } from '../_door/endpoint';
import { idOf, idText, iso, linkToken, minorUnits, moment, nothing } from '../_door/fields';
import { calendarDay, cardBody, numbered, returnCard, units } from './return-bodies';

const inOrder = z.object({ orderToken: linkToken });
const byToken = z.object({ returnToken: z.string().regex(/^R-\d{1,12}\.[\w-]{22}$/, { error: 'must be the token of a return' }) });

/** Goods on their way back, for whoever holds the order's link or the return's own. */
export const returnEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/orders/{orderToken}/returns',
    id: 'listOrderReturns',
    tag: 'Returns',
    summary: 'What may come back of an order, and what already does',
    needs: 'nobody',
    refuses: ['order-not-found'],
    params: inOrder,
    query: nothing,
    body: nothing,
    answer: z.object({
      returnable: z
        .array(
          z.object({
            subOrderId: idText('subOrder'),
            shop: z.string(),
            withdrawUntil: calendarDay.nullable(),
            guaranteeUntil: calendarDay.nullable(),
            lines: z
              .array(
                z.object({
                  lineId: idText('orderLine'),
                  title: z.string(),
                  left: units,
                  worthMinor: minorUnits,
                  mayWithdraw: z.boolean(),
                  mayClaim: z.boolean(),
                  exchanges: z.array(z.object({ offerId: idText('offer'), title: z.string(), differenceMinor: z.int() })).readonly(),
                }),
              )
              .readonly(),
            places: z.array(z.object({ shopId: idText('shop'), name: z.string(), metres: z.int() })).readonly(),
          }),
        )
        .readonly(),
      returns: z.array(returnCard).readonly(),
    }),
    handle: async (_caller, { params }) => {
      const opened = await openOrderLink(params.orderToken);
      const view = opened.ok ? await getReturnsOfOrder(opened.value, undefined) : undefined;
      if (!view) return err({ kind: 'order-not-found' });
      return ok({
        returnable: view.parts.map((part) => ({
          subOrderId: part.subOrderId,
          shop: part.shopName,
          withdrawUntil: part.withdrawUntil ?? null,
          guaranteeUntil: part.guaranteeUntil ?? null,
          lines: part.lines.map(({ lineId, title, left, worthMinor, may, exchanges }) => ({
            lineId,
            title,
            left,
            worthMinor,
            mayWithdraw: may.withdrawal,
            mayClaim: may.defect,
            exchanges: exchanges.map(({ offerId, title: name, differenceMinor }) => ({ offerId, title: name, differenceMinor })),
          })),
          places: part.places.map(({ shopId, name, metres }) => ({ shopId, name, metres })),
        })),
        returns: view.returns.map(cardBody),
      });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/orders/{orderToken}/returns',
    id: 'startReturn',
    tag: 'Returns',
    summary: 'Opens a return: things, quantities, where they will be brought; a withdrawal is stated by it',
    needs: 'nobody',
    refuses: [
      'order-not-found',
      'sub-order-not-found',
      'nothing-to-return',
      'more-than-left',
      'no-right-to-return',
      'shop-takes-no-returns',
      'exchange-not-there',
    ],
    status: 201,
    params: inOrder,
    query: nothing,
    body: z.object({
      subOrderId: idOf('subOrder'),
      cause: z.enum(startableCauses),
      remedy: z.enum(defectRemedies).optional(),
      lines: z
        .array(z.object({ lineId: idOf('orderLine'), quantity: z.int().min(1).max(1_000_000), exchangeOfferId: idOf('offer').optional() }))
        .min(1)
        .max(200),
      reason: reasonText.optional(),
      toShopId: idOf('shop').optional().meta({ description: 'Left out: by parcel to the origin.' }),
    }),
    answer: z.object({ number: z.string(), returnToken: z.string(), statedAt: moment }).meta({ id: 'StartedReturn' }),
    handle: async ({ key }, { params, body }) => {
      const opened = await openOrderLink(params.orderToken);
      if (!opened.ok) return err({ kind: 'order-not-found' });
      const started = await startReturn(opened.value, { ...body, key });
      return started.ok ? ok({ ...started.value, statedAt: iso(started.value.statedAt) }) : started;
    },
  }),
  endpoint({
    method: 'GET',
    path: '/returns/{returnToken}',
    id: 'getReturn',
    tag: 'Returns',
    summary: 'One return by the token of its pass',
    needs: 'nobody',
    refuses: ['return-not-found'],
    params: byToken,
    query: nothing,
    body: nothing,
    answer: returnCard,
    handle: async (_caller, { params }) => {
      const pass = await getReturnPass(params.returnToken);
      return pass ? ok(cardBody(pass)) : err({ kind: 'return-not-found' });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/returns/{returnToken}/sent',
    id: 'noteReturnSent',
    tag: 'Returns',
    summary: 'The parcel is on its way: the proof of despatch',
    needs: 'nobody',
    refuses: ['return-not-found', 'return-not-open'],
    params: byToken,
    query: nothing,
    body: z.object({ tracking: z.string().trim().min(1).max(60) }),
    answer: numbered,
    handle: async (_caller, { params, body }) => noteSentBack(params.returnToken, body.tracking),
  }),
  endpoint({
    method: 'POST',
    path: '/returns/{returnToken}/drop',
    id: 'dropReturn',
    tag: 'Returns',
    summary: 'The shopper keeps the goods after all',
    needs: 'nobody',
    refuses: ['return-not-found', 'return-not-open'],
    params: byToken,
    query: nothing,
    body: nothing,
    answer: numbered,
    handle: async (_caller, { params }) => dropReturn(params.returnToken),
  }),
];
