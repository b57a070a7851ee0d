import { sql } from 'drizzle-orm';
import { boolean, check, doublePrecision, index, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { BasketId, BasketLineId, ListingId, OfferId, PersonId, ShopId, VoucherId } from '@/lib/kernel';
import { idColumn, instantColumn, minorColumn, quantityColumn } from './columns';

/** The five goals a shopper may choose between (architecture §5), one walk past all shops, and one courier's round. */
export const planKinds = ['suggested', 'fewest', 'soonest', 'cheapest', 'greenest', 'walk', 'round'] as const;
export type PlanKind = (typeof planKinds)[number];

export const fulfilmentMethods = ['pickup', 'courier', 'parcel'] as const;
export type FulfilmentMethod = (typeof fulfilmentMethods)[number];

/** The mutable wish across shops; holds no stock before checkout. Found by the token in the browser's cookie. */
export const baskets = pgTable(
  'baskets',
  {
    id: idColumn<BasketId>().primaryKey(),
    token: text().notNull(),
    personId: idColumn<PersonId>(),
    locale: text().notNull(),
    placeLabel: text(),
    placeLatitude: doublePrecision(),
    placeLongitude: doublePrecision(),
    plan: text().$type<PlanKind>().notNull().default('suggested'),
    /** The plan before the last change, for the one-tap undo. */
    previousPlan: text().$type<PlanKind>(),
    /** A way of receiving the shopper fixed for a shop ("Changer"). */
    methodByShop: jsonb().$type<Readonly<Record<ShopId, FulfilmentMethod>>>().notNull().default({}),
    /** Vouchers brought to pay with, in the order in which they were. */
    voucherIds: jsonb().$type<readonly VoucherId[]>().notNull().default([]),
    /** What entering checkout settled; emptied of its plan by every change of the basket. `lib/checkout` reads and writes it. */
    checkout: jsonb(),
    orderedAt: instantColumn(),
    createdAt: instantColumn().notNull(),
    updatedAt: instantColumn().notNull(),
  },
  (table) => [unique('one_basket_per_token').on(table.token), index('baskets_of_person').on(table.personId)],
);

/** A variant wanted, the offer it was shown with, and whether the shopper chose that shop. */
export const basketLines = pgTable(
  'basket_lines',
  {
    id: idColumn<BasketLineId>().primaryKey(),
    basketId: idColumn<BasketId>()
      .notNull()
      .references(() => baskets.id, { onDelete: 'cascade' }),
    listingId: idColumn<ListingId>().notNull(),
    offerId: idColumn<OfferId>().notNull(),
    shopChosen: boolean().notNull(),
    quantity: quantityColumn().notNull(),
    /** What was shown when it was added: a change since is said, old beside new. */
    priceSeenMinor: minorColumn().notNull(),
    promiseSeenAt: instantColumn(),
    addedAt: instantColumn().notNull(),
  },
  (table) => [
    unique('one_line_per_basket_and_offer').on(table.basketId, table.offerId),
    check('line_wants_something', sql`${table.quantity} > 0`),
  ],
);
