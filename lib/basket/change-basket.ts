import { and, eq, sql } from 'drizzle-orm';
import { basketLines, baskets, listings, offers, requestAnswers, variants } from '@/db/schema';
import type { BasketId, BasketLineId, Instant, ListingId, Minor, OfferId, PersonId, Result, ShopperScope } from '@/lib/kernel';
import { err, instant, invariant, minor, ok, quantity } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { token } from '@/lib/platform/ids';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { MOST_LINES, mostQuantity, stepQuantity } from './limits';

export type BasketRefusal =
  | { readonly kind: 'basket-not-found' }
  | { readonly kind: 'line-not-found' }
  | { readonly kind: 'offer-not-found' }
  | { readonly kind: 'invalid-quantity'; readonly maximum: number }
  | { readonly kind: 'basket-full'; readonly maximum: number };

/** A wish: this offer, shown at this price and for this moment. `shopChosen`: the shopper picked the shop, not the card. */
export type LineWish = {
  readonly listingId: ListingId;
  readonly offerId: OfferId;
  readonly quantity: number;
  readonly shopChosen: boolean;
  readonly priceSeenMinor?: number | undefined;
  readonly promiseSeenAt?: number | undefined;
};

export type AddedLine = {
  readonly basketId: BasketId;
  readonly lineId: BasketLineId;
  readonly title: string;
  /** The key to a basket that was made for this line; the browser has none yet, or one that was ordered. */
  readonly token: string | undefined;
};

type NewBasket = { readonly basketId: BasketId; readonly token: string };

/** A new basket of a browser; the token is the only key to it. */
export async function createBasket(locale: string, personId?: PersonId, ports: Ports = systemPorts): Promise<NewBasket> {
  const made = await withTransaction<NewBasket, never>(async (tx) => ok(await insertBasket(tx, { locale, personId }, ports)));
  invariant(made.ok, 'making a basket is never refused');
  return made.value;
}

async function insertBasket(
  tx: Tx,
  { locale, personId }: { readonly locale: string; readonly personId: PersonId | undefined },
  { clock, ids }: Ports,
) {
  const made = { basketId: ids.make('basket'), token: token() };
  const now = clock.now();
  await tx
    .insert(baskets)
    .values({ id: made.basketId, token: made.token, personId: personId ?? null, locale, createdAt: now, updatedAt: now });
  return made;
}

/**
 * Puts an offer into the basket. The same offer again, or the same thing proposed by another card, adds to the line that is there;
 * a chosen shop stays chosen. Where there is no open basket one is made.
 */
export async function addLine(
  shopper: ShopperScope,
  wish: LineWish,
  ports: Ports = systemPorts,
  locale = 'fr',
): Promise<Result<AddedLine, BasketRefusal>> {
  return observed({ useCase: 'add-line', actor: shopper.kind, ids: { basketId: shopper.basketId, offerId: wish.offerId } }, () =>
    withTransaction(async (tx): Promise<Result<AddedLine, BasketRefusal>> => {
      const offer = await findOffer(tx, wish.offerId);
      if (!offer || offer.listingId !== wish.listingId || !offer.isActive) return err({ kind: 'offer-not-found' });
      const open = await lockOpenBasket(tx, shopper);
      const basket = open ? { basketId: open.id, token: undefined } : await insertBasket(tx, { locale, personId: shopper.personId }, ports);
      const lines = open ? await tx.select().from(basketLines).where(eq(basketLines.basketId, open.id)) : [];
      const same =
        lines.find((line) => line.offerId === wish.offerId) ??
        (wish.shopChosen ? undefined : lines.find((line) => line.listingId === wish.listingId && !line.shopChosen));
      const maximum = mostQuantity(offer.salesUnit);
      const wanted = Math.max(wish.quantity, stepQuantity(offer.salesUnit)) + (same?.quantity ?? 0); // nobody weighs out less than a step
      if (!isCount(wish.quantity) || wanted > maximum) return err({ kind: 'invalid-quantity', maximum });
      if (!same && lines.length >= MOST_LINES) return err({ kind: 'basket-full', maximum: MOST_LINES });
      const now = ports.clock.now();
      const seen = { priceSeenMinor: priceSeen(wish, offer), promiseSeenAt: momentSeen(wish.promiseSeenAt) };
      const lineId = same?.id ?? ports.ids.make('basketLine');
      if (same) {
        const chosen = same.shopChosen || (wish.shopChosen && same.offerId === wish.offerId);
        const kept = same.offerId === wish.offerId ? seen : {};
        await tx
          .update(basketLines)
          .set({ quantity: quantity(wanted), shopChosen: chosen, addedAt: now, ...kept })
          .where(eq(basketLines.id, same.id));
      } else {
        await tx.insert(basketLines).values({
          id: lineId,
          basketId: basket.basketId,
          listingId: wish.listingId,
          offerId: wish.offerId,
          shopChosen: wish.shopChosen,
          quantity: quantity(wanted),
          ...seen,
          addedAt: now,
        });
      }
      await touch(tx, basket.basketId, now);
      return ok({ ...basket, lineId, title: offer.title });
    }),
  );
}

