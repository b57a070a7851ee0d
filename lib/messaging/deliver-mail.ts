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
export type MailTransport = {
  send(mail: {
    readonly to: string;
    readonly title: string;
    readonly text: string;
    readonly html: string;
    readonly key: string;
  }): Promise<void>;
};

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
export async function deliverMail(
  mail: Mail,
  ports: Ports = systemPorts,
  transport: MailTransport | undefined = configuredTransport(),
): Promise<MessageId> {
  const kept = transport && mail.keptBlocks ? { ...mail, blocks: mail.keptBlocks } : mail;
  const now = ports.clock.now();
  const { kind, subject, causeKey, recipient, locale, title } = mail;
  await reader()
    .insert(messages)
    .values({
      id: ports.ids.make('message'),
      kind,
      subject,
      causeKey,
      recipient,
      locale,
      title,
      plainText: renderText(kept),
      html: renderHtml(kept),
      createdAt: now,
    })
    .onConflictDoNothing();
  const [row] = await reader()
    .select({ id: messages.id, sentAt: messages.sentAt })
    .from(messages)
    .where(and(eq(messages.kind, kind), eq(messages.causeKey, causeKey), eq(messages.recipient, recipient)));
  invariant(row, 'a mail was just kept');
  if (transport && row.sentAt === null) {
    await transport.send({ to: recipient, title, text: renderText(mail), html: renderHtml(mail), key: row.id });
    await reader().update(messages).set({ sentAt: now }).where(eq(messages.id, row.id));
  }
  return row.id;
}
