import { desc, eq, ilike, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { messages } from '@/db/schema';
import type { MessageId, OperatorScope } from '@/lib/kernel';
import { parseId } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { MailboxPageView, MessageView } from './views';

export const mailboxFilterInput = z.object({
  words: z.string().trim().max(120).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

const PAGE_SIZE = 50;

/** Every mail this installation wrote, newest first. */
export async function listMailbox(_operator: OperatorScope, filter: z.infer<typeof mailboxFilterInput>): Promise<MailboxPageView> {
  const pattern = filter.words ? `%${filter.words.replace(/[\\%_]/g, (character) => `\\${character}`)}%` : undefined;
  const where = pattern ? or(ilike(messages.title, pattern), ilike(messages.recipient, pattern), ilike(messages.kind, pattern)) : undefined;
  const [counted] = await reader()
    .select({ total: sql<number>`count(*)::int` })
    .from(messages)
    .where(where);
  const total = counted?.total ?? 0;
  const pageCount = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = Math.min(filter.page, pageCount);
  const rows = await reader()
    .select({
      messageId: messages.id,
      kind: messages.kind,
      recipient: messages.recipient,
      title: messages.title,
      createdAt: messages.createdAt,
      sentAt: messages.sentAt,
    })
    .from(messages)
    .where(where)
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE);
  return { rows: rows.map((row) => ({ ...row, sentAt: row.sentAt ?? undefined })), page, pageCount, total };
}

/** One mail as it was written. */
export async function getMessage(_operator: OperatorScope, messageId: MessageId): Promise<MessageView | undefined> {
  const [row] = await reader().select().from(messages).where(eq(messages.id, messageId));
  if (!row) return undefined;
  const { id, kind, subject, recipient, locale, title, plainText, html, createdAt, sentAt } = row;
  return { messageId: id, kind, subject, recipient, locale, title, plainText, html, createdAt, sentAt: sentAt ?? undefined };
}

/** Reads a mail's id from an address. */
export function messageIdFrom(text: string): MessageId | undefined {
  return parseId('message', text);
}
