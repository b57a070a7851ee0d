import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { CategoryId, ListingId, MatchReviewId, OfferId, PersonId, ProductId, SalesUnit, ShopId, VariantId } from '@/lib/kernel';
import { currencyColumn, idColumn, instantColumn, minorColumn } from './columns';
import type { Localised } from './shops';
import { shops } from './shops';

/** Node of our tree of departments. */
export const categories = pgTable(
  'categories',
  {
    id: idColumn<CategoryId>().primaryKey(),
    parentId: idColumn<CategoryId>(),
    position: integer().notNull(),
    name: jsonb().$type<Localised>().notNull(),
    slug: jsonb().$type<Localised>().notNull(),
    /** Colour family of the faïence tiles and the glyph drawn on them. */
    family: text().notNull(),
    glyph: text().notNull(),
    vatCategory: text().notNull(),
    minimumAge: integer(),
    /** Where a thing of this kind may be bought without right of withdrawal, and why (ME-27). */
    withdrawalException: text(),
    /** How open data and our own lists call this node, whatever it is named for people; none for nodes a city adds. */
    key: text().unique('one_category_per_key'),
    /** What things of this kind are called, without accents: by these words a department is suggested. */
    words: text().notNull().default(''),
    /** Which rules of the law a thing of this kind meets before it may be sold: see `legal-gates` in lib/catalogue. */
    legalGates: jsonb().$type<readonly string[]>().notNull().default([]),
    /** Trades of shops that sell such things: who is asked where nobody lists one yet. */
    trades: jsonb().$type<readonly string[]>().notNull().default([]),
  },
  (table) => [index('categories_under').on(table.parentId)],
);

/** What is made, whoever sells it; the commons, owned by nobody. */
export const products = pgTable(
  'products',
  {
    id: idColumn<ProductId>().primaryKey(),
    categoryId: idColumn<CategoryId>()
      .notNull()
      .references(() => categories.id),
    title: text().notNull(),
    brand: text(),
    description: text(),
    attributes: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    glyph: text().notNull(),
    manufacturer: jsonb().$type<{ readonly name: string; readonly address: string; readonly email: string }>(),
    /** Who answers for it in the Union where the manufacturer sits outside it, and the warnings in the buyer's language (OP-16). */
    responsiblePerson: jsonb().$type<{ readonly name: string; readonly address: string; readonly email: string }>(),
    warnings: text(),
    /** Where the words come from, and under which licence they may be shown. */
    source: text().notNull(),
    licence: text().notNull(),
    /** The same for single fields where they differ from the whole sheet: source, licence, and how sure we are in basis points. */
    provenance: jsonb()
      .$type<Readonly<Record<string, { readonly source: string; readonly licence: string; readonly confidenceBps: number }>>>()
      .notNull()
      .default({}),
    createdAt: instantColumn().notNull(),
  },
  (table) => [index('products_in_category').on(table.categoryId)],
);

/**
 * What an open service answered about a bar code, so that it is asked once in a while only; no sheet: it does not know the code. Failures in a row
 * are counted beside the sheet that was there before.
 */
export const gtinAnswers = pgTable(
  'gtin_answers',
  {
    gtin: text().primaryKey(),
    /** The sheet with its source and licence, as `lib/catalogue` reads it. */
    sheet: jsonb(),
    failures: integer().notNull().default(0),
    /** Why the last question failed, as a code; none when it did not. */
    fault: text(),
    askedAt: instantColumn().notNull(),
  },
  (table) => [index('gtins_asked').on(table.askedAt)],
);

/** Photographs of a product, in their order; the first replaces the drawn tile. The file is kept under the key, which never changes its meaning. */
export const productPictures = pgTable(
  'product_pictures',
  {
    key: text().primaryKey(),
    productId: idColumn<ProductId>()
      .notNull()
      .references(() => products.id),
    position: integer().notNull(),
    /** Who gave it and may take it back; whose picture it is, and under which licence it may be shown. */
    shopId: idColumn<ShopId>()
      .notNull()
      .references(() => shops.id),
    source: text().notNull(),
    licence: text().notNull(),
    createdAt: instantColumn().notNull(),
  },
  (table) => [index('pictures_of_product').on(table.productId, table.position)],
);

