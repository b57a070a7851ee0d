import { sql } from 'drizzle-orm';
import { boolean, check, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { EventId } from '@/lib/kernel';
import { currencyColumn, idColumn, instantColumn } from './columns';

/** Who runs this city's marketplace, as the law wants it shown (OP-07, OP-08, OP-14). */
export type OperatorIdentity = {
  readonly legalName: string;
  readonly legalForm: string;
  readonly capital: string;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  readonly register: string;
  readonly vatNumber: string;
  readonly publicationDirector: string;
  readonly host: { readonly name: string; readonly address: string; readonly phone: string };
  readonly contactForAuthorities: string;
  readonly productSafetyContact: string;
  readonly safetyGateRegistrationId: string;
};

/** The one city this database serves (architecture §2): exactly one row. */
export const citySettings = pgTable(
  'city_settings',
  {
    onlyRow: boolean().primaryKey().default(true),
    name: text().notNull(),
    slug: text().notNull(),
    latitude: doublePrecision().notNull(),
    longitude: doublePrecision().notNull(),
    defaultLocale: text().notNull(),
    currency: currencyColumn(),
    timeZone: text().notNull(),
    country: text().notNull(),
    region: text().notNull(),
    operator: jsonb().$type<OperatorIdentity>().notNull(),
    isDemo: boolean().notNull().default(false),
    /** From how many live shops and orderable products on one may search here, and from how many the home is the full city's (ADR 0225). */
    openingShops: integer().notNull().default(10),
    openingProducts: integer().notNull().default(300),
    cityShops: integer().notNull().default(40),
    cityProducts: integer().notNull().default(3_000),
    updatedAt: instantColumn().notNull(),
  },
  (table) => [
    check('city_is_one_row', sql`${table.onlyRow}`),
    check(
      'stages_follow_each_other',
      sql`${table.openingShops} between 0 and ${table.cityShops} and ${table.openingProducts} between 0 and ${table.cityProducts}`,
    ),
  ],
);

/** What the city switches by itself (architecture §8): off means routes, menus, jobs and writes are off. */
export const modules = pgTable('modules', {
  name: text().primaryKey(),
  enabled: boolean().notNull(),
  updatedAt: instantColumn().notNull(),
});

/** Inserting the row is the claim; the first answer is kept for whoever comes again with the same key. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    caller: text().notNull(),
    key: text().notNull(),
    answer: jsonb(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [primaryKey({ name: 'idempotency_key_claimed_once', columns: [table.caller, table.key] })],
);

/** Facts others may react to; append-only. The jobs that carry them out live in pg-boss, written in the same transaction. */
export const domainEvents = pgTable(
  'domain_events',
  {
    id: idColumn<EventId>().primaryKey(),
    name: text().notNull(),
    subject: text().notNull(),
    facts: jsonb().notNull(),
    actor: text().notNull(),
    occurredAt: instantColumn().notNull(),
  },
  (table) => [index('domain_events_of_subject').on(table.subject, table.occurredAt)],
);

/** Real addresses of the city for the place field and checkout (open data, bundled). */
export const addresses = pgTable(
  'addresses',
  {
    id: text().primaryKey(),
    label: text().notNull(),
    folded: text().notNull(),
    postcode: text().notNull(),
    town: text().notNull(),
    latitude: doublePrecision().notNull(),
    longitude: doublePrecision().notNull(),
  },
  (table) => [index('addresses_by_words').using('gin', sql`${table.folded} gin_trgm_ops`)],
);