/** A quantity the shopper set; zero takes the line out. Its price counts as seen from now on. */
export async function setLineQuantity(
  shopper: ShopperScope,
  change: { readonly lineId: BasketLineId; readonly quantity: number },
  ports: Ports = systemPorts,
): Promise<Result<{ readonly quantity: number }, BasketRefusal>> {
  if (change.quantity === 0) {
    const removed = await removeLine(shopper, change, ports);
    return removed.ok ? ok({ quantity: 0 }) : removed;
  }
  return changeLine(shopper, change.lineId, ports, async (tx, line): Promise<Result<{ readonly quantity: number }, BasketRefusal>> => {
    const maximum = mostQuantity(line.salesUnit);
    if (!isCount(change.quantity) || change.quantity > maximum) return err({ kind: 'invalid-quantity', maximum });
    const wanted = Math.max(change.quantity, stepQuantity(line.salesUnit));
    await tx
      .update(basketLines)
      .set({ quantity: quantity(wanted), priceSeenMinor: line.priceMinor })
      .where(eq(basketLines.id, change.lineId));
    return ok({ quantity: wanted });
  });
}

/** A line as it was, so that taking it out can be taken back. */
export type RemovedLine = Omit<LineWish, 'priceSeenMinor' | 'promiseSeenAt'> & { readonly priceSeenMinor: number; readonly title: string };

export async function removeLine(
  shopper: ShopperScope,
  { lineId }: { readonly lineId: BasketLineId },
  ports: Ports = systemPorts,
): Promise<Result<RemovedLine, BasketRefusal>> {
  return changeLine(shopper, lineId, ports, async (tx, line): Promise<Result<RemovedLine, BasketRefusal>> => {
    await tx.delete(basketLines).where(eq(basketLines.id, lineId));
    const { listingId, offerId, shopChosen, priceSeenMinor, title } = line;
    return ok({ listingId, offerId, shopChosen, priceSeenMinor, quantity: line.quantity, title });
  });
}

/** Takes another offer in place of a line that is gone; the shopper chose its shop by that. */
export async function replaceLine(
  shopper: ShopperScope,
  { lineId, offerId }: { readonly lineId: BasketLineId; readonly offerId: OfferId },
  ports: Ports = systemPorts,
): Promise<Result<{ readonly title: string }, BasketRefusal>> {
  return changeLine(shopper, lineId, ports, async (tx, line): Promise<Result<{ readonly title: string }, BasketRefusal>> => {
    const offer = await findOffer(tx, offerId);
    if (!offer?.isActive) return err({ kind: 'offer-not-found' });
    const [there] = await tx
      .select()
      .from(basketLines)
      .where(and(eq(basketLines.basketId, line.basketId), eq(basketLines.offerId, offerId)));
    const wanted = quantity(Math.min(mostQuantity(offer.salesUnit), line.quantity + (there && there.id !== lineId ? there.quantity : 0)));
    if (there && there.id !== lineId) await tx.delete(basketLines).where(eq(basketLines.id, there.id));
    await tx
      .update(basketLines)
      .set({
        listingId: offer.listingId,
        offerId,
        shopChosen: true,
        quantity: wanted,
        priceSeenMinor: offer.priceMinor,
        promiseSeenAt: null,
      })
      .where(eq(basketLines.id, lineId));
    return ok({ title: offer.title });
  });
}

