import { providerMessages } from '@/db/schema';
import type { Intent, ProviderMessage, WebhookRefusal } from '@/lib/intents';
import { currentProviderName, providerNamed, readProviderMessage, webhookSecrets } from '@/lib/intents';
import type { Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { findOrderOfReference } from './payment-repository';
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
    const message = report.value && (await withIntent(report.value, ports));
    if (!message) return ok('not-ours');
    return withTransaction(async (tx): Promise<Result<Heard, WebhookRefusal>> => ok(await hear(tx, message, ports)));
  });
}

type Told = Exclude<ProviderMessage, { readonly about: string }>;

/**
 * A message that only says that money came or went on an account of ours: how it stands is asked before anything is claimed, so that a provider
 * that does not answer sends the message again. Undefined for an account of nobody here; nobody is asked about that.
 */
async function withIntent(message: ProviderMessage, { clock }: Ports): Promise<Told | undefined> {
  if (!('about' in message)) return message;
  const { messageId, kind, about } = message;
  const name = currentProviderName();
  if ((await findOrderOfReference(reader(), name, about)) === undefined) return undefined;
  const intent: Intent | undefined = await providerNamed(name, { clock, isReplayed: false }).retrieve(about);
  return intent && { messageId, kind, intent };
}

async function hear(tx: Tx, message: Told, ports: Ports): Promise<Heard> {
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
