import { sql } from 'drizzle-orm';
import { citySettings, listings, offers, shops, stockLevels } from '@/db/schema';
import { invariant } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import type { CityStage } from './city-views';

/** So many live shops and products that can be ordered; `Thresholds` says from how many on a stage begins. */
type Reached = { readonly shops: number; readonly products: number };
type Thresholds = Readonly<Record<'openingShops' | 'openingProducts' | 'cityShops' | 'cityProducts', number>>;

/** Live is a shop one can order from; a window is only looked at. */
export const isLive = sql`${shops.level} in ('reserve', 'sell')`;

const liveShops = sql`(select count(*)::int from (select from ${shops} where ${isLive} limit ${citySettings.cityShops}) as live)`;
const orderable = sql`(select count(*)::int from (select from ${listings} where exists (select from ${offers}
  join ${shops} on ${shops.id} = ${offers.shopId} and ${isLive}
  join ${stockLevels} on ${stockLevels.offerId} = ${offers.id}
    and ${stockLevels.onHand} > ${stockLevels.reserved} + ${stockLevels.allocated} + ${stockLevels.safetyStock}
  where ${offers.listingId} = ${listings.id} and ${offers.isActive}) limit ${citySettings.cityProducts}) as orderable)`;

/**
 * What the city has reached, for a select from its settings, counted no further than its last threshold asks: in a full city a few thousand
 * rows. Each wraps another piece because drizzle takes the table off the columns of the outermost one.
 */
export const reached = { shops: sql<number>`${liveShops}`, products: sql<number>`${orderable}` } as const;

/** As `reached` by a city that is known to be full: nothing is counted. */
export const thresholdsMet = {
  shops: sql<number>`${citySettings.cityShops}`,
  products: sql<number>`${citySettings.cityProducts}`,
} as const;

/**
 * How far a city has come. Guarantees: both counts must reach a threshold; one more shop or product never leads back.
 * Source: ux §11.
 */
export function stageOf({ shops: live, products }: Reached, from: Thresholds): CityStage {
  if (live < from.openingShops || products < from.openingProducts) return 'soon';
  return live < from.cityShops || products < from.cityProducts ? 'opening' : 'full';
}

/** The stage as it is in this transaction; pages take it with the city, a few seconds old. Errors: throws when the city was never set up. */
export async function readStage(from: Reader): Promise<CityStage> {
  const [row] = await from
    .select({
      shops: reached.shops,
      products: reached.products,
      openingShops: citySettings.openingShops,
      openingProducts: citySettings.openingProducts,
      cityShops: citySettings.cityShops,
      cityProducts: citySettings.cityProducts,
    })
    .from(citySettings);
  invariant(row, 'the city is set up: run the migrations and the seed');
  return stageOf(row, row);
}