type LineToChange = typeof basketLines.$inferSelect & Awaited<ReturnType<typeof findOffer>>;

/** Locks the shopper's open basket and one of its lines; another's line is not there. */
async function changeLine<T>(
  shopper: ShopperScope,
  lineId: BasketLineId,
  { clock }: Ports,
  work: (tx: Tx, line: NonNullable<LineToChange>) => Promise<Result<T, BasketRefusal>>,
): Promise<Result<T, BasketRefusal>> {
  return observed({ useCase: 'change-line', actor: shopper.kind, ids: { basketId: shopper.basketId, lineId } }, () =>
    withTransaction(async (tx): Promise<Result<T, BasketRefusal>> => {
      const basket = await lockOpenBasket(tx, shopper);
      if (!basket) return err({ kind: 'basket-not-found' });
      const [line] = await tx
        .select()
        .from(basketLines)
        .where(and(eq(basketLines.id, lineId), eq(basketLines.basketId, basket.id)));
      const offer = line && (await findOffer(tx, line.offerId));
      if (!line || !offer) return err({ kind: 'line-not-found' });
      const outcome = await work(tx, { ...offer, ...line });
      if (outcome.ok) await touch(tx, basket.id, clock.now());
      return outcome;
    }),
  );
}

/** The shopper's basket, locked; undefined when there is none or it was ordered. */
export async function lockOpenBasket(tx: Tx, shopper: ShopperScope) {
  if (shopper.basketId === undefined) return undefined;
  const [basket] = await tx.select().from(baskets).where(eq(baskets.id, shopper.basketId)).for('update');
  return basket && basket.orderedAt === null ? basket : undefined;
}

/** A changed basket has to be agreed to again: the plan settled on entering checkout is forgotten, the units it held are kept a while. */
export async function touch(tx: Tx, basketId: BasketId, now: Instant): Promise<void> {
  await tx
    .update(baskets)
    .set({ updatedAt: now, checkout: sql`${baskets.checkout} - 'agreed'` })
    .where(eq(baskets.id, basketId));
}

/** What a shop answered to somebody's request can be had although its page still waits for words and is shown to nobody. */
const isAnswer = sql`exists (select from ${requestAnswers} where ${requestAnswers.offerId} = ${offers.id} and ${requestAnswers.state} = 'accepted')`;

async function findOffer(tx: Tx, offerId: OfferId) {
  const [offer] = await tx
    .select({
      listingId: offers.listingId,
      isActive: sql<boolean>`${offers.isActive} and (${listings.isPublished} or ${isAnswer})`,
      priceMinor: offers.priceMinor,
      salesUnit: variants.salesUnit,
      title: listings.title,
    })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .where(eq(offers.id, offerId));
  return offer;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** What the browser says it was shown only serves to say a change; nothing is ever priced by it. */
function priceSeen(wish: LineWish, offer: { readonly priceMinor: Minor }): Minor {
  const seen = wish.priceSeenMinor;
  return seen !== undefined && Number.isSafeInteger(seen) && seen > 0 ? minor(seen) : offer.priceMinor;
}

function momentSeen(seen: number | undefined): Instant | null {
  return seen !== undefined && Number.isSafeInteger(seen) && seen > 0 && seen < 8.64e15 ? instant(seen) : null;
}
