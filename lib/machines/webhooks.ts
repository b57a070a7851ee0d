import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { webhookDeliveries, webhookEndpoints } from '@/db/schema';
import type { Result, ShopScope, WebhookDeliveryId, WebhookId } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { enqueue, WEBHOOK_QUEUE } from '@/lib/platform/jobs';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { isWebhookUrl } from '@/lib/platform/public-address';
import type { DeliveryView, WebhookView } from './views';
import { webhookEvents } from './views';
import { newWebhookSecret } from './webhook-signature';

const MOST_WEBHOOKS = 20;

export const webhookInput = z.object({
  url: z.string().trim().min(8).max(500),
  events: z
    .array(z.enum(webhookEvents))
    .min(1)
    .transform((wished) => webhookEvents.filter((event) => wished.includes(event))),
});

export type CreateWebhookRefusal = { readonly kind: 'address-not-allowed' } | { readonly kind: 'too-many-webhooks'; readonly most: number };
export type WebhookNotFound = { readonly kind: 'webhook-not-found' };

/** Tells a shop's system what happens. The secret, by which it knows our messages, is given this once. */
export async function createWebhook(
  scope: ShopScope,
  wish: z.output<typeof webhookInput>,
  { clock, ids }: Ports = systemPorts,
): Promise<Result<{ readonly webhookId: WebhookId; readonly secret: string }, CreateWebhookRefusal>> {
  type Outcome = Result<{ readonly webhookId: WebhookId; readonly secret: string }, CreateWebhookRefusal>;
  return observed({ useCase: 'create-webhook', actor: scope.kind, ids: { shopId: scope.shopId } }, async (): Promise<Outcome> => {
    if (!isWebhookUrl(wish.url, env().api.webhooksToPrivateAddresses)) return err({ kind: 'address-not-allowed' });
    if ((await listWebhooks(scope)).length >= MOST_WEBHOOKS) return err({ kind: 'too-many-webhooks', most: MOST_WEBHOOKS });
    const webhookId = ids.make('webhook');
    const secret = newWebhookSecret();
    await reader()
      .insert(webhookEndpoints)
      .values({ id: webhookId, shopId: scope.shopId, url: wish.url, secret, events: wish.events, createdAt: clock.now() });
    return ok({ webhookId, secret });
  });
}

/** The shop's webhooks, the oldest first. */
export async function listWebhooks(scope: ShopScope): Promise<readonly WebhookView[]> {
  const rows = await reader()
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.shopId, scope.shopId), isNull(webhookEndpoints.removedAt)))
    .orderBy(asc(webhookEndpoints.id));
  return rows.map(({ id, url, events, createdAt }) => ({
    webhookId: id,
    url,
    events: webhookEvents.filter((event) => events.includes(event)),
    createdAt,
  }));
}

/** Tells it nothing any more; its log stays. */
export async function removeWebhook(
  scope: ShopScope,
  webhookId: WebhookId,
  { clock }: Ports = systemPorts,
): Promise<Result<void, WebhookNotFound>> {
  return observed(
    { useCase: 'remove-webhook', actor: scope.kind, ids: { shopId: scope.shopId, webhookId } },
    async (): Promise<Result<void, WebhookNotFound>> => {
      const removed = await reader()
        .update(webhookEndpoints)
        .set({ removedAt: clock.now() })
        .where(and(eq(webhookEndpoints.id, webhookId), eq(webhookEndpoints.shopId, scope.shopId), isNull(webhookEndpoints.removedAt)))
        .returning({ id: webhookEndpoints.id });
      return removed.length > 0 ? ok(undefined) : err({ kind: 'webhook-not-found' });
    },
  );
}

/** What was sent to this shop's webhooks, the newest first. */
export async function listDeliveries(
  scope: ShopScope,
  { limit, before }: { readonly limit: number; readonly before?: string | undefined },
): Promise<readonly DeliveryView[]> {
  const rows = await reader()
    .select({ delivery: webhookDeliveries })
    .from(webhookDeliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
    .where(and(eq(webhookEndpoints.shopId, scope.shopId), before === undefined ? undefined : sql`${webhookDeliveries.id} < ${before}`))
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit + 1);
  return rows.map(({ delivery: { id, endpointId, event, state, attempts, createdAt, ...last } }) => ({
    deliveryId: id,
    webhookId: endpointId,
    event,
    state,
    attempts,
    createdAt,
    lastStatus: last.lastStatus ?? undefined,
    lastError: last.lastError ?? undefined,
    lastTriedAt: last.lastTriedAt ?? undefined,
    deliveredAt: last.deliveredAt ?? undefined,
  }));
}

/** Sends a message once more: the same id, so that a receiver who had it knows it again. */
export async function replayDelivery(
  scope: ShopScope,
  deliveryId: WebhookDeliveryId,
): Promise<Result<void, { readonly kind: 'delivery-not-found' }>> {
  type Outcome = Result<void, { readonly kind: 'delivery-not-found' }>;
  return observed({ useCase: 'replay-delivery', actor: scope.kind, ids: { shopId: scope.shopId, deliveryId } }, () =>
    withTransaction(async (tx): Promise<Outcome> => {
      const [found] = await tx
        .select({ id: webhookDeliveries.id })
        .from(webhookDeliveries)
        .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
        .where(and(eq(webhookDeliveries.id, deliveryId), eq(webhookEndpoints.shopId, scope.shopId), isNull(webhookEndpoints.removedAt)));
      if (!found) return err({ kind: 'delivery-not-found' });
      await tx.update(webhookDeliveries).set({ state: 'waiting' }).where(eq(webhookDeliveries.id, deliveryId));
      await enqueue(tx, WEBHOOK_QUEUE, [{ data: { deliveryId } }]);
      return ok(undefined);
    }),
  );
}
