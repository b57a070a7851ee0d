import { z } from 'zod';
import { ok } from '@/lib/kernel';
import { createWebhook, listDeliveries, listWebhooks, removeWebhook, replayDelivery, webhookEvents, webhookInput } from '@/lib/machines';
import type { DeliveryView } from '@/lib/machines/views';
import type { Endpoint } from '../_door/endpoint';
import { shopEndpoint } from '../_door/endpoint';
import { idOf, idText, iso, isoOrNull, moment, nothing, pageOf, pageQuery, paged } from '../_door/fields';
import { inShop } from './shops';

const events = z.array(z.enum(webhookEvents)).readonly();

const delivery = z
  .object({
    deliveryId: idText('webhookDelivery'),
    webhookId: idText('webhook'),
    event: z.string(),
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.int(),
    lastStatus: z.int().nullable(),
    lastError: z.string().nullable(),
    createdAt: moment,
    lastTriedAt: moment.nullable(),
    deliveredAt: moment.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

function deliveryBody(view: DeliveryView): z.input<typeof delivery> {
  const { deliveryId, webhookId, event, state, attempts } = view;
  return {
    deliveryId,
    webhookId,
    event,
    state,
    attempts,
    lastStatus: view.lastStatus ?? null,
    lastError: view.lastError ?? null,
    createdAt: iso(view.createdAt),
    lastTriedAt: isoOrNull(view.lastTriedAt),
    deliveredAt: isoOrNull(view.deliveredAt),
  };
}

const done = z.object({ done: z.literal(true) });
const yes = { done: true as const };

export const webhookEndpoints: readonly Endpoint[] = [
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/webhooks',
    id: 'listWebhooks',
    tag: 'Webhooks',
    summary: 'Where the shop’s systems are told what happens',
    needs: 'webhooks:manage',
    refuses: [],
    params: inShop,
    query: nothing,
    body: nothing,
    answer: z
      .object({ data: z.array(z.object({ webhookId: idText('webhook'), url: z.string(), events, createdAt: moment })).readonly() })
      .meta({ id: 'Webhooks' }),
    handle: async (scope) => ok({ data: (await listWebhooks(scope)).map((one) => ({ ...one, createdAt: iso(one.createdAt) })) }),
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/webhooks',
    id: 'createWebhook',
    tag: 'Webhooks',
    summary: 'Tells an address of yours what happens; the secret is given this once',
    more: 'Messages are signed as Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature` (`v1`, HMAC-SHA256 over id, timestamp and body). Any 2xx takes a message; otherwise it is tried eight times more, later each time; 410 ends it. The id is that of the event: the same id is the same message.',
    needs: 'webhooks:manage',
    refuses: ['address-not-allowed', 'too-many-webhooks'],
    status: 201,
    params: inShop,
    query: nothing,
    body: webhookInput,
    answer: z.object({ webhookId: idText('webhook'), secret: z.string() }).meta({ id: 'CreatedWebhook' }),
    handle: (scope, { body }) => createWebhook(scope, body),
  }),
  shopEndpoint({
    method: 'DELETE',
    path: '/shops/{shopId}/webhooks/{webhookId}',
    id: 'removeWebhook',
    tag: 'Webhooks',
    summary: 'Tells it nothing any more',
    needs: 'webhooks:manage',
    refuses: ['webhook-not-found'],
    params: inShop.extend({ webhookId: idOf('webhook') }),
    query: nothing,
    body: nothing,
    answer: done,
    handle: async (scope, { params }) => {
      const removed = await removeWebhook(scope, params.webhookId);
      return removed.ok ? ok(yes) : removed;
    },
  }),
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/deliveries',
    id: 'listDeliveries',
    tag: 'Webhooks',
    summary: 'What was sent, how often it was tried and how it was answered, newest first',
    needs: 'webhooks:manage',
    refuses: [],
    params: inShop,
    query: pageQuery,
    body: nothing,
    answer: pageOf(delivery).meta({ id: 'WebhookDeliveries' }),
    handle: async (scope, { query: { limit, cursor } }) =>
      ok(paged(await listDeliveries(scope, { limit, before: cursor }), limit, { idOf: (row) => row.deliveryId, show: deliveryBody })),
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/deliveries/{deliveryId}/replay',
    id: 'replayDelivery',
    tag: 'Webhooks',
    summary: 'Sends a message once more, under the same id',
    needs: 'webhooks:manage',
    refuses: ['delivery-not-found'],
    params: inShop.extend({ deliveryId: idOf('webhookDelivery') }),
    query: nothing,
    body: nothing,
    answer: done,
    handle: async (scope, { params }) => {
      const replayed = await replayDelivery(scope, params.deliveryId);
      return replayed.ok ? ok(yes) : replayed;
    },
  }),
];
