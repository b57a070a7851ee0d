import { z } from 'zod';
import type { Answered } from '@/lib/fulfilment';
import {
  acceptSubOrder,
  despatch,
  getCounterSubOrder,
  handOver,
  listShopOrders,
  markDelivered,
  markReady,
  markUncollected,
  refusalReasons,
  refuseSubOrder,
  startPreparing,
  tickLine,
} from '@/lib/fulfilment';
import type { Result, ShopScope, SubOrderId } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { Endpoint, Refusal } from '../_door/endpoint';
import { shopEndpoint } from '../_door/endpoint';
import type { ProblemKind } from '../_door/problems';
import { idOf, idText, momentIn, nothing, pageOf, pageQuery, paged } from '../_door/fields';
import { cardBody, orderCard, orderState, subOrder, subOrderBody } from './order-bodies';
import { inShop } from './shops';

const inOrder = inShop.extend({ subOrderId: idOf('subOrder') });

const answered = z.object({ subOrderId: idText('subOrder'), number: z.string(), state: orderState }).meta({ id: 'SubOrderState' });

type Step = {
  readonly step: string;
  readonly id: string;
  readonly summary: string;
  readonly refuses?: readonly ProblemKind[];
  readonly go: (scope: ShopScope, subOrderId: SubOrderId) => Promise<Result<Answered, Refusal>>;
};

/** A tap at the counter that says nothing more than itself. */
function tap({ step, id, summary, refuses = [], go }: Step): Endpoint {
  return shopEndpoint({
    ...shared(step, id, summary, refuses),
    body: nothing,
    handle: (scope, { params }) => go(scope, params.subOrderId),
  });
}

function shared(step: string, id: string, summary: string, refuses: readonly ProblemKind[]) {
  return {
    method: 'POST',
    path: `/shops/{shopId}/orders/{subOrderId}/${step}`,
    id,
    tag: 'Orders',
    summary,
    needs: 'orders:write',
    refuses: ['sub-order-not-found', 'transition-not-allowed', ...refuses],
    params: inOrder,
    query: nothing,
    answer: answered,
  } as const;
}

export const orderEndpoints: readonly Endpoint[] = [
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/orders',
    id: 'listOrders',
    tag: 'Orders',
    summary: 'The shop’s sub-orders, oldest first, a page at a time',
    needs: 'orders:read',
    refuses: [],
    params: inShop,
    query: pageQuery.extend({ state: orderState.optional(), changedSince: momentIn.optional() }),
    body: nothing,
    answer: pageOf(orderCard).meta({ id: 'SubOrders' }),
    handle: async (scope, { query: { limit, cursor, state, changedSince } }) =>
      ok(
        paged(await listShopOrders(scope, { limit, after: cursor, state, changedSince }), limit, {
          idOf: (row) => row.subOrderId,
          show: cardBody,
        }),
      ),
  }),
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/orders/{subOrderId}',
    id: 'getOrder',
    tag: 'Orders',
    summary: 'One sub-order with its lines, its story and what may be done now',
    needs: 'orders:read',
    refuses: ['sub-order-not-found'],
    params: inOrder,
    query: nothing,
    body: nothing,
    answer: subOrder,
    handle: async (scope, { params }) => {
      const found = await getCounterSubOrder(scope, params.subOrderId);
      return found ? ok(subOrderBody(found)) : err({ kind: 'sub-order-not-found' });
    },
  }),
  tap({ step: 'accept', id: 'acceptOrder', summary: 'The shop takes it on', go: (scope, id) => acceptSubOrder(scope, id) }),
  shopEndpoint({
    ...shared('refuse', 'refuseOrder', 'The shop cannot serve; the reason corrects the stock record', []),
    body: z.object({
      reason: z.enum(refusalReasons),
      note: z.string().trim().max(300).optional(),
      missingLineIds: z.array(idOf('orderLine')).max(200).optional(),
    }),
    handle: (scope, { params, body }) => refuseSubOrder(scope, { subOrderId: params.subOrderId, ...body }),
  }),
  tap({ step: 'start', id: 'startOrder', summary: 'Somebody begins to pick', go: (scope, id) => startPreparing(scope, id) }),
  shopEndpoint({
    ...shared('lines/{lineId}/pick', 'pickLine', 'A line was taken from the shelf; null takes it back', [
      'line-not-found',
      'more-than-ordered',
    ]),
    params: inOrder.extend({ lineId: idOf('orderLine') }),
    body: z.object({ pickedQuantity: z.int().min(0).max(1_000_000).nullable() }),
    answer: z.object({ lineId: idText('orderLine'), subOrderId: idText('subOrder'), pickedQuantity: z.int().nullable() }),
    handle: async (scope, { params, body }) => {
      const ticked = await tickLine(scope, { lineId: params.lineId, pickedQuantity: body.pickedQuantity ?? undefined });
      return ticked.ok ? ok({ ...ticked.value, pickedQuantity: ticked.value.pickedQuantity ?? null }) : ticked;
    },
  }),
  shopEndpoint({
    ...shared('ready', 'readyOrder', 'Everything is in the bag: the shopper is told', ['lines-not-picked', 'nothing-picked']),
    body: z.object({ bag: z.string().trim().max(40).optional(), withMissing: z.boolean().optional() }),
    handle: (scope, { params, body }) => markReady(scope, { subOrderId: params.subOrderId, ...body }),
  }),
  shopEndpoint({
    ...shared('hand-over', 'handOverOrder', 'The goods change hands, with a proof', [
      'wrong-code',
      'several-match',
      'already-handed-over',
      'not-ready',
      'age-not-confirmed',
    ]),
    body: z.object({
      proof: z.union([
        z.object({ pass: z.string().min(1).max(200) }),
        z.object({ name: z.string().max(120), lastDigits: z.string().max(12) }),
      ]),
      ageChecked: z.boolean().optional(),
    }),
    handle: (scope, { params, body }) => handOver(scope, { subOrderId: params.subOrderId, ...body }),
  }),
  tap({ step: 'despatch', id: 'despatchOrder', summary: 'The courier or the carrier took it', go: (scope, id) => despatch(scope, id) }),
  tap({ step: 'delivered', id: 'deliverOrder', summary: 'It reached the shopper', go: (scope, id) => markDelivered(scope, id) }),
  tap({
    step: 'uncollected',
    id: 'giveUpOrder',
    summary: 'Nobody came for it, or it came back',
    go: (scope, id) => markUncollected(scope, id),
  }),
];
