import { sql } from 'drizzle-orm';
import { boolean, check, date, doublePrecision, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { MerchantId, NetworkId, ShopId, StockLocationId } from '@/lib/kernel';
import { idColumn, instantColumn } from './columns';

/** The legal person owning shops: party to the contract, named on every document (ME-02, OP-22, OP-50). */
export const merchants = pgTable('merchants', {
  id: idColumn<MerchantId>().primaryKey(),
  legalName: text().notNull(),
  legalForm: text().notNull(),
  capital: text(),
  country: text().notNull().default('FR'),
  address: text().notNull(),
  registrationNumber: text().notNull(),
  register: text().notNull(),
  vatNumber: text(),
  email: text().notNull(),
  phone: text().notNull(),
  mediatorName: text().notNull(),
  mediatorUrl: text().notNull(),
  isProfessional: boolean().notNull(),
  declaredProfessionalAt: instantColumn(),
  selfCertifiedAt: instantColumn(),
  verifiedAt: instantColumn(),
  pspAccountState: text().$type<'none' | 'pending' | 'enabled'>().notNull(),
  commissionBps: integer().notNull(),
  createdAt: instantColumn().notNull(),
});

/** A merchant's VAT regime over time; documents follow the row of their date (ME-16). */
export const merchantVatRegimes = pgTable(
  'merchant_vat_regimes',
  {
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    regime: text().$type<'normal' | 'exempt' | 'margin'>().notNull(),
    validFrom: date().notNull(),
    validTo: date(),
  },
  (table) => [unique('one_vat_regime_at_a_time').on(table.merchantId, table.validFrom)],
);

/** Shops bound by branch, franchise or affiliation rules. */
export const networks = pgTable('networks', {
  id: idColumn<NetworkId>().primaryKey(),
  name: text().notNull(),
  slug: text().notNull().unique('one_network_per_slug'),
  kind: text().$type<'branch' | 'franchise' | 'affiliate'>().notNull(),
});

/** Same text in the languages of the city. */
export type Localised = { readonly fr: string; readonly en: string };

/** Which ways of receiving a shop offers, with its own figures. Money in minor units, distances in metres. */
export type ShopServices = {
  readonly pickup: boolean;
  readonly courier: {
    readonly priceMinor: number;
    readonly radiusMetres: number;
    readonly slots: readonly (readonly [string, string])[];
  } | null;
  readonly parcel: { readonly priceMinor: number; readonly days: number; readonly maxGrams: number } | null;
  readonly takesReturns: boolean;
  /** Agreed beforehand: good things it sells too, bought elsewhere, are bought from the selling shop instead of sent home. */
  readonly buysReturns?: boolean | undefined;
  /** Sets things aside without obligation, to be paid in the shop. */
  readonly setAside?: boolean;
};

/** A place that sells under one name. */
export const shops = pgTable(
  'shops',
  {
    id: idColumn<ShopId>().primaryKey(),
    merchantId: idColumn<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    networkId: idColumn<NetworkId>().references(() => networks.id),
    slug: text().notNull(),
    name: text().notNull(),
    trade: text().notNull(),
    story: jsonb().$type<Localised>().notNull(),
    street: text().notNull(),
    postcode: text().notNull(),
    town: text().notNull(),
    latitude: doublePrecision().notNull(),
    longitude: doublePrecision().notNull(),
    phone: text().notNull(),
    email: text().notNull(),
    keeper: text().notNull(),
    /** OSM `opening_hours` syntax, local time of `timeZone`. */
    openingHours: text().notNull(),
    timeZone: text().notNull(),
    awning: integer().notNull(),
    /** `draft`: its owner prepares it, nobody else sees it. */
    level: text().$type<'draft' | 'window' | 'reserve' | 'sell'>().notNull(),
    services: jsonb().$type<ShopServices>().notNull(),
    preparationMinutes: integer().notNull(),
    capacityPerHour: integer().notNull(),
    acceptanceMinutes: integer().notNull(),
    /** The switch on the counter: off means no new order is offered here. */
    takesOrders: boolean().notNull().default(true),
    pausedUntil: instantColumn(),
    /** `away`: "back in 15 minutes", said at the counter. `silent`: an order was not answered in opening hours. */
    pauseReason: text().$type<'away' | 'silent'>(),
    returnDays: integer().notNull().default(14),
    createdAt: instantColumn().notNull(),
    updatedAt: instantColumn().notNull(),
  },
  (table) => [
    unique('one_shop_per_slug').on(table.slug),
    index('shops_of_merchant').on(table.merchantId),
    check('awning_is_one_of_twelve', sql`${table.awning} between 0 and 11`),
    check(
      'preparation_takes_time',
      sql`${table.preparationMinutes} >= 0 and ${table.capacityPerHour} > 0 and ${table.acceptanceMinutes} > 0`,
    ),
  ],
);

/** A stretch in which a shop is closed against its usual hours. */
export const shopClosures = pgTable(
  'shop_closures',
  {
    shopId: idColumn<ShopId>()
      .notNull()
      .references(() => shops.id),
    closedFrom: instantColumn().notNull(),
    closedTo: instantColumn().notNull(),
    reason: text(),
  },
  (table) => [
    index('closures_of_shop').on(table.shopId, table.closedFrom),
    check('closure_has_length', sql`${table.closedFrom} < ${table.closedTo}`),
  ],
);

/** Physical place holding stock: the shop itself, a warehouse, a supplier. */
export const stockLocations = pgTable(
  'stock_locations',
  {
    id: idColumn<StockLocationId>().primaryKey(),
    /** The shop whose sub-orders this place fulfils; warehouses and suppliers serve the shops of `stock_location_shops`. */
    shopId: idColumn<ShopId>().references(() => shops.id),
    networkId: idColumn<NetworkId>().references(() => networks.id),
    kind: text().$type<'shop' | 'warehouse' | 'supplier'>().notNull(),
    name: text().notNull(),
    latitude: doublePrecision().notNull(),
    longitude: doublePrecision().notNull(),
    leadTimeMinutes: integer().notNull().default(0),
  },
  (table) => [index('locations_of_shop').on(table.shopId), check('lead_time_not_negative', sql`${table.leadTimeMinutes} >= 0`)],
);

/** A rate of VAT for a category in a territory from a date on: law is dated data (ME-17). */
export const vatRates = pgTable(
  'vat_rates',
  {
    territory: text().notNull(),
    category: text().notNull(),
    rateBps: integer().notNull(),
    validFrom: date().notNull(),
    validTo: date(),
    legalReference: text().notNull(),
  },
  (table) => [unique('one_vat_rate_at_a_time').on(table.territory, table.category, table.validFrom)],
);
