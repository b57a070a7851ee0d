import { and, asc, eq, sql } from 'drizzle-orm';
import { categories, listings, offers, products, stockLevels, stockLocations, variants } from '@/db/schema';
import type { ShopScope } from '@/lib/kernel';
import { availableToPromise, confidenceWord } from '@/lib/oms';
import { reader } from '@/lib/platform/transaction';
import type { ShopStockView } from './views';

const MOST_ROWS = 50;

/**
 * What the shop has on its shelf, by words of the title, a SKU or a barcode; without words the most doubtful and the scarcest first.
 * Accents and capitals do not matter. At most fifty rows.
 */
export async function searchShopStock(scope: ShopScope, words: string): Promise<readonly ShopStockView[]> {
  const wanted = words
    .trim()
    .slice(0, 100)
    .split(/\s+/)
    .filter((word) => word !== '');
  const rows = await reader()
    .select({
      offer: offers,
      level: stockLevels,
      title: listings.title,
      keyAttribute: listings.keyAttribute,
      gtin: variants.gtin,
      salesUnit: variants.salesUnit,
      glyph: sql<string>`coalesce(nullif(${products.glyph}, ''), ${categories.glyph})`,
      family: categories.family,
    })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .innerJoin(stockLocations, and(eq(stockLocations.shopId, offers.shopId), eq(stockLocations.kind, 'shop')))
    .innerJoin(stockLevels, and(eq(stockLevels.offerId, offers.id), eq(stockLevels.locationId, stockLocations.id)))
    .where(and(eq(offers.shopId, scope.shopId), ...wanted.map(matches)))
    .orderBy(asc(stockLevels.confidenceBps), asc(stockLevels.onHand), asc(listings.title), asc(offers.id))
    .limit(MOST_ROWS);
  return rows.map(({ offer, level, ...words }) => ({
    offerId: offer.id,
    listingId: offer.listingId,
    title: words.title,
    keyAttribute: words.keyAttribute ?? undefined,
    merchantSku: offer.merchantSku,
    gtin: words.gtin ?? undefined,
    shelf: offer.shelf ?? undefined,
    glyph: words.glyph,
    family: words.family,
    salesUnit: words.salesUnit,
    onHand: level.onHand,
    reserved: level.reserved,
    allocated: level.allocated,
    available: availableToPromise(level),
    asOf: level.asOf,
    confidence: confidenceWord(level.confidenceBps),
    isActive: offer.isActive,
  }));
}

function matches(word: string) {
  const digits = /^\d{8,14}$/.test(word) ? word.padStart(14, '0') : '';
  const like = `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return sql`(unaccent(lower(${listings.title})) like unaccent(lower(${like})) or lower(${offers.merchantSku}) = lower(${word}) or ${variants.gtin} = ${digits})`;
}
