import { and, count, desc, eq, gt, sql } from 'drizzle-orm';
import { listings, offers, shelfChecks, shops, stockLevels, stockLocations } from '@/db/schema';
import type { Instant, OfferId, Result, ShelfCheckId, ShopId, ShopperScope } from '@/lib/kernel';
import { MINUTE, err, ok, plusMs } from '@/lib/kernel';
import { confidenceWord } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { loadShopBook, openState, takesOrdersAt } from '@/lib/shops';

/** How long a shop has to look, in minutes: a shopper in front of a screen does not wait longer. */
export const CHECK_MINUTES = 20;

/** How long an answer is as good as a new look. */
export const ANSWER_KEPT_MINUTES = 45;

/** Questions one shop may have open, and one basket may ask in an hour: a favour is not a duty. */
const MOST_OPEN = 8;
const MOST_ASKED = 6;

export type AskRefusal =
  | { readonly kind: 'offer-not-found' }
  | { readonly kind: 'shop-shut'; readonly opensAt: Instant | undefined }
  | { readonly kind: 'already-confirmed' }
  | { readonly kind: 'too-many-checks' };

export type Asked = { readonly checkId: ShelfCheckId; readonly expiresAt: Instant; readonly shopName: string };

/**
 * Asks a shop to look whether the thing is really there. One open question per offer: whoever asks meanwhile hears the same answer, and a
 * recent answer is not asked for again. The mail and the notice on the counter go by the outbox.
 */
export async function askShelfCheck(
  shopper: ShopperScope,
  offerId: OfferId,
  ports: Ports = systemPorts,
): Promise<Result<Asked, AskRefusal>> {
  return observed({ useCase: 'ask-shelf-check', actor: shopper.kind, ids: { offerId } }, () =>
    withTransaction(async (tx): Promise<Result<Asked, AskRefusal>> => {
      const now = ports.clock.now();
      const shelf = await doubtfulShelf(tx, offerId);
      if (!shelf) return err({ kind: 'offer-not-found' });
      const recent = await recentCheck(tx, offerId, now);
      if (recent) return ok({ checkId: recent.id, expiresAt: recent.expiresAt, shopName: shelf.shopName });
      if (confidenceWord(shelf.confidenceBps) === 'confirmed') return err({ kind: 'already-confirmed' });
      const shop = (await loadShopBook(now, tx, [shelf.shopId])).get(shelf.shopId);
      const open = shop && openState(shop, now);
      if (!shop || !open?.isOpen || !takesOrdersAt(shop, now)) return err({ kind: 'shop-shut', opensAt: open?.changesAt });
      if (await isTooMany(tx, { shopId: shelf.shopId, basketId: shopper.basketId }, now)) return err({ kind: 'too-many-checks' });
      return record(tx, { ...shelf, offerId, basketId: shopper.basketId }, ports);
    }),
  );
}

type Question = Pick<typeof shelfChecks.$inferInsert, 'offerId' | 'locationId' | 'shopId' | 'basketId'> & { readonly shopName: string };

async function record(tx: Tx, question: Question, { clock, ids }: Ports): Promise<Result<Asked, AskRefusal>> {
  const { offerId, locationId, shopId } = question;
  const now = clock.now();
  const asked = { checkId: ids.make('shelfCheck'), expiresAt: plusMs(now, CHECK_MINUTES * MINUTE), shopName: question.shopName };
  const inserted = await tx
    .insert(shelfChecks)
    .values({
      id: asked.checkId,
      offerId,
      locationId,
      shopId,
      basketId: question.basketId ?? null,
      state: 'asked',
      askedAt: now,
      expiresAt: asked.expiresAt,
    })
    .onConflictDoNothing()
    .returning({ id: shelfChecks.id });
  if (inserted.length === 0) {
    const first = await recentCheck(tx, offerId, now); // somebody asked in the same moment
    return first ? ok({ checkId: first.id, expiresAt: first.expiresAt, shopName: question.shopName }) : err({ kind: 'too-many-checks' });
  }
  const by = { actor: { kind: 'shopper', id: undefined }, now, ids } as const;
  await appendEvents(tx, [{ name: 'ShelfCheckAsked', subject: asked.checkId, facts: { shopId, offerId } }], by);
  return ok(asked);
}

/** The shop's own shelf of an active offer. */
async function doubtfulShelf(tx: Tx, offerId: OfferId) {
  const [shelf] = await tx
    .select({ shopId: offers.shopId, shopName: shops.name, locationId: stockLevels.locationId, confidenceBps: stockLevels.confidenceBps })
    .from(offers)
    .innerJoin(shops, eq(shops.id, offers.shopId))
    .innerJoin(listings, and(eq(listings.id, offers.listingId), eq(listings.isPublished, true)))
    .innerJoin(stockLevels, eq(stockLevels.offerId, offers.id))
    .innerJoin(stockLocations, and(eq(stockLocations.id, stockLevels.locationId), eq(stockLocations.shopId, offers.shopId)))
    .where(and(eq(offers.id, offerId), eq(offers.isActive, true), eq(stockLocations.kind, 'shop')))
    .orderBy(stockLevels.locationId)
    .limit(1);
  return shelf;
}

async function recentCheck(tx: Tx, offerId: OfferId, now: Instant) {
  const [check] = await tx
    .select()
    .from(shelfChecks)
    .where(and(eq(shelfChecks.offerId, offerId), gt(shelfChecks.askedAt, plusMs(now, -ANSWER_KEPT_MINUTES * MINUTE))))
    .orderBy(desc(shelfChecks.askedAt))
    .limit(1);
  return check;
}

async function isTooMany(
  tx: Tx,
  asking: { readonly shopId: ShopId; readonly basketId: ShopperScope['basketId'] },
  now: Instant,
): Promise<boolean> {
  const own = asking.basketId === undefined ? sql`false` : sql`${shelfChecks.basketId} = ${asking.basketId}`;
  const [counted] = await tx
    .select({
      open: count(sql`case when ${shelfChecks.shopId} = ${asking.shopId} and ${shelfChecks.state} = 'asked' then 1 end`),
      own: count(sql`case when ${own} then 1 end`),
    })
    .from(shelfChecks)
    .where(gt(shelfChecks.askedAt, plusMs(now, -60 * MINUTE)));
  return (counted?.open ?? 0) >= MOST_OPEN || (counted?.own ?? 0) >= MOST_ASKED;
}
