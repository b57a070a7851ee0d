import { index, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { MessageId } from '@/lib/kernel';
import { idColumn, instantColumn } from './columns';

/** Mail as it was written; the mailbox of an installation without SMTP, and the proof of what was sent (BO-04). */
export const messages = pgTable(
  'messages',
  {
    id: idColumn<MessageId>().primaryKey(),
    /** What it is about, and the event that caused it: one message per event and recipient. */
    kind: text().notNull(),
    /** How it goes out; without a gateway it only lies in the mailbox. */
    channel: text().$type<'mail' | 'sms' | 'call'>().notNull().default('mail'),
    subject: text().notNull(),
    causeKey: text().notNull(),
    recipient: text().notNull(),
    locale: text().notNull(),
    title: text().notNull(),
    plainText: text().notNull(),
    html: text().notNull(),
    createdAt: instantColumn().notNull(),
    sentAt: instantColumn(),
  },
  (table) => [
    unique('one_message_per_cause').on(table.kind, table.causeKey, table.recipient),
    index('messages_by_time').on(table.createdAt),
    index('messages_about').on(table.subject),
  ],
);
