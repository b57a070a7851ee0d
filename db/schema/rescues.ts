import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { OrderId, OrderLineId, RescueId, SubOrderId } from '@/lib/kernel';
import { idColumn, instantColumn, minorColumn, quantityColumn } from './columns';
import { orderLines, orders, subOrders } from './orders';

export const rescueStates = ['searching', 'offered', 'asked', 'waiting', 'rescued', 'refunded'] as const;
export type RescueState = (typeof rescueStates)[number];

export const rescueCauses = ['refused', 'unanswered', 'missing', 'shortage', 'closed'] as const;
export type RescueCause = (typeof rescueCauses)[number];

/**
 * Units of a line its shop will not serve, on their way to another shop, a decision of the shopper or a refund (architecture §5).
 * Until then their money is held: neither taken for anybody nor given back.
 */
export const rescues = pgTable(
  'rescues',
  {
    id: idColumn<RescueId>().primaryKey(),
    orderId: idColumn<OrderId>()
      .notNull()
      .references(() => orders.id),
    /** The part and the line that fell short. */
    subOrderId: idColumn<SubOrderId>()
      .notNull()
      .references(() => subOrders.id),
    lineId: idColumn<OrderLineId>()
      .notNull()
      .references(() => orderLines.id),
    quantity: quantityColumn().notNull(),
    cause: text().$type<RescueCause>().notNull(),
    state: text().$type<RescueState>().notNull(),
    /** How often the units were given to another shop so far, earlier links of the chain included. */
    attempts: integer().notNull(),
    /** What the shopper would have paid for these units, and of the delivery when nothing else of the part is left. */
    goodsMinor: minorColumn().notNull(),
    deliveryMinor: minorColumn().notNull(),
    /** What the shopper may choose between, as it was asked. */
    options: jsonb(),
    /** Until when the shopper may answer, or until when the units are waited for. */
    decideBy: instantColumn(),
    openedAt: instantColumn().notNull(),
    decidedAt: instantColumn(),
  },
  (table) => [
    index('rescues_of_order').on(table.orderId),
    index('rescues_of_line').on(table.lineId),
    index('rescues_to_decide')
      .on(table.decideBy)
      .where(sql`${table.state} in ('asked', 'waiting')`),
    index('rescues_to_search')
      .on(table.openedAt)
      .where(sql`${table.state} = 'searching'`),
    check('rescue_has_units', sql`${table.quantity} > 0`),
    check('rescue_money_not_negative', sql`${table.goodsMinor} >= 0 and ${table.deliveryMinor} >= 0`),
    check('rescue_attempts_counted', sql`${table.attempts} >= 0`),
  ],
);
