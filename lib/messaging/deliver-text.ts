import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { messages } from '@/db/schema';
import type { Locale, MessageId } from '@/lib/kernel';
import { invariant } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';

/** A few words for a telephone: written, or read aloud by a machine that calls. */
export type TextMessage = {
  readonly channel: 'sms' | 'call';
  readonly kind: string;
  /** The sub-order it is about. */
  readonly subject: string;
  /** The same cause is told once per number and kind. */
  readonly causeKey: string;
  /** A telephone number as it was given; the gateway knows its country. */
  readonly recipient: string;
  readonly locale: Locale;
  readonly text: string;
};

/** How words reach a telephone. The key is the same when the same message is sent again. */
export type TextGateway = {
  send(message: {
    readonly channel: 'sms' | 'call';
    readonly to: string;
    readonly text: string;
    readonly locale: string;
    readonly key: string;
  }): Promise<void>;
};

const GATEWAY_MS = 10_000;

/** A gateway that takes `{channel, to, text, locale}` as JSON by POST, with the message's id as its idempotency key. */
export function httpGateway(url: string, post: typeof fetch = fetch): TextGateway {
  return {
    send: async ({ key, ...message }) => {
      const answer = await post(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(GATEWAY_MS),
      });
      if (!answer.ok) throw new Error(`the gateway answered ${answer.status}`);
    },
  };
}

function configuredGateway(): TextGateway | undefined {
  const { smsGatewayUrl } = env();
  return smsGatewayUrl === undefined ? undefined : httpGateway(z.url().parse(smsGatewayUrl));
}

/**
 * Keeps the words in the mailbox, once per cause, and hands them to the gateway where one is configured. Called again after a failure it
 * sends what was kept and not sent yet. Says whether they were new.
 */
export async function deliverText(
  message: TextMessage,
  ports: Ports = systemPorts,
  gateway: TextGateway | undefined = configuredGateway(),
): Promise<{ readonly messageId: MessageId; readonly isNew: boolean }> {
  const { channel, kind, subject, causeKey, recipient, locale, text } = message;
  const now = ports.clock.now();
  const inserted = await reader()
    .insert(messages)
    .values({
      id: ports.ids.make('message'),
      kind,
      channel,
      subject,
      causeKey,
      recipient,
      locale,
      title: text,
      plainText: text,
      html: '',
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: messages.id });
  const [row] = await reader()
    .select({ id: messages.id, sentAt: messages.sentAt })
    .from(messages)
    .where(and(eq(messages.kind, kind), eq(messages.causeKey, causeKey), eq(messages.recipient, recipient)));
  invariant(row, 'a message was just kept');
  if (gateway && row.sentAt === null) {
    await gateway.send({ channel, to: recipient, text, locale, key: row.id });
    await reader().update(messages).set({ sentAt: now }).where(eq(messages.id, row.id));
  }
  return { messageId: row.id, isNew: inserted.length > 0 };
}
