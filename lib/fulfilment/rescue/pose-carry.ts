import { linePrice, minor } from '@/lib/kernel';
import { isModuleOn } from '@/lib/modules';
import type { Tx } from '@/lib/platform/transaction';
import { keptUntil } from '@/lib/promise';
import { listCarriedFor } from '@/lib/shelves';
import type { ShopBook } from '@/lib/shops';
import type { Candidate } from '@/lib/sourcing';
import { readRescueCandidates } from '@/lib/sourcing';
import { correctsShelf, refusalReasons } from '../record-found';
import type { LockedSubOrder } from '../sub-order-repository';
import type { Carry, CarryQuestion } from './find-carried';
import type { RescueItem, RescuePart } from './find-elsewhere';
import type { Searched, SearchedPart } from './pose-rescue';
import type { RescuePolicy } from './rescue-policy';

/** A part the shop of the promise hands over, of units another shop of its network carries there. */
export type CarriedPart = Pick<Carry, 'networkId' | 'fromShopId' | 'sendBy'> & { readonly part: RescuePart };

export type CarryFacts = {
  /** Every part of the order, locked. */
  readonly parts: readonly LockedSubOrder[];
  readonly book: ShopBook;
  readonly policy: RescuePolicy;
  /** What there is of the missing things, where it was read already. */
  readonly candidates?: readonly Candidate[];
};

/**
 * Asks a pickup shop's network about what that shop has not. Nothing is asked, nor read, for a shop that stands alone, for what may not be routed again,
 * nor where the shop did not say that the thing is missing: one that is overloaded or closing is helped by no parcel.
 */
export async function poseCarry(
  tx: Tx,
  part: SearchedPart,
  { parts, book, policy, candidates }: CarryFacts,
): Promise<CarryQuestion | undefined> {
  const { subOrder } = part;
  const missing = part.searched.filter(({ rescue }) => isMissing(rescue, subOrder) && rescue.attempts < policy.mostAttempts);
  const isInNetwork = book.get(subOrder.shopId)?.networkId !== undefined;
  if (!isInNetwork || subOrder.method !== 'pickup' || missing.length === 0) return undefined;
  if (!(await isModuleOn(tx, 'network-carries'))) return undefined;
  const asked = await listCarriedFor(
    tx,
    parts.map(({ id }) => id),
  );
  const listings = [...new Set(missing.map(({ line }) => line.listingId))];
  return {
    shopId: subOrder.shopId,
    missing: missing.map(({ rescue: { id, quantity }, line: { listingId }, condition, tried }) => ({
      id,
      listingId,
      condition,
      quantity,
      tried,
    })),
    candidates: candidates ?? (await readRescueCandidates(tx, listings, book.now)),
    book,
    policy,
    declined: new Set(asked.flatMap(({ state, fromShopId }) => (state === 'sent' || state === 'received' ? [] : [fromShopId]))),
  };
}

function isMissing({ cause, state }: Searched['rescue'], { refusalReason }: SearchedPart['subOrder']): boolean {
  if (state === 'waiting') return false; // whoever has it first serves that
  if (cause === 'missing' || cause === 'shortage') return true;
  const reason = refusalReasons.find((one) => one === refusalReason);
  return cause === 'refused' && reason !== undefined && correctsShelf(reason);
}

/** What is carried as a part to be offered, at the price the shopper was told where they collect. */
export function carriedPartOf(
  { networkId, fromShopId, sendBy, promisedFrom, shelves }: Carry,
  { subOrder, searched }: SearchedPart,
  book: ShopBook,
): CarriedPart {
  const shop = book.get(subOrder.shopId);
  const items = searched.flatMap((one) => carriedItem(one, shelves.get(one.rescue.id)));
  return {
    networkId,
    fromShopId,
    sendBy,
    part: {
      shopId: subOrder.shopId,
      merchantId: subOrder.merchantId,
      locationId: subOrder.locationId,
      method: 'pickup',
      items,
      promisedFrom,
      promisedTo: promisedFrom,
      keptUntil: shop && keptUntil(shop, promisedFrom),
      deliveryMinor: minor(0),
    },
  };
}

function carriedItem(searched: Searched, shelf: Candidate | undefined): readonly RescueItem[] {
  if (!shelf) return [];
  const { rescue, line } = searched;
  const { unitPriceMinor: priceMinor, priceSteps, vatCategory, vatRateBps } = line;
  const sold: Candidate = { ...shelf, priceMinor, priceSteps, vatCategory, vatRateBps, shelf: undefined };
  return [{ searched, candidate: sold, quantity: rescue.quantity, priceMinor: minor(linePrice(sold, rescue.quantity)) }];
}
