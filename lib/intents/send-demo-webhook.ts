import Stripe from 'stripe';
import type { DemoWebhook } from '@/lib/provider';
import { demoWebhookSecret } from './demo-provider';

const TIMEOUT_MS = 10_000;

/** A webhook was not taken: the queue sends it again, later and later. */
export class WebhookNotTakenError extends Error {
  override readonly name = 'WebhookNotTakenError';
}

/** Signs a message of the demo provider at the moment of sending, as Stripe does, and posts it to this installation. */
export async function sendDemoWebhook(webhook: DemoWebhook, to: { readonly baseUrl: string; readonly post?: typeof fetch }): Promise<void> {
  const { body, signature } = signedDemoWebhook(webhook);
  const response = await (to.post ?? fetch)(`${to.baseUrl}/api/webhooks/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new WebhookNotTakenError(`the webhook ${webhook.id} was answered with ${response.status}`);
}

/** The body and its signature header. */
export function signedDemoWebhook(
  webhook: DemoWebhook,
  secret: string = demoWebhookSecret(),
): { readonly body: string; readonly signature: string } {
  const body = JSON.stringify({ object: 'event', ...webhook });
  return { body, signature: Stripe.webhooks.generateTestHeaderString({ payload: body, secret }) };
}
