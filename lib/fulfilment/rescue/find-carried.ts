import type { Instant, NetworkId, ShopId } from '@/lib/kernel';
import { MINUTE, instant, linePrice, metresBetween, minor, plusMs, walkingMinutes } from '@/lib/kernel';
import { isOpenAt } from '@/lib/oms';
import { keptUntil } from '@/lib/promise';
import type { ShopFacts } from '@/lib/shops';
import { sellsAt } from '@/lib/shops';
import type { Candidate } from '@/lib/sourcing';
import { answerBy } from '../offer-order';
import { correctsShelf, refusalReasons } from '../record-found';
import type { RescueItem, RescuePart } from './find-elsewhere';
import type { RescueFacts, Searched, SearchedPart } from './pose-rescue';
import { sameHour } from './pose-rescue';

/** A part the shop of the promise hands over, of units another shop of its network carries there. */
export type CarriedPart = {
  readonly networkId: NetworkId;
  readonly fromShopId: ShopId;
  /** When they have to leave, so that the promise is kept. */
  readonly sendBy: Instant;
  readonly part: RescuePart;
};

export type CarryQuestion = Omit<RescueFacts, 'settings'> & {
  readonly part: SearchedPart;
  /** Shops that were asked to carry for this order and did not. */
  readonly declined: ReadonlySet<ShopId>;
};

/**
 * Who of the network brings what a pickup shop has not to that very shop, before the promise: the shop that brings most of it, then the nearest.
 *
 * Guarantees: pure; who sells, the place and the price stay; the hour is the one that was told or half an hour later at most, as for every rescue
 *   (ADR 0032); each rescue comes whole from one shop; nobody outside the network is asked. Undefined when the shop stands alone, is shut then, takes no orders, or
 *   did not say that the thing is missing: a shop that is overloaded or closing is helped by no parcel.
 */
export function findCarried(question: CarryQuestion): CarriedPart | undefined {
  const { part, book, policy } = question;
  const { subOrder } = part;
  const shop = book.get(subOrder.shopId);
  if (shop?.networkId === undefined || subOrder.method !== 'pickup' || !sellsAt(shop, book.now)) return undefined;
  const wanted = part.searched.filter(({ rescue }) => isMissing(rescue, subOrder) && rescue.attempts < policy.mostAttempts);
  const others = book.all().filter(({ id, networkId }) => networkId === shop.networkId && id !== shop.id && !question.declined.has(id));
  const found = others.flatMap((from): readonly Carrying[] => {
    const route = routeOf(from, shop, question);
    const items = route ? wanted.flatMap((searched) => itemFrom(from.id, searched, question)) : [];
    return route && items.length > 0 ? [{ shopId: from.id, items, ...route }] : [];
  });
  const [best] = found.toSorted((a, b) => b.items.length - a.items.length || a.metres - b.metres || (a.shopId < b.shopId ? -1 : 1));
  if (!best) return undefined;
  const { shopId: fromShopId, items, sendBy, promisedFrom } = best;
  const made = { shopId: shop.id, merchantId: shop.merchantId, locationId: subOrder.locationId, method: 'pickup', items } as const;
  const promise = { promisedFrom, promisedTo: promisedFrom, keptUntil: keptUntil(shop, promisedFrom), deliveryMinor: minor(0) };
  return { networkId: shop.networkId, fromShopId, sendBy, part: { ...made, ...promise } };
}

type Carrying = Route & { readonly shopId: ShopId; readonly items: readonly RescueItem[] };

type Route = { readonly metres: number; readonly sendBy: Instant; readonly promisedFrom: Instant };

function isMissing({ cause }: Searched['rescue'], { refusalReason }: SearchedPart['subOrder']): boolean {
  if (cause === 'missing' || cause === 'shortage') return true;
  const reason = refusalReasons.find((one) => one === refusalReason);
  return cause === 'refused' && reason !== undefined && correctsShelf(reason);
}

/** Whether there is time to pick it, walk it over and put it on the counter. */
function routeOf(from: ShopFacts, to: ShopFacts, { part, book: { now }, policy }: CarryQuestion): Route | undefined {
  const metres = metresBetween(from.at, to.at);
  if (metres > policy.carryMetres || !sellsAt(from, now) || !isOpenAt(from.openings, now)) return undefined;
  const carryMs = walkingMinutes(metres) * MINUTE + policy.carryHandMs;
  const last = plusMs(sameHour(part.subOrder, policy), -carryMs);
  const soonest = plusMs(now, from.preparationMinutes * MINUTE);
  if (soonest > last) return undefined;
  const usual = answerBy(from.openings, now, from.acceptanceMinutes + from.preparationMinutes);
  const sendBy = instant(Math.min(last, usual));
  const promisedFrom = instant(Math.max(part.subOrder.promisedFrom, plusMs(sendBy, carryMs)));
  return isOpenAt(to.openings, promisedFrom) ? { metres, sendBy, promisedFrom } : undefined;
}

/** All the units of one rescue from this shop's shelf, at the price the shopper was told where they collect. */
function itemFrom(shopId: ShopId, searched: Searched, { candidates }: CarryQuestion): readonly RescueItem[] {
  const { rescue, line, condition, tried } = searched;
  const candidate = candidates.find(
    (one) =>
      one.shopId === shopId &&
      one.isShelf &&
      one.listingId === line.listingId &&
      one.condition === condition &&
      one.available >= rescue.quantity,
  );
  if (!candidate || tried.has(shopId)) return [];
  const { unitPriceMinor: priceMinor, priceSteps, vatCategory, vatRateBps } = line;
  const sold: Candidate = { ...candidate, priceMinor, priceSteps, vatCategory, vatRateBps, shelf: undefined };
  return [{ searched, candidate: sold, quantity: rescue.quantity, priceMinor: minor(linePrice(sold, rescue.quantity)) }];
}
