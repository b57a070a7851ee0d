import type { Instant, MessageId } from '@/lib/kernel';

export type MailboxRowView = {
  readonly messageId: MessageId;
  readonly kind: string;
  readonly recipient: string;
  readonly title: string;
  readonly createdAt: Instant;
  /** Handed to a mail server; undefined when it only lies in the mailbox. */
  readonly sentAt: Instant | undefined;
};

export type MailboxPageView = {
  readonly rows: readonly MailboxRowView[];
  readonly page: number;
  readonly pageCount: number;
  readonly total: number;
};

export type MessageView = MailboxRowView & {
  readonly subject: string;
  readonly locale: string;
  readonly plainText: string;
  /** A whole document of its own: to be shown in a sandboxed frame. */
  readonly html: string;
};
