import type { SQL } from 'drizzle-orm';
import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';
import { categories, listings, offers, orderLines, products, stockLevels, stockLocations, subOrders, variants } from '@/db/schema';
import type { Instant, ShopScope } from '@/lib/kernel';
import { DAY, plusMs } from '@/lib/kernel';
import { CONFIRMED_BPS, availableToPromise, confidenceWord } from '@/lib/oms';
import { reader } from '@/lib/platform/transaction';
import type { ShopStockView } from './views';

const MOST_ROWS = 50;
const LATELY_DAYS = 30;

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
  const rows = await shelfRows(scope, and(...wanted.map(matches)))
    .orderBy(asc(stockLevels.confidenceBps), asc(stockLevels.onHand), asc(listings.title), asc(offers.id))
    .limit(MOST_ROWS);
  return rows.map(viewOf);
}

/** How often something was ordered here lately; what is ordered and doubted is worth a look. */
function orderedLately(scope: ShopScope, since: Instant) {
  return reader()
    .select({ offerId: orderLines.offerId, times: sql<number>`count(*)`.as('times') })
    .from(orderLines)
    .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
    .where(and(eq(subOrders.shopId, scope.shopId), gt(subOrders.createdAt, since)))
    .groupBy(orderLines.offerId)
    .as('lately');
}

/** What is doubted most and wanted most of what can be sold, so many rows. */
export async function doubtedShelves(scope: ShopScope, { now, most }: { readonly now: Instant; readonly most: number }) {
  const lately = orderedLately(scope, plusMs(now, -LATELY_DAYS * DAY));
  const doubt = sql`(10000 - ${stockLevels.confidenceBps}) * (1 + coalesce(${lately.times}, 0))`;
  const rows = await shelfRows(scope, and(eq(offers.isActive, true), lt(stockLevels.confidenceBps, CONFIRMED_BPS)))
    .leftJoin(lately, eq(lately.offerId, offers.id))
    .orderBy(desc(doubt), asc(stockLevels.onHand), asc(offers.id))
    .limit(most);
  return rows.map(viewOf);
}

function shelfRows(scope: ShopScope, condition: SQL | undefined) {
  return reader()
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
    .where(and(eq(offers.shopId, scope.shopId), condition))
    .$dynamic();
}

type ShelfRow = Awaited<ReturnType<typeof shelfRows>>[number];

function viewOf({ offer, level, ...words }: ShelfRow): ShopStockView {
  return {
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
  };
}

function matches(word: string) {
  const digits = /^\d{8,14}$/.test(word) ? word.padStart(14, '0') : '';
  const like = `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return sql`(unaccent(lower(${listings.title})) like unaccent(lower(${like})) or lower(${offers.merchantSku}) = lower(${word}) or ${variants.gtin} = ${digits})`;
}
