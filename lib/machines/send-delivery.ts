import { eq, sql } from 'drizzle-orm';
import { webhookDeliveries, webhookEndpoints } from '@/db/schema';
import { parseId } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { Posted } from '@/lib/platform/post-message';
import { postMessage } from '@/lib/platform/post-message';
import { signatureOf } from './webhook-signature';

/** What a job of the webhook queue carries. */
export type WebhookJob = { readonly deliveryId: string };

/** After so many attempts the log says `failed`; a person may send it again. The queue tries as often. */
export const WEBHOOK_ATTEMPTS = 9;

/**
 * Sends one message, signed, and writes down how the other end answered. Any 2xx is yes; 410 means that nobody wants it any more.
 * Errors: throws when it was not taken, so that the queue tries again later, each time after a longer while.
 */
export async function sendDelivery(job: WebhookJob, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<void> {
  const id = parseId('webhookDelivery', job.deliveryId);
  const [row] = id
    ? await reader()
        .select({ delivery: webhookDeliveries, endpoint: webhookEndpoints })
        .from(webhookDeliveries)
        .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
        .where(eq(webhookDeliveries.id, id))
    : [];
  if (!row || row.delivery.state === 'delivered' || row.endpoint.removedAt !== null) return;
  const { delivery, endpoint } = row;
  const message = { id: delivery.eventId, timestampSeconds: Math.floor(clock.now() / 1_000), body: delivery.body };
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Halles-Webhooks/1',
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestampSeconds),
    'webhook-signature': signatureOf(endpoint.secret, message),
  };
  const posted = await postMessage(endpoint.url, { body: delivery.body, headers }, { allowPrivate: env().api.webhooksToPrivateAddresses });
  const isTaken = 'status' in posted && posted.status >= 200 && posted.status < 300;
  await reader()
    .update(webhookDeliveries)
    .set({
      attempts: sql`${webhookDeliveries.attempts} + 1`,
      lastStatus: 'status' in posted ? posted.status : null,
      lastError: 'error' in posted ? posted.error : null,
      lastTriedAt: clock.now(),
      state: isTaken ? 'delivered' : delivery.attempts + 1 >= WEBHOOK_ATTEMPTS || isGone(posted) ? 'failed' : 'waiting',
      ...(isTaken ? { deliveredAt: clock.now() } : {}),
    })
    .where(eq(webhookDeliveries.id, delivery.id));
  if (!isTaken && !isGone(posted)) throw new Error(`a webhook was not taken: ${'error' in posted ? posted.error : posted.status}`);
}

function isGone(posted: Posted): boolean {
  return 'status' in posted && posted.status === 410;
}
