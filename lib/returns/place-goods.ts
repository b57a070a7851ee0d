import { and, eq } from 'drizzle-orm';
import { offers } from '@/db/schema';
import { recordFact } from '@/lib/inventory';
import type { OfferId, ShopId } from '@/lib/kernel';
import { invariant, linePrice, minor, quantity } from '@/lib/kernel';
import { returnCredit, returnDestination } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import type { Part, PartLine } from './read-parts';
import type { By, CaseLine, LockedCase } from './return-repository';
import { updateLine } from './return-repository';

export type Placing = {
  readonly open: LockedCase;
  readonly part: Part;
  readonly book: ShopBook;
  readonly line: CaseLine;
  readonly of: PartLine;
  readonly units: number;
};

/**
 * Puts goods that came back where the rule says: good ones on the selling shop's shelf or, bought, on the receiving shop's, each with a movement;
 * the others aside, or on their way home. Who bears what follows from this, not from anybody at the counter.
 */
export async function placeGoods(tx: Tx, placing: Placing, by: By, ports: Ports): Promise<void> {
  const { open, part, book, line, of, units } = placing;
  const { receivedShopId } = open;
  invariant(receivedShopId !== null, 'goods are placed where they are');
  const good = open.cause === 'defect' ? 0 : (line.goodQuantity ?? units);
  const isOwnShop = receivedShopId === open.shopId;
  const bought = isOwnShop ? undefined : await findBuyersOffer(tx, receivedShopId, of);
  const paid = returnCredit(of, of.creditedQuantity, units);
  const { destination, clearingMinor } = returnDestination({
    isOwnShop,
    isSameMerchant: book.get(receivedShopId)?.merchantId === part.subOrder.merchantId,
    buysIt: bought !== undefined && (book.get(receivedShopId)?.services.buysReturns ?? false),
    isGood: isOwnShop ? good > 0 : good === units,
    paidMinor: minor(paid.shopperMinor + paid.rescueMinor),
    ownPriceMinor: bought ? linePrice(bought, units) : minor(0),
  });
  const shelfOfferId = destination === 'bought' ? (bought?.id ?? null) : of.offerId;
  await updateLine(tx, line, { destination, clearingMinor, shelfOfferId, goodQuantity: quantity(good) });
  if (destination !== 'shelf' && destination !== 'bought') return;
  const shelf = { shopId: receivedShopId, offerId: shelfOfferId ?? of.offerId, units: good };
  await countBack(tx, { ...shelf, key: `return:${open.id}:${line.lineId}` }, by, ports);
}

export type Counted = { readonly shopId: ShopId; readonly offerId: OfferId; readonly units: number; readonly key: string };

/** So many units are on a shop's shelf again. The key makes a second telling nothing. */
export async function countBack(tx: Tx, { shopId, offerId, units, key }: Counted, by: By, ports: Ports): Promise<void> {
  const fact = { offerId, kind: 'change', quantity: units, reason: 'returned', sourceKey: key, occurredAt: by.now } as const;
  const counted = await recordFact(tx, { shopId, personId: by.actor.id }, fact, ports);
  invariant(counted.ok, 'a shop that sells a thing has a shelf for it');
}

/** The receiving shop's own offer of the very same thing, new. */
async function findBuyersOffer(tx: Tx, shopId: ShopId, of: PartLine) {
  const [sold] = await tx
    .select({ listingId: offers.listingId, condition: offers.condition })
    .from(offers)
    .where(eq(offers.id, of.offerId));
  if (sold?.condition !== 'new' || of.row.withdrawalException !== null) return undefined;
  const [own] = await tx
    .select()
    .from(offers)
    .where(and(eq(offers.shopId, shopId), eq(offers.listingId, sold.listingId), eq(offers.isActive, true), eq(offers.condition, 'new')))
    .orderBy(offers.id)
    .limit(1);
  return own;
}
