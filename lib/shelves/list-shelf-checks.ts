import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm';
import { listings, offers, shelfChecks, stockLevels } from '@/db/schema';
import type { Instant, OfferId, ShopScope } from '@/lib/kernel';
import { MINUTE, plusMs } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { ANSWER_KEPT_MINUTES } from './ask-shelf-check';
import type { OpenCheckView, ShelfCheckView } from './views';

/** The latest check of each offer, as far as it still says something: open ones, and answers that are not older than a look keeps. */
export async function listShelfChecks(offerIds: readonly OfferId[], now: Instant): Promise<ReadonlyMap<OfferId, ShelfCheckView>> {
  if (offerIds.length === 0) return new Map();
  const rows = await reader()
    .select()
    .from(shelfChecks)
    .where(and(inArray(shelfChecks.offerId, [...offerIds]), gt(shelfChecks.askedAt, plusMs(now, -ANSWER_KEPT_MINUTES * MINUTE))))
    .orderBy(desc(shelfChecks.askedAt));
  const latest = new Map<OfferId, ShelfCheckView>();
  for (const { offerId, state, quantity, askedAt, expiresAt, answeredAt } of rows) {
    if (latest.has(offerId)) continue;
    const isOver = state === 'asked' && expiresAt <= now; // the sweep may be a minute late
    latest.set(offerId, {
      offerId,
      state: isOver ? 'expired' : state,
      quantity: quantity ?? undefined,
      askedAt,
      expiresAt,
      answeredAt: answeredAt ?? undefined,
    });
  }
  return latest;
}

/** Questions on the shop's desk, the most urgent first. */
export async function listOpenChecks(scope: ShopScope, now: Instant): Promise<readonly OpenCheckView[]> {
  const rows = await reader()
    .select({
      check: shelfChecks,
      title: listings.title,
      keyAttribute: listings.keyAttribute,
      shelf: offers.shelf,
      onHand: stockLevels.onHand,
    })
    .from(shelfChecks)
    .innerJoin(offers, eq(offers.id, shelfChecks.offerId))
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(stockLevels, and(eq(stockLevels.offerId, shelfChecks.offerId), eq(stockLevels.locationId, shelfChecks.locationId)))
    .where(and(eq(shelfChecks.shopId, scope.shopId), eq(shelfChecks.state, 'asked'), gt(shelfChecks.expiresAt, now)))
    .orderBy(asc(shelfChecks.expiresAt))
    .limit(20);
  return rows.map(({ check, title, keyAttribute, shelf, onHand }) => ({
    checkId: check.id,
    offerId: check.offerId,
    title,
    keyAttribute: keyAttribute ?? undefined,
    shelf: shelf ?? undefined,
    onRecord: Math.max(0, onHand),
    askedAt: check.askedAt,
    expiresAt: check.expiresAt,
  }));
}
