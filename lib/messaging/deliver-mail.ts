import { and, eq } from 'drizzle-orm';
import { createTransport } from 'nodemailer';
import { messages } from '@/db/schema';
import type { MessageId } from '@/lib/kernel';
import { invariant } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { Mail } from './mail';
import { renderHtml, renderText } from './render-mail';

/** How a mail leaves the house. */
export type MailTransport = { send(mail: { readonly to: string; readonly title: string; readonly text: string; readonly html: string; readonly key: string }): Promise<void> };

let smtp: MailTransport | undefined;

/** SMTP when it is configured; without it the mailbox is all there is. */
function configuredTransport(): MailTransport | undefined {
  const { smtpUrl } = env();
  if (smtpUrl === undefined) return undefined;
  smtp ??= smtpTransport(smtpUrl);
  return smtp;
}

/** A server that takes mail for others. The key becomes the Message-ID, so a mail sent twice after a crash is shown once. */
export function smtpTransport(url: string): MailTransport {
  const transport = createTransport(url);
  return {
    send: async ({ to, title, text, html, key }) => {
      await transport.sendMail({ from: env().mailFrom, to, subject: title, text, html, messageId: `<${key}@halles>` });
    },
  };
}

/**
 * Keeps the mail in the mailbox, once per cause and recipient, and hands it to the mail server where there is one. Called again after a
 * failure it sends what was kept and not sent yet.
 */
export async function deliverMail(mail: Mail, ports: Ports = systemPorts, transport: MailTransport | undefined = configuredTransport()): Promise<MessageId> {
  const text = renderText(mail);
  const html = renderHtml(mail);
  const now = ports.clock.now();
  const { kind, subject, causeKey, recipient, locale, title } = mail;
  await reader()
    .insert(messages)
    .values({ id: ports.ids.make('message'), kind, subject, causeKey, recipient, locale, title, plainText: text, html, createdAt: now })
    .onConflictDoNothing();
  const [kept] = await reader()
    .select({ id: messages.id, sentAt: messages.sentAt })
    .from(messages)
    .where(and(eq(messages.kind, kind), eq(messages.causeKey, causeKey), eq(messages.recipient, recipient)));
  invariant(kept, 'a mail was just kept');
  if (transport && kept.sentAt === null) {
    await transport.send({ to: recipient, title, text, html, key: kept.id });
    await reader().update(messages).set({ sentAt: now }).where(eq(messages.id, kept.id));
  }
  return kept.id;
}
