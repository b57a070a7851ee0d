import type { Instant, ListingId, Minor, OrderId, OrderLineId, Position, ShopId, StockLocationId } from '@/lib/kernel';
import { quantity } from '@/lib/kernel';
import type { LostLine, RemainderQuestion, RemainderWish, Rescue, SourcingLine, SourcingPlan } from '@/lib/oms';
import { resolveRemainder, riskCents } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { loadShopBook, takesOrdersAt } from '@/lib/shops';
import type { Candidate } from './candidates';
import { readRescueCandidates } from './candidates';
import type { OrderedLine } from './order-remainder';
import type { Expected } from './awaited';
import { awaitedPlaces, readExpected } from './awaited';
import { committedParts, paidFor, readListingWeights, readOrderLines } from './order-remainder';
import { policy } from './policy';
import { engineLocation, locationsOf } from './sourcing-problem';

export type RescueWish = {
  readonly orderId: OrderId;
  /** Lines, or some units of them, that lost their source; `substitutes` are listings the shopper agreed to. */
  readonly lost: readonly {
    readonly orderLineId: OrderLineId;
    readonly quantity: number;
    readonly reroutes: number;
    readonly substitutes?: readonly ListingId[];
  }[];
  /** Shops not to ask: refused, silent, closing. The places the lost lines were to come from are never asked for them again. */
  readonly excludedShops: readonly ShopId[];
  readonly wish: RemainderWish;
  readonly budgetMinor: Minor;
  readonly now: Instant;
};

/**
 * What can be done for lines of a placed order that lost their source: poses the question from what is true now and has the engine
 * answer it. Five statements at most; reads only, so whoever acts on it claims the units and asks again when a claim is lost.
 *
 * Guarantees: those of `resolveRemainder`; line ids are order lines, a substitute's is `<order line>/<listing>`; locations are real ones.
 */
export async function readRescue(from: Reader, asked: RescueWish): Promise<Rescue> {
  const lines = await readOrderLines(from, asked.orderId);
  const listingIds = [...lines.map((line) => line.listingId), ...asked.lost.flatMap((entry) => entry.substitutes ?? [])];
  const substitutes = asked.lost.flatMap((entry) => entry.substitutes ?? []);
  const [candidates, book, weights, expected] = await Promise.all([
    readRescueCandidates(from, [...new Set(listingIds)], asked.now),
    loadShopBook(asked.now, from),
    readListingWeights(from, substitutes),
    readExpected(from, [...new Set(lines.map((line) => line.listingId))], asked.now),
  ]);
  const places: RescueFacts['places'] = new Map();
  const later: RescueFacts['later'] = new Map();
  const question = rescueQuestion(asked, { lines, candidates, book, weights, expected, places, later });
  return withRealPlaces(resolveRemainder(question), new Map([...places, ...later]));
}

export type RescueFacts = {
  readonly lines: readonly OrderedLine[];
  readonly candidates: readonly Candidate[];
  readonly book: ShopBook;
  readonly weights: Awaited<ReturnType<typeof readListingWeights>>;
  readonly expected: readonly Expected[];
  readonly places: Map<string, { shopId: ShopId; locationId: StockLocationId; leadTimeMinutes: number }>;
  /** Places as they will be after a delivery. */
  readonly later: Map<string, { locationId: StockLocationId }>;
};