/** One size or colour of a product: the level that has a GTIN. */
export const variants = pgTable(
  'variants',
  {
    id: idColumn<VariantId>().primaryKey(),
    productId: idColumn<ProductId>()
      .notNull()
      .references(() => products.id),
    /** 14 digits with check digit, or none (craft, fresh, second hand). */
    gtin: text(),
    label: text(),
    attributes: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    salesUnit: text().$type<SalesUnit>().notNull(),
    weightGrams: integer().notNull(),
    volumeCm3: integer().notNull(),
    /** Net content for the unit price (ME-06): how much, in grams, millilitres or millimetres. */
    netQuantity: integer(),
    netUnit: text().$type<'g' | 'ml' | 'mm'>(),
  },
  (table) => [
    unique('one_variant_per_gtin').on(table.gtin),
    index('variants_of_product').on(table.productId),
    check('gtin_has_fourteen_digits', sql`${table.gtin} ~ '^[0-9]{14}$'`),
  ],
);

/** The one page where all shops' offers for a variant meet. */
export const listings = pgTable(
  'listings',
  {
    id: idColumn<ListingId>().primaryKey(),
    variantId: idColumn<VariantId>()
      .notNull()
      .references(() => variants.id),
    /** Kept here too, so that results and departments need no join to be filtered. */
    categoryId: idColumn<CategoryId>()
      .notNull()
      .references(() => categories.id),
    slug: text().notNull(),
    title: text().notNull(),
    keyAttribute: text(),
    brand: text(),
    isPublished: boolean().notNull().default(true),
  },
  (table) => [
    unique('one_listing_per_variant').on(table.variantId),
    index('listings_in_category').on(table.categoryId),
    index('listings_by_title').using('gin', sql`${table.title} gin_trgm_ops`),
  ],
);

/** One shop's standing promise to sell a variant at a price and conditions. */
export const offers = pgTable(
  'offers',
  {
    id: idColumn<OfferId>().primaryKey(),
    listingId: idColumn<ListingId>()
      .notNull()
      .references(() => listings.id),
    shopId: idColumn<ShopId>()
      .notNull()
      .references(() => shops.id),
    merchantSku: text().notNull(),
    /** With VAT, per step of the sales unit; grams are priced per kilogram in `pricePerMinor` steps: see `priceSteps`. */
    priceMinor: minorColumn().notNull(),
    /** How many steps of the sales unit `price_minor` buys: 1 for pieces, 1000 for a price per kilogram. */
    priceSteps: integer().notNull().default(1),
    currency: currencyColumn(),
    vatCategory: text().notNull(),
    condition: text().$type<'new' | 'used' | 'refurbished'>().notNull(),
    shelf: text(),
    isActive: boolean().notNull().default(true),
    updatedAt: instantColumn().notNull(),
  },
  (table) => [
    unique('one_offer_per_shop_and_sku').on(table.shopId, table.merchantSku),
    index('offers_of_listing').on(table.listingId),
    check('price_is_positive', sql`${table.priceMinor} > 0 and ${table.priceSteps} > 0`),
  ],
);

/** Every public price an offer ever had; append-only proof for price reductions (ME-07). A fact, without a foreign key like those of stock (ADR 0195). */
export const priceHistory = pgTable(
  'price_history',
  {
    offerId: idColumn<OfferId>().notNull(),
    priceMinor: minorColumn().notNull(),
    validFrom: instantColumn().notNull(),
  },
  (table) => [unique('one_price_at_a_time').on(table.offerId, table.validFrom)],
);

/**
 * Two pages that may be one thing, or one bar code that names two: for a person to decide. Merging moves offers and can be taken back;
 * `moved` says which.
 */
export const matchReviews = pgTable(
  'match_reviews',
  {
    id: idColumn<MatchReviewId>().primaryKey(),
    kind: text().$type<'same-code' | 'alike'>().notNull(),
    listingId: idColumn<ListingId>()
      .notNull()
      .references(() => listings.id),
    otherListingId: idColumn<ListingId>()
      .notNull()
      .references(() => listings.id),
    likenessBps: integer().notNull(),
    state: text().$type<'open' | 'merged' | 'apart' | 'split'>().notNull(),
    moved: jsonb().$type<readonly OfferId[]>().notNull(),
    createdAt: instantColumn().notNull(),
    decidedAt: instantColumn(),
    decidedBy: idColumn<PersonId>(),
  },
  (table) => [
    unique('one_review_per_pair').on(table.listingId, table.otherListingId),
    index('reviews_by_state').on(table.state, table.createdAt),
    check('pair_is_of_two', sql`${table.listingId} <> ${table.otherListingId}`),
  ],
);
