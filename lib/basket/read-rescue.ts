import type { Instant, ListingId, Minor, OrderId, OrderLineId, ShopId, StockLocationId } from '@/lib/kernel';
import { quantity } from '@/lib/kernel';
import type { LostLine, RemainderQuestion, RemainderWish, Rescue, SourcingLine, SourcingPlan } from '@/lib/oms';
import { resolveRemainder, riskCents } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { loadShopBook, takesOrdersAt } from '@/lib/shops';
import type { Candidate } from './candidates';
import { readRescueCandidates } from './candidates';
import type { OrderedLine } from './order-remainder';
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
 * answer it. Four statements at most; reads only, so whoever acts on it claims the units and asks again when a claim is lost.
 *
 * Guarantees: those of `resolveRemainder`; line ids are order lines, a substitute's is `<order line>/<listing>`; locations are real ones.
 */
export async function readRescue(from: Reader, asked: RescueWish): Promise<Rescue> {
  const lines = await readOrderLines(from, asked.orderId);
  const listingIds = [...lines.map((line) => line.listingId), ...asked.lost.flatMap((entry) => entry.substitutes ?? [])];
  const substitutes = asked.lost.flatMap((entry) => entry.substitutes ?? []);
  const [candidates, book, weights] = await Promise.all([
    readRescueCandidates(from, [...new Set(listingIds)], asked.now),
    loadShopBook(asked.now, from),
    readListingWeights(from, substitutes),
  ]);
  const places = new Map<string, Candidate>();
  const question = questionOf(asked, { lines, candidates, book, weights, places });
  return withRealPlaces(resolveRemainder(question), places);
}

type RescueFacts = {
  readonly lines: readonly OrderedLine[];
  readonly candidates: readonly Candidate[];
  readonly book: ShopBook;
  readonly weights: Awaited<ReturnType<typeof readListingWeights>>;
  readonly places: Map<string, Candidate>;
};

function questionOf(asked: RescueWish, facts: RescueFacts): RemainderQuestion {
  const lostUnits = new Map(asked.lost.map((entry) => [entry.orderLineId, entry.quantity]));
  const lost = asked.lost.flatMap((entry): readonly LostLine[] => {
    const line = facts.lines.find((candidate) => candidate.id === entry.orderLineId);
    if (!line) return [];
    const by = line.method === 'pickup' ? line.promisedFrom : (line.promisedTo ?? line.promisedFrom);
    const wished = (entry.substitutes ?? []).flatMap((listingId): readonly SourcingLine[] => {
      const weight = facts.weights.find((candidate) => candidate.listingId === listingId);
      return weight ? [sourcingLine({ ...line, ...weight, id: `${line.id}/${listingId}` }, entry.quantity, facts)] : [];
    });
    return [
      {
        line: sourcingLine(line, entry.quantity, facts),
        told: { method: line.method, by },
        paidMinor: paidFor(line, entry.quantity),
        reroutes: entry.reroutes,
        substitutes: wished,
        transfers: [],
        awaited: [],
      },
    ];
  });
  const [first] = facts.lines;
  const home =
    first && first.latitude !== null && first.longitude !== null ? { latitude: first.latitude, longitude: first.longitude } : undefined;
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
