import type { Candidate } from '@/lib/basket';
import { NEW_BOOK, leastBookDelivery } from '@/lib/basket';
import type { Instant, MerchantId, Minor, Quantity, ShopId } from '@/lib/kernel';
import { invariant, minor, quantity, sumMinor } from '@/lib/kernel';
import type { PlannedFulfilment } from '@/lib/oms';
import { sourcePlan } from '@/lib/oms';
import type { Method } from '@/lib/promise';
import { keptUntil } from '@/lib/promise';
import type { RescueQuestion, Searched } from './pose-rescue';
import { poseRescue } from './pose-rescue';

/** What one shop would serve of a rescue, at its own price. Steps, minor units. */
export type RescueItem = {
  readonly searched: Searched;
  readonly candidate: Candidate;
  readonly quantity: Quantity;
  readonly priceMinor: Minor;
};

/** A shop that would take the place of another, with its own promise. */
export type RescuePart = {
  readonly shopId: ShopId;
  readonly merchantId: MerchantId;
  readonly method: Method;
  readonly promisedFrom: Instant;
  readonly promisedTo: Instant;
  readonly keptUntil: Instant | undefined;
  readonly deliveryMinor: Minor;
  readonly items: readonly RescueItem[];
};

/** The best way to serve searched units elsewhere; empty when nobody can. Pure: the engine decides. */
export function findElsewhere(question: RescueQuestion): readonly RescuePart[] {
  const problem = poseRescue(question);
  if (problem.lines.length === 0 || problem.locations.length === 0) return [];
  const plan = sourcePlan(problem, 'suggested');
  return plan.ok ? plan.value.fulfilments.map((fulfilment) => partOf(fulfilment, question)) : [];
}

function partOf(fulfilment: PlannedFulfilment, { part, candidates, book }: RescueQuestion): RescuePart {
  const { shopId, merchantId, method, promise, locationId } = fulfilment;
  const shop = book.get(shopId);
  invariant(shop, 'a rescue is served by a shop of the city');
  const items = fulfilment.items.map((item): RescueItem => {
    const searched = part.searched.find(({ rescue }) => rescue.id === item.lineId);
    const candidate = candidates.find((known) => known.offerId === item.offerId && known.locationId === locationId);
    invariant(searched && candidate, 'the plan is an answer to this question');
    return { searched, candidate, quantity: quantity(item.quantity), priceMinor: item.priceMinor };
  });
  const books = items.filter(
    ({ candidate }) => candidate.vatCategory === NEW_BOOK.vatCategory && candidate.condition === NEW_BOOK.condition,
  );
  const least = method === 'pickup' ? 0 : leastBookDelivery(sumMinor(books.map((item) => item.priceMinor)), book.now);
  return {
    shopId,
    merchantId,
    method,
    promisedFrom: promise.from,
    promisedTo: promise.to,
    keptUntil: method === 'pickup' ? keptUntil(shop, promise.from) : undefined,
    deliveryMinor: minor(Math.max(least, fulfilment.deliveryMinor)),
    items,
  };
}
