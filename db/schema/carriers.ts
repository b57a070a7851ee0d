import { check, index, pgSequence, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { ShipmentId, SubOrderId } from '@/lib/kernel';
import { idColumn, instantColumn } from './columns';
import { subOrders } from './orders';

/** Serial references of the logistic units of the demo carrier (SSCC). */
export const demoParcels = pgSequence('demo_parcels', { startWith: 1 });

/** A parcel given, or to be given, to a carrier: one a sub-order, with the code on its label. */
export const shipments = pgTable(
  'shipments',
  {
    id: idColumn<ShipmentId>().primaryKey(),
    subOrderId: idColumn<SubOrderId>()
      .notNull()
      .references(() => subOrders.id),
    carrier: text().notNull(),
    /** What the carrier's scanners read and its messages name. Undefined until the carrier has answered. */
    trackingCode: text(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [
    unique('one_shipment_per_sub_order').on(table.subOrderId),
    unique('one_shipment_per_tracking_code').on(table.carrier, table.trackingCode),
  ],
);

export const shipmentEventCodes = ['announced', 'collected', 'in-transit', 'out-for-delivery', 'delivered', 'failed', 'returned'] as const;
export type ShipmentEventCode = (typeof shipmentEventCodes)[number];

/** What the carrier told us about a parcel, once per message of its own; append-only. */
export const shipmentEvents = pgTable(
  'shipment_events',
  {
    shipmentId: idColumn<ShipmentId>()
      .notNull()
      .references(() => shipments.id),
    /** The carrier's id of its message: the claim. */
    messageId: text().notNull(),
    code: text().$type<ShipmentEventCode>().notNull(),
    place: text(),
    occurredAt: instantColumn().notNull(),
    receivedAt: instantColumn().notNull(),
  },
  (table) => [
    unique('a_message_counts_once').on(table.shipmentId, table.messageId),
    index('events_of_shipment').on(table.shipmentId, table.occurredAt),
    check('a_message_has_an_id', sql`${table.messageId} <> ''`),
  ],
);
