import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instantColumn } from './columns';

/** A shop people would like to see here, for the operators to talk to; nothing is kept of who said so. */
export const shopProposals = pgTable(
  'shop_proposals',
  {
    /** The name without case, accents and signs: the same shop named again is one more wish. */
    key: text().primaryKey(),
    name: text().notNull(),
    street: text().notNull(),
    words: text().notNull(),
    wishes: integer().notNull().default(1),
    proposedAt: instantColumn().notNull(),
    seenAt: instantColumn(),
  },
  (table) => [index('proposals_unseen').on(table.seenAt, table.wishes), check('a_proposal_is_wished_for', sql`${table.wishes} > 0`)],
);