/** The question for the engine, posed from facts. Free of effects but for `places`, which learns which real place each of the engine's is. */
export function rescueQuestion(asked: RescueWish, facts: RescueFacts): RemainderQuestion {
  const lostUnits = new Map(asked.lost.map((entry) => [entry.orderLineId, entry.quantity]));
  const home = homeOf(facts.lines[0]);
  const lost = asked.lost.flatMap((entry): readonly LostLine[] => {
    const line = facts.lines.find((candidate) => candidate.id === entry.orderLineId);
    if (!line) return [];
    const by = line.method === 'pickup' ? line.promisedFrom : (line.promisedTo ?? line.promisedFrom);
    const wished = (entry.substitutes ?? []).flatMap((listingId): readonly SourcingLine[] => {
      const weight = facts.weights.find((candidate) => candidate.listingId === listingId);
      return weight ? [sourcingLine({ ...line, ...weight, id: `${line.id}/${listingId}` }, entry.quantity, facts)] : [];
    });
    const own = sourcingLine(line, entry.quantity, facts);
    const awaited = awaitedPlaces(line, facts.expected, { book: facts.book, home });
    for (const { place, locationId } of awaited) facts.later.set(place.id, { locationId });
    return [
      {
        line: { ...own, offers: [...own.offers, ...awaited.map(({ offer }) => offer)] },
        told: { method: line.method, by },
        paidMinor: paidFor(line, entry.quantity),
        reroutes: entry.reroutes,
        substitutes: wished,
        transfers: [],
        awaited: awaited.map(({ place }) => place),
      },
    ];
  });
  const every = lost.flatMap((entry) => [entry.line, ...entry.substitutes]);
  const locations = locationsOf({ book: facts.book, now: asked.now, place: home, methodByShop: {} }, facts.places, every);
  return {
    problem: { id: asked.orderId, now: asked.now, home: home ?? null, locations },
    lost,
    committed: committedParts(facts.lines, lostUnits),
    excluded: { shopIds: asked.excludedShops, offers: lostOffers(facts, lostUnits) },
    wish: asked.wish,
    budgetMinor: asked.budgetMinor,
  };
}

function homeOf(line: OrderedLine | undefined): Position | undefined {
  if (!line || line.latitude === null || line.longitude === null) return undefined;
  return { latitude: line.latitude, longitude: line.longitude };
}

/** The shelves the lost units were to come from. */
function lostOffers({ lines, candidates }: RescueFacts, lost: ReadonlyMap<OrderLineId, number>) {
  const gone = lines.filter((line) => lost.has(line.id));
  return candidates
    .filter((candidate) => gone.some((line) => line.offerId === candidate.offerId && line.locationId === candidate.locationId))
    .map((candidate) => ({ offerId: candidate.offerId, locationId: engineLocation(candidate) }));
}

type Wanted = Pick<OrderedLine, 'listingId' | 'condition' | 'salesUnit' | 'weightGrams' | 'volumeCm3'> & { readonly id: string };

function sourcingLine(line: Wanted, units: number, { candidates, book, places }: RescueFacts): SourcingLine {
  const usable = candidates.filter((candidate) => {
    const shop = book.get(candidate.shopId);
    return (
      candidate.listingId === line.listingId &&
      candidate.condition === line.condition &&
      candidate.available > 0 &&
      shop !== undefined &&
      takesOrdersAt(shop, book.now)
    );
  });
  for (const candidate of usable) places.set(engineLocation(candidate), candidate);
  const isPriced = usable.some((candidate) => candidate.priceSteps !== 1);
  return {
    id: line.id,
    quantity: quantity(units),
    weightGrams: line.weightGrams,
    volumeCm3: line.volumeCm3,
    isSplittable: !isPriced && !usable.some((candidate) => candidate.available >= units),
    chosenShopId: null,
    offers: usable.map((candidate) => ({
      offerId: candidate.offerId,
      locationId: engineLocation(candidate),
      available: quantity(candidate.available),
      priceMinor: candidate.priceMinor,
      priceSteps: candidate.priceSteps,
      riskMinor: line.salesUnit === 'each' ? riskCents(candidate.confidenceBps, policy.perFailedPick, policy.nextBestExtra) : 0,
    })),
  };
}

function withRealPlaces(rescue: Rescue, places: ReadonlyMap<string, { readonly locationId: StockLocationId }>): Rescue {
  const real = (plan: SourcingPlan): SourcingPlan => ({
    ...plan,
    fulfilments: plan.fulfilments.map((fulfilment) => ({
      ...fulfilment,
      locationId: places.get(fulfilment.locationId)?.locationId ?? fulfilment.locationId,
    })),
  });
  return {
    ...rescue,
    rescued: rescue.rescued.map((entry) => ({ ...entry, plan: real(entry.plan) })),
    asked: rescue.asked.map((entry) => ({ ...entry, options: entry.options.map((option) => ({ ...option, plan: real(option.plan) })) })),
  };
}
