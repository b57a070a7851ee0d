import type { Instant, Interval, MerchantId, Minor, OfferId, Quantity, ShopId, StockLocationId } from '@/lib/kernel';
import { instant, minor, sumMinor } from '@/lib/kernel';
import type { SourcingPlan } from '@/lib/oms';
import { keptUntil } from '@/lib/promise';
import type { Method } from '@/lib/promise';
import type { ShopBook } from '@/lib/shops';
import type { FoundLine } from './basket-repository';
import { NEW_BOOK, leastBookDelivery } from '@/lib/sourcing';
import type { Candidate, RoutingSettings } from '@/lib/sourcing';
import type { Posed } from './sourcing-problem';
import type { PlanKind } from './views';

/** What one shop supplies of a line, from which shelf, at which price. */
export type PartItem = {
  readonly lineId: FoundLine['id'];
  readonly offerId: OfferId;
  readonly locationId: StockLocationId;
  readonly quantity: Quantity;
  readonly unitPriceMinor: Minor;
  readonly priceSteps: number;
  /** For the whole quantity, with VAT. */
  readonly priceMinor: Minor;
};

/** The part of a plan that becomes one sub-order: one shop, one way of receiving it. */
export type PlanPart = {
  readonly shopId: ShopId;
  readonly merchantId: MerchantId;
  readonly method: Method;
  readonly promise: Interval;
  readonly keptUntil: Instant | undefined;
  readonly items: readonly PartItem[];
  readonly goodsMinor: Minor;
  readonly deliveryMinor: Minor;
  readonly leadTimeMinutes: number;
  /** The courier's round it comes with, beside other shops' parts. */
  readonly round: string | undefined;
};

/** One way to split and receive the basket, with its legal price floors applied. */
export type BasketPlan = {
  readonly kinds: readonly PlanKind[];
  readonly parts: readonly PlanPart[];
  readonly missing: readonly { readonly lineId: string; readonly quantity: Quantity }[];
  readonly goodsMinor: Minor;
  readonly deliveryMinor: Minor;
  readonly totalMinor: Minor;
  readonly co2Grams: number;
  readonly completeBy: Instant;
};

export type PlanFacts = {
  readonly posed: Posed;
  readonly candidates: readonly Candidate[];
  readonly book: ShopBook;
  readonly settings: RoutingSettings;
};

/**
 * The engine's plan as parts to be ordered: the fulfilments of one shop received in one way are one part, whatever shelves they come from.
 * Guarantees: every unit and every cent of the plan is in exactly one part; delivery is at least what the law asks.
 */
export function basketPlan(
  { kinds, plan }: { readonly kinds: readonly PlanKind[]; readonly plan: SourcingPlan },
  facts: PlanFacts,
): BasketPlan {
  const byShop = new Map<string, SourcingPlan['fulfilments'][number][]>();
  for (const fulfilment of plan.fulfilments) {
    const key = `${fulfilment.shopId} ${fulfilment.method}`;
    byShop.set(key, [...(byShop.get(key) ?? []), fulfilment]);
  }
  const parts = togetherOnRounds([...byShop.values()].flatMap((fulfilments) => partOf(fulfilments, facts))).toSorted(
    (a, b) => inHandOf(a) - inHandOf(b) || (a.shopId < b.shopId ? -1 : 1),
  );
  const goodsMinor = sumMinor(parts.map((part) => part.goodsMinor));
  const deliveryMinor = sumMinor(parts.map((part) => part.deliveryMinor));
  return {
    kinds,
    parts,
    missing: plan.missing,
    goodsMinor,
    deliveryMinor,
    totalMinor: minor(goodsMinor + deliveryMinor),
    co2Grams: plan.co2Grams,
    completeBy: instant(Math.max(facts.book.now, ...parts.map(inHandOf))),
  };
}

/** One round is one hand-over: its parts come together, in the latest of their slots. */
function togetherOnRounds(parts: readonly PlanPart[]): readonly PlanPart[] {
  return parts.map((part) => {
    const riders = parts.filter((other) => part.round !== undefined && other.round === part.round);
    const last = riders.toSorted((a, b) => a.promise.to - b.promise.to).at(-1);
    return last ? { ...part, promise: last.promise } : part;
  });
}

/** When the shopper has a part in hand at the latest. */
export function inHandOf(part: Pick<PlanPart, 'method' | 'promise'>): Instant {
  return part.method === 'pickup' ? part.promise.from : part.promise.to;
}

function partOf(fulfilments: readonly SourcingPlan['fulfilments'][number][], facts: PlanFacts): readonly PlanPart[] {
  const [first] = fulfilments;
  const shop = first && facts.book.get(first.shopId);
  if (!first || !shop) return [];
  const items = fulfilments.flatMap((fulfilment) => itemsOf(fulfilment, facts));
  const promise = {
    from: instant(Math.max(...fulfilments.map((fulfilment) => fulfilment.promise.from))),
    to: instant(Math.max(...fulfilments.map((fulfilment) => fulfilment.promise.to))),
  };
  const charged = sumMinor(fulfilments.map((fulfilment) => fulfilment.deliveryMinor));
  return [
    {
      shopId: first.shopId,
      merchantId: first.merchantId,
      method: first.method,
      promise,
      keptUntil: first.method === 'pickup' ? keptUntil(shop, promise.from) : undefined,
      items,
      goodsMinor: sumMinor(items.map((item) => item.priceMinor)),
      deliveryMinor:
        first.method === 'pickup' ? charged : minor(Math.max(charged, leastBookDelivery(newBooksOf(items, facts), facts.settings.floors))),
      round: first.tourId,
      leadTimeMinutes: Math.max(...fulfilments.map((fulfilment) => facts.posed.places.get(fulfilment.locationId)?.leadTimeMinutes ?? 0)),
    },
  ];
}

function itemsOf(fulfilment: SourcingPlan['fulfilments'][number], facts: PlanFacts): readonly PartItem[] {
  const place = facts.posed.places.get(fulfilment.locationId);
  return fulfilment.items.flatMap((item): readonly PartItem[] => {
    const line = facts.posed.problem.lines.find((candidate) => candidate.id === item.lineId);
    const offer = line?.offers.find((candidate) => candidate.offerId === item.offerId);
    const candidate = facts.candidates.find((known) => known.offerId === item.offerId);
    if (!place || !offer || !candidate || !isLineId(item.lineId)) return [];
    const { offerId, quantity, priceMinor } = item;
    return [
      {
        lineId: item.lineId,
        offerId,
        locationId: place.locationId,
        quantity,
        priceMinor,
        unitPriceMinor: offer.priceMinor,
        priceSteps: offer.priceSteps,
      },
    ];
  });
}

function newBooksOf(items: readonly PartItem[], facts: PlanFacts): Minor {
  const isNewBook = (offerId: OfferId) =>
    facts.candidates.some(
      (known) => known.offerId === offerId && known.vatCategory === NEW_BOOK.vatCategory && known.condition === NEW_BOOK.condition,
    );
  return sumMinor(items.filter((item) => isNewBook(item.offerId)).map((item) => item.priceMinor));
}

function isLineId(text: string): text is FoundLine['id'] {
  return text.startsWith('bli_');
}
