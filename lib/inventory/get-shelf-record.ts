import { and, desc, eq, inArray } from 'drizzle-orm';
import { listings, offers, reservations, shops, stockLevels, stockLocations, stockMovements } from '@/db/schema';
import type { OfferId, OperatorScope } from '@/lib/kernel';
import { availableToPromise, confidenceWord } from '@/lib/oms';
import { reader } from '@/lib/platform/transaction';
import type { ShelfRecordView } from './views';

const MOST_MOVEMENTS = 100;

/** What the city sees of one offer's stock: every place that holds it, what is spoken for there, and the facts the figure is made of. */
export async function getShelfRecord(_: OperatorScope, offerId: OfferId): Promise<ShelfRecordView | undefined> {
  const levels = await reader()
    .select({ level: stockLevels, place: stockLocations.name, title: listings.title, shopName: shops.name, shopSlug: shops.slug })
    .from(stockLevels)
    .innerJoin(offers, eq(offers.id, stockLevels.offerId))
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(shops, eq(shops.id, offers.shopId))
    .innerJoin(stockLocations, eq(stockLocations.id, stockLevels.locationId))
    .where(eq(stockLevels.offerId, offerId))
    .orderBy(stockLevels.locationId);
  const [first] = levels;
  if (!first) return undefined;
  const [movements, claims] = await Promise.all([
    reader()
      .select()
      .from(stockMovements)
      .where(eq(stockMovements.offerId, offerId))
      .orderBy(desc(stockMovements.occurredAt), desc(stockMovements.id))
      .limit(MOST_MOVEMENTS),
    reader()
      .select()
      .from(reservations)
      .where(and(eq(reservations.offerId, offerId), inArray(reservations.state, ['held', 'allocated'])))
      .orderBy(desc(reservations.createdAt)),
  ]);
  const { title, shopName, shopSlug } = first;
  return {
    title,
    shopName,
    shopSlug,
    places: levels.map(({ level, place }) => ({
      ...level,
      place,
      available: availableToPromise(level),
      confidence: confidenceWord(level.confidenceBps),
      staleSince: level.staleSince ?? undefined,
      lookedAt: level.lookedAt ?? undefined,
    })),
    movements: movements.map(({ id, kind, quantity, reason, source, occurredAt, receivedAt, locationId }) => ({
      id,
      kind,
      quantity,
      reason,
      source,
      occurredAt,
      receivedAt,
      locationId,
    })),
    claims: claims.map(({ id, quantity, state, expiresAt, createdAt }) => ({
      id,
      quantity,
      isPaid: state === 'allocated',
      expiresAt: expiresAt ?? undefined,
      createdAt,
    })),
  };
}
