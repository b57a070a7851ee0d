import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { ListingId, Locale, OfferId, PersonId, RequestId, ShopId } from '@/lib/kernel';
import { listings, offers } from './catalogue';
import { idColumn, instantColumn, minorColumn } from './columns';
import { shops } from './shops';

export type RequestState = 'open' | 'accepted' | 'closed' | 'expired' | 'removed';
export type AnswerState = 'asked' | 'offered' | 'declined' | 'accepted';
export type AvailableWhen = 'now' | 'tomorrow' | 'days';

/**
 * Something a shopper asked the street for. The token is the only key to it; who asked is an e-mail address (to be told), forgotten when it
 * is over, and a sealed mark that limits how often one asks, forgotten after a day.
 */
export const requests = pgTable(
  'requests',
  {
    id: idColumn<RequestId>().primaryKey(),
    token: text().notNull().unique('one_request_per_token'),
    words: text().notNull(),
    photoKey: text(),
    listingId: idColumn<ListingId>().references(() => listings.id, { onDelete: 'set null' }),
    locale: text().$type<Locale>().notNull(),
    email: text(),
    askedBy: text(),
    state: text().$type<RequestState>().notNull(),
    askedAt: instantColumn().notNull(),
    expiresAt: instantColumn().notNull(),
    endedAt: instantColumn(),
  },
  (table) => [
    index('requests_by_asker').on(table.askedBy, table.askedAt),
    index('requests_by_state').on(table.state, table.expiresAt),
    check('what_is_over_forgets_who_asked', sql`${table.state} = 'open' or ${table.email} is null`),
  ],
);

/** A shop that was asked, and what it said. Price and quantity are there exactly when it has the thing. */
export const requestAnswers = pgTable(
  'request_answers',
  {
    requestId: idColumn<RequestId>()
      .notNull()
      .references(() => requests.id, { onDelete: 'cascade' }),
    shopId: idColumn<ShopId>()
      .notNull()
      .references(() => shops.id),
    state: text().$type<AnswerState>().notNull(),
    title: text(),
    priceMinor: minorColumn(),
    quantity: integer(),
    available: text().$type<AvailableWhen>(),
    answeredAt: instantColumn(),
    answeredBy: idColumn<PersonId>(),
    offerId: idColumn<OfferId>().references(() => offers.id),
    /** What the law wants said of the thing, as the shop said it: fields of `LegalFacts` in lib/catalogue. */
    facts: jsonb().$type<Readonly<Record<string, unknown>>>(),
  },
  (table) => [
    primaryKey({ name: 'one_answer_per_request_and_shop', columns: [table.requestId, table.shopId] }),
    index('answers_of_shop').on(table.shopId, table.state),
    check(
      'an_offer_says_what_for_how_much',
      sql`${table.state} not in ('offered', 'accepted') or (${table.title} is not null and ${table.priceMinor} > 0 and ${table.quantity} > 0 and ${table.available} is not null)`,
    ),
    check('what_was_accepted_is_on_sale', sql`${table.state} <> 'accepted' or ${table.offerId} is not null`),
  ],
);
