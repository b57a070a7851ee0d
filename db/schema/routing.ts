import { sql } from 'drizzle-orm';
import { check, date, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { NetworkId, OrderId, PersonId, ShopId } from '@/lib/kernel';
import { idColumn, instantColumn, minorColumn } from './columns';
import { networks, shops } from './shops';

/** The city's routing policy, version after version: the newest that has begun is live, and going back is a new version. */
export const routingPolicies = pgTable(
  'routing_policies',
  {
    version: integer().primaryKey(),
    validFrom: instantColumn().notNull(),
    policy: jsonb().notNull(),
    /** Why, in the words of whoever changed it. */
    source: text().notNull(),
    changedBy: idColumn<PersonId>(),
    changedAt: instantColumn().notNull(),
  },
  (table) => [check('policy_versions_count_up', sql`${table.version} > 0`)],
);

/** What a network's head office lays down, version after version; the newest is live. */
export const networkRuleVersions = pgTable(
  'network_rule_versions',
  {
    networkId: idColumn<NetworkId>()
      .notNull()
      .references(() => networks.id),
    version: integer().notNull(),
    rules: jsonb().notNull(),
    source: text().notNull(),
    changedBy: idColumn<PersonId>(),
    changedAt: instantColumn().notNull(),
  },
  (table) => [primaryKey({ name: 'one_rule_version_at_a_time', columns: [table.networkId, table.version] })],
);

/** A slot in local time `HH:MM`, and how many doors its rounds can reach. */
export type ZoneSlot = { readonly from: string; readonly to: string; readonly stops: number };

/** Areas into which couriers ride, version after version; the newest version of a zone is live, and one without slots is closed. */
export const deliveryZones = pgTable(
  'delivery_zones',
  {
    slug: text().notNull(),
    version: integer().notNull(),
    name: text().notNull(),
    latitude: doublePrecision().notNull(),
    longitude: doublePrecision().notNull(),
    radiusMetres: integer().notNull(),
    /** What a round to one door costs, and what each further shop it collects from adds. */
    priceMinor: minorColumn().notNull(),
    furtherShopMinor: minorColumn().notNull(),
    slots: jsonb().$type<readonly ZoneSlot[]>().notNull(),
    source: text().notNull(),
    changedBy: idColumn<PersonId>(),
    changedAt: instantColumn().notNull(),
  },
  (table) => [
    primaryKey({ name: 'one_zone_version_at_a_time', columns: [table.slug, table.version] }),
    check('zone_figures_not_negative', sql`${table.priceMinor} >= 0 and ${table.furtherShopMinor} >= 0 and ${table.radiusMetres} > 0`),
  ],
);

/** The least that bringing goods of a kind may cost by law, from a day on (ME-15): law is dated data. */
export const deliveryFloors = pgTable(
  'delivery_floors',
  {
    vatCategory: text().notNull(),
    validFrom: date().notNull(),
    thresholdMinor: minorColumn().notNull(),
    belowMinor: minorColumn().notNull(),
    aboveMinor: minorColumn().notNull(),
    legalReference: text().notNull(),
  },
  (table) => [unique('one_delivery_floor_at_a_time').on(table.vatCategory, table.validFrom)],
);

/** Goods an order gave to a shop: what fair shares are computed from; append-only, one row for each order and shop. */
export const receivedShares = pgTable(
  'received_shares',
  {
    orderId: idColumn<OrderId>().notNull(),
    shopId: idColumn<ShopId>()
      .notNull()
      .references(() => shops.id),
    goodsMinor: minorColumn().notNull(),
    receivedAt: instantColumn().notNull(),
  },
  (table) => [
    primaryKey({ name: 'share_received_once', columns: [table.orderId, table.shopId] }),
    index('shares_by_time').on(table.receivedAt),
    check('share_not_negative', sql`${table.goodsMinor} >= 0`),
  ],
);
