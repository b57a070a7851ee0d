import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { ApiKeyId, WebhookDeliveryId, EventId, NetworkId, PersonId, ShopId, WebhookId } from '@/lib/kernel';
import { idColumn, instantColumn } from './columns';
import { people } from './identity';
import { networks, shops } from './shops';

/** What a key may do; each call of the public API needs one of them. */
export const keyScopes = [
  'shops:read',
  'shops:write',
  'catalogue:read',
  'catalogue:write',
  'stock:read',
  'stock:write',
  'orders:read',
  'orders:write',
  'webhooks:manage',
] as const;
export type KeyScope = (typeof keyScopes)[number];

/** What lets a shop's own system in: for one shop, or for all shops of a network. Only a hash of the key is kept. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: idColumn<ApiKeyId>().primaryKey(),
    shopId: idColumn<ShopId>().references(() => shops.id),
    networkId: idColumn<NetworkId>().references(() => networks.id),
    label: text().notNull(),
    secretHash: text().notNull(),
    /** The last four characters, by which a person knows it again. */
    hint: text().notNull(),
    scopes: jsonb().$type<readonly KeyScope[]>().notNull(),
    /** Who made it answers for what it does. */
    madeBy: idColumn<PersonId>()
      .notNull()
      .references(() => people.id),
    createdAt: instantColumn().notNull(),
    lastUsedAt: instantColumn(),
    revokedAt: instantColumn(),
  },
  (table) => [
    unique('one_key_per_secret').on(table.secretHash),
    index('keys_of_shop').on(table.shopId),
    check('key_is_of_a_shop_or_a_network', sql`(${table.shopId} is null) <> (${table.networkId} is null)`),
  ],
);

/** Where a shop's system wants to be told, and of what. The secret signs every message. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: idColumn<WebhookId>().primaryKey(),
    shopId: idColumn<ShopId>()
      .notNull()
      .references(() => shops.id),
    url: text().notNull(),
    secret: text().notNull(),
    events: jsonb().$type<readonly string[]>().notNull(),
    createdAt: instantColumn().notNull(),
    removedAt: instantColumn(),
  },
  (table) => [index('endpoints_of_shop').on(table.shopId)],
);

/** One message to one endpoint: what was said, how often it was tried and how the other end answered. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: idColumn<WebhookDeliveryId>().primaryKey(),
    endpointId: idColumn<WebhookId>()
      .notNull()
      .references(() => webhookEndpoints.id),
    eventId: idColumn<EventId>().notNull(),
    event: text().notNull(),
    body: text().notNull(),
    state: text().$type<'waiting' | 'delivered' | 'failed'>().notNull(),
    attempts: integer().notNull().default(0),
    lastStatus: integer(),
    lastError: text(),
    createdAt: instantColumn().notNull(),
    lastTriedAt: instantColumn(),
    deliveredAt: instantColumn(),
  },
  (table) => [
    unique('one_delivery_per_endpoint_and_event').on(table.endpointId, table.eventId),
    index('deliveries_of_endpoint').on(table.endpointId, table.id),
  ],
);
