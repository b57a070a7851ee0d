import type postgres from 'postgres';
import type { City } from './city/index';
import type { SeedOffer } from './city/offers';
import type { SeedProduct } from './city/product';
import { slugOf } from '@/lib/kernel';
import type { CopiedRow } from '../copy-rows';
import { at, copyRows } from '../copy-rows';

const variantName = (offer: SeedOffer): string => `${offer.product.key}|${offer.variant.key}`;

function productRow(city: City, product: SeedProduct, since: string): CopiedRow {
  const category = city.categories.get(product.leaf);
  return {
    id: city.ids('product', product.key),
    categoryId: category?.id,
    title: product.title,
    brand: product.brand,
    description: null,
    attributes: product.attributes,
    glyph: category?.glyph,
    manufacturer: product.maker,
    source: product.source,
    licence: product.licence,
    createdAt: since,
  };
}

function variantRow(city: City, offer: SeedOffer): CopiedRow {
  const { product, variant } = offer;
  return {
    id: city.ids('variant', variantName(offer)),
    productId: city.ids('product', product.key),
    gtin: product.gtin,
    label: variant.label,
    attributes: variant.attributes,
    salesUnit: product.salesUnit,
    weightGrams: product.weightGrams,
    volumeCm3: product.volumeCm3,
    netQuantity: product.net?.amount,
    netUnit: product.net?.unit,
  };
}

function listingRow(city: City, offer: SeedOffer): CopiedRow {
  const { product, variant } = offer;
  const title = variant.label === undefined ? product.title : `${product.title}, ${variant.label}`;
  return {
    id: city.ids('listing', variantName(offer)),
    variantId: city.ids('variant', variantName(offer)),
    categoryId: city.categories.get(product.leaf)?.id,
    slug: slugOf(title),
    title,
    keyAttribute: product.keyAttribute,
    brand: product.brand,
    isPublished: true,
  };
}

/** Department tree, and every product, variant and listing that some shop offers. */
export async function seedProducts(sql: postgres.TransactionSql, city: City, openedAt: number): Promise<void> {
  const since = at(openedAt);
  await copyRows(sql, 'categories', [...city.categories.values()]);
  const products = [...new Map(city.offers.map((offer) => [offer.product.key, offer.product])).values()];
  await copyRows(
    sql,
    'products',
    products.map((product) => productRow(city, product, since)),
  );
  const variants = [...new Map(city.offers.map((offer) => [variantName(offer), offer])).values()];
  await copyRows(
    sql,
    'variants',
    variants.map((offer) => variantRow(city, offer)),
  );
  await copyRows(
    sql,
    'listings',
    variants.map((offer) => listingRow(city, offer)),
  );
}

/** Every shop's offers, each with its first price. */
export async function seedOffers(sql: postgres.TransactionSql, city: City, openedAt: number): Promise<void> {
  const since = at(openedAt);
  const offers = city.offers.map((offer) => ({
    id: offer.id,
    listingId: city.ids('listing', variantName(offer)),
    shopId: offer.shop.id,
    merchantSku: offer.merchantSku,
    priceMinor: offer.priceMinor,
    priceSteps: offer.product.priceSteps,
    currency: 'EUR',
    vatCategory: offer.product.vatCategory,
    condition: offer.product.condition,
    shelf: offer.shelf,
    isActive: true,
    updatedAt: since,
  }));
  await copyRows(sql, 'offers', offers);
  await copyRows(
    sql,
    'price_history',
    offers.map(({ id, priceMinor }) => ({ offerId: id, priceMinor, validFrom: since })),
  );
}
