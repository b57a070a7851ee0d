import { asc, eq, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { fixedSelect } from '@/db/fixed-select-adapter';
import { basketLines, baskets, categories, listings, offers, products, variants } from '@/db/schema';
import type { ShopperScope } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';

/**
 * The shopper's basket with its lines and the words about them, in one statement; undefined when it is another's or there is none.
 * A line whose listing is gone is not there any more.
 */
export async function findBasket(from: Reader, shopper: ShopperScope) {
  if (shopper.basketId === undefined) return undefined;
  const rows = await readRows(from, { basketId: shopper.basketId });
  return gathered(rows);
}

/**
 * The same, with the basket's row locked: two taps on one basket follow each other. Who had to wait for the lock sees the row as it is now
 * but everything joined to it as it was before the wait (READ COMMITTED); then it is read once more.
 */
export async function findBasketToChange(tx: Tx, shopper: ShopperScope) {
  if (shopper.basketId === undefined) return undefined;
  const given = { basketId: shopper.basketId };
  const rows = await lockRows(tx, given);
  return gathered(rows[0]?.isStale === true ? await readRows(tx, given) : rows);
}

function basketQuery(from: Database) {
  return from
    .select({
      basket: baskets,
      /** The locked row is not the one the statement began with. */
      isStale: sql<boolean>`${baskets}.xmin <> (select seen.xmin from ${baskets} seen where seen.id = ${baskets.id})`,
      line: basketLines,
      offer: { shopId: offers.shopId, priceMinor: offers.priceMinor, priceSteps: offers.priceSteps, condition: offers.condition },
      listing: { slug: listings.slug, title: listings.title, keyAttribute: listings.keyAttribute, categoryId: listings.categoryId },
      variant: { salesUnit: variants.salesUnit, weightGrams: variants.weightGrams, volumeCm3: variants.volumeCm3 },
      category: { family: categories.family, minimumAge: categories.minimumAge, withdrawalException: categories.withdrawalException },
      glyph: sql<string | null>`coalesce(nullif(${products.glyph}, ''), ${categories.glyph})`,
    })
    .from(baskets)
    .leftJoin(basketLines, eq(basketLines.basketId, baskets.id))
    .leftJoin(offers, eq(offers.id, basketLines.offerId))
    .leftJoin(listings, eq(listings.id, basketLines.listingId))
    .leftJoin(variants, eq(variants.id, listings.variantId))
    .leftJoin(products, eq(products.id, variants.productId))
    .leftJoin(categories, eq(categories.id, listings.categoryId))
    .where(eq(baskets.id, sql.placeholder('basketId')))
    .orderBy(asc(basketLines.addedAt), asc(basketLines.id))
    .$dynamic();
}

const readRows = fixedSelect(basketQuery);
const lockRows = fixedSelect((from) => basketQuery(from).for('update', { of: baskets }));

type Row = Awaited<ReturnType<typeof readRows>>[number];

function gathered(rows: readonly Row[]) {
  const basket = rows[0]?.basket;
  if (!basket) return undefined;
  return { basket, lines: rows.flatMap(lineOf) };
}

function lineOf({ line, offer, listing, variant, category, glyph }: Row) {
  if (!line || !offer || !listing || !variant || !category) return [];
  return [
    {
      ...line,
      /** Bound to its shop by a choice made just now. */
      isBound: false,
      shownShopId: offer.shopId,
      condition: offer.condition,
      offerPriceMinor: offer.priceMinor,
      offerPriceSteps: offer.priceSteps,
      slug: listing.slug,
      title: listing.title,
      keyAttribute: listing.keyAttribute ?? undefined,
      categoryId: listing.categoryId,
      salesUnit: variant.salesUnit,
      weightGrams: variant.weightGrams,
      volumeCm3: variant.volumeCm3,
      family: category.family,
      glyph: glyph ?? '',
      minimumAge: category.minimumAge ?? undefined,
      withdrawalException: category.withdrawalException ?? undefined,
    },
  ];
}

export type FoundBasket = NonNullable<Awaited<ReturnType<typeof findBasket>>>;
export type FoundLine = FoundBasket['lines'][number];
