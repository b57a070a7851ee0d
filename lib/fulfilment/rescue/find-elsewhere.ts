import type { Instant, MerchantId, Minor, Quantity, ShopId, StockLocationId } from '@/lib/kernel';
import { invariant, minor, quantity, sumMinor } from '@/lib/kernel';
import type { PlannedFulfilment, SourcingPlan } from '@/lib/oms';
import type { Method } from '@/lib/promise';
import { keptUntil } from '@/lib/promise';
import type { Candidate, Decided } from '@/lib/sourcing';
import { NEW_BOOK, leastBookDelivery } from '@/lib/sourcing';
import type { RescueFacts, RescueQuestion, Searched } from './pose-rescue';
import { decideRescue } from './pose-rescue';

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
  /** Where it is put together; where its units lie when left out. */
  readonly locationId?: StockLocationId;
  readonly method: Method;
  readonly promisedFrom: Instant;
  readonly promisedTo: Instant;
  readonly keptUntil: Instant | undefined;
  readonly deliveryMinor: Minor;
  readonly items: readonly RescueItem[];
};

/** The best way to serve searched units elsewhere at the same promise; empty when nobody can. */
export function findElsewhere(question: RescueQuestion): readonly RescuePart[] {
  const decided = decideRescue({ ...question, wish: 'elsewhere' });
  return decided.rescued.flatMap(({ plan }) => partsOf(plan, question.part.searched, { ...question, placeOf: decided.placeOf }));
}

export type DecodingFacts = RescueFacts & Pick<Decided, 'placeOf'>;

/** A plan for searched units as parts to be offered, one for each shop. */
export function partsOf(plan: SourcingPlan, searched: readonly Searched[], facts: DecodingFacts): readonly RescuePart[] {
  return plan.fulfilments.map((fulfilment) => partOf(fulfilment, searched, facts));
}

function partOf(fulfilment: PlannedFulfilment, searched: readonly Searched[], facts: DecodingFacts): RescuePart {
  const { candidates, book, settings, placeOf } = facts;
  const { shopId, merchantId, method, promise } = fulfilment;
  const shop = book.get(shopId);
  const place = placeOf(fulfilment.locationId);
  invariant(shop && place, 'a rescue is served by a shop of the city');
  const items = fulfilment.items.map((item): RescueItem => {
    const [rescueId] = item.lineId.split('/');
    const wanted = searched.find(({ rescue }) => rescue.id === rescueId);
    const candidate = candidates.find((known) => known.offerId === item.offerId && known.locationId === place.locationId);
    invariant(wanted && candidate, 'the plan is an answer to this question');
    return { searched: wanted, candidate, quantity: quantity(item.quantity), priceMinor: item.priceMinor };
  });
  const books = items.filter(
    ({ candidate }) => candidate.vatCategory === NEW_BOOK.vatCategory && candidate.condition === NEW_BOOK.condition,
  );
  const least = method === 'pickup' ? 0 : leastBookDelivery(sumMinor(books.map((item) => item.priceMinor)), settings.floors);
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
