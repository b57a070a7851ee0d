import type { SQL } from 'drizzle-orm';
import { and, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import { fixedSelect } from '@/db/fixed-select-adapter';
import { basketLines, citySettings, listings, offers, reservations, stockLevels, stockLocations, vatRates } from '@/db/schema';
import type { BasketId, CategoryId, Instant, ListingId, OfferId, ShopId, StockLocationId } from '@/lib/kernel';
import { dateOf } from '@/lib/kernel';
import { availableToPromise } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';

/** An offer as one place can supply it, live. Units this basket holds itself, and those of holds that ran out, count as available. */
export type Candidate = {
  readonly offerId: OfferId;
  readonly listingId: ListingId;
  readonly shopId: ShopId;
  readonly locationId: StockLocationId;
  readonly leadTimeMinutes: number;
  readonly at: { readonly latitude: number; readonly longitude: number };
  readonly isShelf: boolean;
  readonly available: number;
  readonly confidenceBps: number;
  readonly priceMinor: (typeof offers.$inferSelect)['priceMinor'];
  readonly priceSteps: number;
  readonly condition: 'new' | 'used' | 'refurbished';
  readonly categoryId: CategoryId;
  readonly vatCategory: string;
  readonly vatRateBps: number;
  readonly shelf: string | undefined;
};

/**
 * Every active offer for the listings of a basket, at every place that stocks it; one statement, also when the basket is not read yet.
 * An offer without a VAT rate for today is not sold (ME-17).
 */
export async function readCandidates(from: Reader, basketId: BasketId, now: Instant): Promise<readonly Candidate[]> {
  const rows = await basketRows(from, { basketId, now: dateOf(now).toISOString() });
  return rows.map((row) => candidateOf(row, row.level.safetyStock));
}

const basketRows = fixedSelect((from) => {
  const basketId = sql.placeholder('basketId');
  const now = sql`${sql.placeholder('now')}::timestamptz`;
  const wanted = from.select({ listingId: basketLines.listingId }).from(basketLines).where(eq(basketLines.basketId, basketId));
  return candidateRows(from, {
    own: freedFor(from, eq(reservations.basketId, basketId), now),
    wanted: inArray(offers.listingId, wanted),
    now,
  });
});

/**
 * The same for listings of an order that was taken already, with the units of holds that ran out: only the units withheld from routing stay out, the shelf's safety for selling is there for
 * exactly this (architecture §4). One statement.
 */
export async function readRescueCandidates(from: Reader, listingIds: readonly ListingId[], now: Instant): Promise<readonly Candidate[]> {
  if (listingIds.length === 0) return [];
  const at = sql`${dateOf(now).toISOString()}::timestamptz`;
  const rows = await candidateRows(from, {
    own: freedFor(from, undefined, at),
    wanted: inArray(offers.listingId, [...listingIds]),
    now: at,
  });
  return rows.map((row) => candidateOf(row, row.level.routingSafetyStock));
}

/** Units of levels that count as free to this basket though they are held: its own, and those of holds that ran out. */
function freedFor(from: Reader, own: SQL | undefined, now: SQL) {
  return from
    .select({
      offerId: reservations.offerId,
      locationId: reservations.locationId,
      units: sql<number>`sum(${reservations.quantity})::int`.as('units'),
    })
    .from(reservations)
    .where(
      and(
        sql`${reservations.state} = 'held'`, // in so many words: a plan kept for any state could not use the index of what is held
        isNull(reservations.orderLineId),
        or(own, lte(reservations.expiresAt, now)),
      ),
    )
    .groupBy(reservations.offerId, reservations.locationId)
    .as('own');
}

type Asked = {
  readonly own: ReturnType<typeof freedFor>;
  readonly wanted: SQL;
  readonly now: SQL;
};

function candidateRows(from: Reader, { own, wanted, now }: Asked) {
  const today = sql`(${now} at time zone ${citySettings.timeZone})::date`;
  return from
    .select({
      offer: {
        id: offers.id,
        listingId: offers.listingId,
        shopId: offers.shopId,
        priceMinor: offers.priceMinor,
        priceSteps: offers.priceSteps,
        condition: offers.condition,
        vatCategory: offers.vatCategory,
        shelf: offers.shelf,
      },
      level: {
        locationId: stockLevels.locationId,
        onHand: stockLevels.onHand,
        reserved: stockLevels.reserved,
        allocated: stockLevels.allocated,
        safetyStock: stockLevels.safetyStock,
        routingSafetyStock: stockLevels.routingSafetyStock,
        confidenceBps: stockLevels.confidenceBps,
      },
      location: {
        kind: stockLocations.kind,
        shopId: stockLocations.shopId,
        lead: stockLocations.leadTimeMinutes,
        latitude: stockLocations.latitude,
        longitude: stockLocations.longitude,
      },
      own: own.units,
      vatRateBps: vatRates.rateBps,
      categoryId: listings.categoryId,
    })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(citySettings, sql`true`)
    .innerJoin(stockLevels, eq(stockLevels.offerId, offers.id))
    .innerJoin(stockLocations, eq(stockLocations.id, stockLevels.locationId))
    .innerJoin(
      vatRates,
      and(
        eq(vatRates.category, offers.vatCategory),
        eq(
          vatRates.territory,
          sql`${citySettings.country} || case when ${citySettings.region} = 'Corse' then '-corsica' else '-mainland' end`,
        ),
        lte(vatRates.validFrom, today),
        or(isNull(vatRates.validTo), gte(vatRates.validTo, today)),
      ),
    )
    .leftJoin(own, and(eq(own.offerId, stockLevels.offerId), eq(own.locationId, stockLevels.locationId)))
    .where(and(eq(offers.isActive, true), wanted))
    .orderBy(offers.id, stockLevels.locationId);
}

type CandidateRow = Awaited<ReturnType<typeof candidateRows>>[number];

function candidateOf({ offer, level, location, own: held, vatRateBps, categoryId }: CandidateRow, safetyStock: number): Candidate {
  return {
    offerId: offer.id,
    listingId: offer.listingId,
    shopId: offer.shopId,
    locationId: level.locationId,
    leadTimeMinutes: location.lead,
    at: { latitude: location.latitude, longitude: location.longitude },
    isShelf: location.shopId === offer.shopId,
    available: availableToPromise({ ...level, safetyStock, reserved: level.reserved - (held ?? 0) }),
    confidenceBps: level.confidenceBps,
    priceMinor: offer.priceMinor,
    priceSteps: offer.priceSteps,
    condition: offer.condition,
    categoryId,
    vatCategory: offer.vatCategory,
    vatRateBps,
    shelf: offer.shelf ?? undefined,
  };
}
