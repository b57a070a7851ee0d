import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import {
  documents,
  listings,
  offers,
  orderLines,
  orders,
  priceHistory,
  shops,
  stockLevels,
  stockLocations,
  stockMovements,
  subOrders,
  variants,
} from '@/db/schema';
import type { ShopScope } from '@/lib/kernel';

/** Files a shop may take with it. Products with their words are the import's own file: `exportProducts` in lib/connectors. */
export const shopFiles = ['variants', 'offers', 'prices', 'stock', 'movements', 'orders', 'documents'] as const;
export type ShopFile = (typeof shopFiles)[number];

/**
 * One file: its columns, in the words of the glossary, and a statement for the part behind `after`. Each row names its own place (`at`), which
 * grows. Money in minor units, instants in UTC.
 */
export type FileQuery = { readonly columns: readonly string[]; readonly part: (scope: ShopScope, after: string, most: number) => SQL };

const utc = (column: SQL) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const perOffer = (scope: ShopScope, after: string) => sql`o.shop_id = ${scope.shopId} and o.id > ${after}`;
const someOffers = (scope: ShopScope, after: string, most: number) =>
  sql`(select o.id, o.merchant_sku, o.currency from ${offers} o where ${perOffer(scope, after)} order by o.id limit ${most})`;

export const fileQueries: Readonly<Record<ShopFile, FileQuery>> = {
  variants: {
    columns: ['merchantSku', 'productId', 'variantId', 'gtin', 'title', 'label', 'attributes', 'salesUnit', 'netQuantity', 'netUnit', 'weightGrams', 'isPublished'], // prettier-ignore
    part: (scope, after, most) => sql`
      select o.id as at, o.merchant_sku as "merchantSku", v.product_id as "productId", v.id as "variantId", v.gtin, l.title, v.label,
        v.attributes::text as attributes, v.sales_unit as "salesUnit", v.net_quantity as "netQuantity", v.net_unit as "netUnit",
        v.weight_grams as "weightGrams", l.is_published as "isPublished"
      from ${offers} o join ${listings} l on l.id = o.listing_id join ${variants} v on v.id = l.variant_id
      where ${perOffer(scope, after)} order by o.id limit ${most}`,
  },
  offers: {
    columns: ['offerId', 'listingId', 'merchantSku', 'title', 'priceMinor', 'priceSteps', 'currency', 'vatCategory', 'condition', 'shelf', 'isActive', 'updatedAt'], // prettier-ignore
    part: (scope, after, most) => sql`
      select o.id as at, o.id as "offerId", o.listing_id as "listingId", o.merchant_sku as "merchantSku", l.title, o.price_minor as "priceMinor",
        o.price_steps as "priceSteps", o.currency, o.vat_category as "vatCategory", o.condition, o.shelf, o.is_active as "isActive",
        ${utc(sql`o.updated_at`)} as "updatedAt"
      from ${offers} o join ${listings} l on l.id = o.listing_id where ${perOffer(scope, after)} order by o.id limit ${most}`,
  },
  prices: {
    columns: ['offerId', 'merchantSku', 'priceMinor', 'currency', 'validFrom'],
    part: (scope, after, most) => sql`
      select o.id as at, o.id as "offerId", o.merchant_sku as "merchantSku", h.price_minor as "priceMinor", o.currency, ${utc(sql`h.valid_from`)} as "validFrom"
      from ${someOffers(scope, after, most)} o left join ${priceHistory} h on h.offer_id = o.id order by o.id, h.valid_from`,
  },
  stock: {
    columns: ['offerId', 'merchantSku', 'locationId', 'location', 'onHand', 'reserved', 'allocated', 'safetyStock', 'asOf', 'grade', 'confidenceBps'], // prettier-ignore
    part: (scope, after, most) => sql`
      select o.id as at, o.id as "offerId", o.merchant_sku as "merchantSku", s.location_id as "locationId", k.name as location, s.on_hand as "onHand",
        s.reserved, s.allocated, s.safety_stock as "safetyStock", ${utc(sql`s.as_of`)} as "asOf", s.grade, s.confidence_bps as "confidenceBps"
      from ${someOffers(scope, after, most)} o left join ${stockLevels} s on s.offer_id = o.id left join ${stockLocations} k on k.id = s.location_id
      order by o.id, s.location_id`,
  },
  movements: {
    columns: ['offerId', 'merchantSku', 'locationId', 'kind', 'quantity', 'reason', 'source', 'occurredAt'],
    part: (scope, after, most) => sql`
      select o.id as at, o.id as "offerId", o.merchant_sku as "merchantSku", m.location_id as "locationId", m.kind, m.quantity, m.reason, m.source,
        ${utc(sql`m.occurred_at`)} as "occurredAt"
      from ${someOffers(scope, after, most)} o left join ${stockMovements} m on m.offer_id = o.id order by o.id, m.occurred_at, m.id`,
  },
  orders: {
    // What the shop sold, line by line; who bought it stays with the order: a file is mailed on more easily than a page.
    columns: ['number', 'placedAt', 'state', 'method', 'offerId', 'merchantSku', 'title', 'quantity', 'salesUnit', 'totalMinor', 'vatRateBps', 'commissionMinor', 'currency'], // prettier-ignore
    part: (scope, after, most) => sql`
      select p.id as at, p.number, ${utc(sql`r.placed_at`)} as "placedAt", p.state, p.method, l.offer_id as "offerId", f.merchant_sku as "merchantSku", l.title,
        l.quantity, l.sales_unit as "salesUnit", l.total_minor as "totalMinor", l.vat_rate_bps as "vatRateBps", l.commission_minor as "commissionMinor", p.currency
      from (select * from ${subOrders} where shop_id = ${scope.shopId} and id > ${after} order by id limit ${most}) p
      join ${orders} r on r.id = p.order_id left join ${orderLines} l on l.sub_order_id = p.id
      left join ${offers} f on f.id = l.offer_id and f.shop_id = p.shop_id order by p.id, l.id`,
  },
  documents: {
    columns: ['number', 'kind', 'subOrder', 'issuedAt', 'grossMinor', 'netMinor', 'vatMinor', 'currency', 'hash'],
    part: (scope, after, most) => sql`
      select d.id as at, d.number, d.kind, p.number as "subOrder", ${utc(sql`d.issued_at`)} as "issuedAt", d.gross_minor as "grossMinor",
        d.net_minor as "netMinor", d.vat_minor as "vatMinor", p.currency, d.hash
      from ${documents} d join ${subOrders} p on p.id = d.sub_order_id join ${shops} s on s.id = p.shop_id
      where p.shop_id = ${scope.shopId} and d.id > ${after} order by d.id limit ${most}`,
  },
};
