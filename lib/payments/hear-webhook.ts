import { providerMessages } from '@/db/schema';
import type { Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { findOrderOfReference } from './payment-repository';
import type { ProviderMessage, WebhookRefusal } from './provider';
import { readProviderMessage } from './provider-message';
import { currentProviderName, webhookSecrets } from './providers';
import { settleReport } from './settle-report';

/** `heard`: it was news. `heard-before`: the same message came again. `not-ours`: nothing here to change. */
export type Heard = 'heard' | 'heard-before' | 'not-ours';

/**
 * A message of the provider: verified, read, and claimed by its id in the transaction that acts on it, or hands it on to who keeps merchants'
 * money, so each acts once.
 * Errors: `signature-invalid` and `message-unreadable`; nothing was believed.
 */
export async function hearWebhook(rawBody: string, signature: string, ports: Ports = systemPorts): Promise<Result<Heard, WebhookRefusal>> {
  return observed({ useCase: 'hear-webhook', actor: 'system' }, async () => {
    const report = readProviderMessage(rawBody, signature, { provider: currentProviderName(), secrets: webhookSecrets() });
    if (!report.ok) return report;
    const message = report.value;
    if (!message) return ok('not-ours');
    return withTransaction(async (tx): Promise<Result<Heard, WebhookRefusal>> => ok(await hear(tx, message, ports)));
  });
}

async function hear(tx: Tx, message: ProviderMessage, ports: Ports): Promise<Heard> {
  const provider = currentProviderName();
  const claimed = await tx
    .insert(providerMessages)
    .values({ provider, messageId: message.messageId, kind: message.kind, receivedAt: ports.clock.now() })
    .onConflictDoNothing()
    .returning({ messageId: providerMessages.messageId });
  if (claimed.length === 0) return 'heard-before';
  if ('event' in message) {
    await appendEvents(tx, [message.event], { actor: { kind: 'system', id: 'payment-provider' }, now: ports.clock.now(), ids: ports.ids });
    return 'heard';
  }
  const orderId = await findOrderOfReference(tx, provider, message.intent.reference);
  if (orderId === undefined) return 'not-ours';
  await settleReport(tx, orderId, message.intent, ports);
  return 'heard';
}
