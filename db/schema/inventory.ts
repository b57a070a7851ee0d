import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { BasketId, MovementId, OfferId, OrderLineId, ReservationId, StockLocationId } from '@/lib/kernel';
import { idColumn, instantColumn, quantityColumn } from './columns';
import { offers } from './catalogue';
import { stockLocations } from './shops';

/**
 * What is believed to be on a shelf, and what of it is spoken for (architecture §4). `on_hand` is a fold of the movements and may
 * fall below what is claimed: the shelf outranks the record, so it has no check.
 */
export const stockLevels = pgTable(
  'stock_levels',
  {
    offerId: idColumn<OfferId>()
      .notNull()
      .references(() => offers.id),
    locationId: idColumn<StockLocationId>()
      .notNull()
      .references(() => stockLocations.id),
    onHand: integer().notNull(),
    reserved: quantityColumn()
      .notNull()
      .default(sql`0`),
    allocated: quantityColumn()
      .notNull()
      .default(sql`0`),
    safetyStock: quantityColumn()
      .notNull()
      .default(sql`0`),
    routingSafetyStock: quantityColumn()
      .notNull()
      .default(sql`0`),
    asOf: instantColumn().notNull(),
    grade: text().$type<'A' | 'B' | 'C' | 'D' | 'E'>().notNull(),
    confidenceBps: integer().notNull(),
    /** Picks that found the units on record, and that did not; halved together when they grow, so that habits may change. */
    found: integer().notNull().default(0),
    missed: integer().notNull().default(0),
    /** When a person last looked at the shelf and counted. */
    lookedAt: instantColumn(),
    /** What the shop's rules withhold; `safety_stock` is this, or every unit while the figure is too old to be sold by. */
    usualSafetyStock: quantityColumn()
      .notNull()
      .default(sql`0`),
    staleSince: instantColumn(),
  },
  (table) => [
    primaryKey({ name: 'one_level_per_offer_and_location', columns: [table.offerId, table.locationId] }),
    index('levels_of_location').on(table.locationId),
    index('levels_to_age')
      .on(table.asOf)
      .where(sql`${table.onHand} > 0`),
    check('picks_are_counts', sql`${table.found} >= 0 and ${table.missed} >= 0`),
    check('reserved_not_negative', sql`${table.reserved} >= 0`),
    check('allocated_not_negative', sql`${table.allocated} >= 0`),
    check('routing_safety_never_more', sql`${table.routingSafetyStock} <= ${table.safetyStock}`),
    check('confidence_is_a_share', sql`${table.confidenceBps} between 0 and 10000`),
  ],
);

/** Immutable facts about a shelf: a signed change, or a count at an instant that resets the fold. */
export const stockMovements = pgTable(
  'stock_movements',
  {
    id: idColumn<MovementId>().primaryKey(),
    offerId: idColumn<OfferId>().notNull(),
    locationId: idColumn<StockLocationId>().notNull(),
    kind: text().$type<'count' | 'change'>().notNull(),
    quantity: integer().notNull(),
    reason: text()
      .$type<
        | 'opening-count'
        | 'count'
        | 'counter-sale'
        | 'correction'
        | 'handed-over'
        | 'despatched'
        | 'returned'
        | 'delivery'
        | 'missing'
        | 'shelf-check'
        | 'transfer-out'
        | 'transfer-in'
      >()
      .notNull(),
    source: text().notNull(),
    sourceKey: text().notNull(),
    occurredAt: instantColumn().notNull(),
    receivedAt: instantColumn().notNull(),
  },
  (table) => [
    unique('movement_counts_once').on(table.source, table.sourceKey),
    index('movements_of_level').on(table.offerId, table.locationId, table.occurredAt),
  ],
);

/**
 * A claim on units: `held` for a basket in checkout or an unpaid order (expires by itself), `allocated` for a paid line,
 * then `released` or `fulfilled`. Levels count what is held and allocated.
 */
export const reservations = pgTable(
  'reservations',
  {
    id: idColumn<ReservationId>().primaryKey(),
    offerId: idColumn<OfferId>().notNull(),
    locationId: idColumn<StockLocationId>().notNull(),
    quantity: quantityColumn().notNull(),
    state: text().$type<'held' | 'allocated' | 'released' | 'fulfilled'>().notNull(),
    basketId: idColumn<BasketId>(),
    orderLineId: idColumn<OrderLineId>(),
    expiresAt: instantColumn(),
    extendedOnce: integer().notNull().default(0),
    createdAt: instantColumn().notNull(),
  },
  (table) => [
    index('reservations_of_basket')
      .on(table.basketId)
      .where(sql`${table.state} = 'held'`),
    index('reservations_of_line').on(table.orderLineId),
    index('reservations_to_expire')
      .on(table.expiresAt)
      .where(sql`${table.state} = 'held'`),
    check('claim_has_units', sql`${table.quantity} > 0`),
  ],
);
