import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { NetworkId, NetworkRole, OperatorRole, PersonId, SessionId, ShopId, ShopRole } from '@/lib/kernel';
import { idColumn, instantColumn } from './columns';
import { networks, shops } from './shops';

/** Everybody with an account. Nobody needs one to buy. */
export const people = pgTable(
  'people',
  {
    id: idColumn<PersonId>().primaryKey(),
    email: text().notNull(),
    name: text(),
    locale: text().notNull().default('fr'),
    emailVerifiedAt: instantColumn(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [unique('one_person_per_email').on(table.email)],
);

/** Who may do what where: a shop role, a network role or a city role, exactly one per row. */
export const roleGrants = pgTable(
  'role_grants',
  {
    personId: idColumn<PersonId>()
      .notNull()
      .references(() => people.id),
    shopId: idColumn<ShopId>().references(() => shops.id),
    networkId: idColumn<NetworkId>().references(() => networks.id),
    role: text().$type<ShopRole | NetworkRole | OperatorRole>().notNull(),
    grantedAt: instantColumn().notNull(),
    /** Who of the house gave it; null for those who founded it. */
    grantedBy: idColumn<PersonId>().references(() => people.id),
    /** What this house calls the person, when it is not what the account says. */
    calledName: text(),
  },
  (table) => [
    unique('one_role_per_person_and_place').on(table.personId, table.shopId, table.networkId).nullsNotDistinct(),
    index('roles_in_shop').on(table.shopId),
    check('role_fits_its_place', sql`(${table.shopId} is null) or (${table.networkId} is null)`),
  ],
);

/** A signed-in browser; deleting the row signs it out at the next request. */
export const sessions = pgTable(
  'sessions',
  {
    id: idColumn<SessionId>().primaryKey(),
    personId: idColumn<PersonId>()
      .notNull()
      .references(() => people.id),
    createdAt: instantColumn().notNull(),
    expiresAt: instantColumn().notNull(),
    revokedAt: instantColumn(),
  },
  (table) => [index('sessions_of_person').on(table.personId)],
);

/** One-time secrets of magic links, hashed. */
export const verificationTokens = pgTable(
  'verification_tokens',
  {
    identifier: text().notNull(),
    tokenHash: text().notNull(),
    expiresAt: instantColumn().notNull(),
  },
  (table) => [primaryKey({ name: 'magic_link_used_once', columns: [table.identifier, table.tokenHash] })],
);
