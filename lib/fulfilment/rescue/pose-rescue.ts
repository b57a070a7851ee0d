import type { orderLines } from '@/db/schema';
import type { Candidate } from '@/lib/basket';
import { policy as ranking, servicesOf } from '@/lib/basket';
import type { Instant, Position, ShopId } from '@/lib/kernel';
import { atRate, linePrice, metresBetween, minor, plusMs, quantity } from '@/lib/kernel';
import type { SourcingLine, SourcingLocation, SourcingProblem } from '@/lib/oms';
import { riskCents } from '@/lib/oms';
import type { Method } from '@/lib/promise';
import type { ShopBook } from '@/lib/shops';
import { takesOrdersAt } from '@/lib/shops';
import type { LockedSubOrder } from '../sub-order-repository';
import type { RescuePolicy } from './rescue-policy';
import type { RescueRow } from './rescue-repository';

/** Units that look for a shop, and everything their search depends on. */
export type Searched = {
  readonly rescue: RescueRow;
  readonly line: typeof orderLines.$inferSelect;
  readonly condition: Candidate['condition'];
  readonly weightGrams: number;
  readonly volumeCm3: number;
  /** Shops that could not serve it already. */
  readonly tried: ReadonlySet<ShopId>;
};

/** Searched units of one part: they were promised together and are looked for together. */
export type SearchedPart = {
  readonly subOrder: LockedSubOrder;
  readonly searched: readonly Searched[];
  /** Where the shopper is expected: the door for what is brought, the shop they would have gone to otherwise. */
  readonly place: Position | undefined;
  /** Shops that have another part of the order: one stop more or less. */
  readonly committed: ReadonlySet<ShopId>;
};

export type RescueQuestion = {
  readonly part: SearchedPart;
  readonly candidates: readonly Candidate[];
  readonly book: ShopBook;
  readonly policy: RescuePolicy;
  readonly method: Method;
  /** Promised later than this is not the same promise; none asks for any time. */
  readonly deadline: Instant | null;
  /** Only shops so near the place; for what the shopper fetches without being asked. */
  readonly isNear: boolean;
  /** Some of the units are better than none. */
  readonly allowPartial: boolean;
};

/** The last moment at which a promise still is the one that was made. */
export function sameHour(subOrder: SearchedPart['subOrder'], policy: RescuePolicy): Instant {
  const promised = subOrder.method === 'pickup' ? subOrder.promisedFrom : (subOrder.promisedTo ?? subOrder.promisedFrom);
  return plusMs(promised, policy.sameHourMs);
}

/** The most a shop may ask for these units: what the shopper paid, and what the rescue account adds. Minor units. */
export function mostPrice({ goodsMinor }: Pick<RescueRow, 'goodsMinor'>, policy: RescuePolicy): number {
  return goodsMinor + Math.max(policy.mostExtraMinor, atRate(goodsMinor, policy.mostExtraBps));
}

/** May this candidate serve these units at all? */
export function canServe({ rescue, line, condition, tried }: Searched, candidate: Candidate, { book, policy }: RescueQuestion): boolean {
  const shop = book.get(candidate.shopId);
  return (
    candidate.listingId === line.listingId &&
    candidate.condition === condition &&
    candidate.isShelf &&
    candidate.available > 0 &&
    !tried.has(candidate.shopId) &&
    shop !== undefined &&
    takesOrdersAt(shop, book.now) &&
    linePrice(candidate, rescue.quantity) <= mostPrice(rescue, policy)
  );
}

/**
 * The remainder of a part as a question to the engine, with everything already committed left where it is.
 *
 * Guarantees: pure; a shop that could not serve a line is not asked for it again; no candidate costs more than the rescue account may add.
 */
export function poseRescue(question: RescueQuestion): SourcingProblem {
  const { part, book, deadline, allowPartial } = question;
  const lines = part.searched.flatMap((searched) => sourcingLine(searched, question));
  const used = new Set(lines.flatMap((line) => line.offers.map((offer) => offer.locationId)));
  const home = part.place ?? null;
  return {
    id: part.subOrder.id,
    now: book.now,
    home,
    wishes: { deadline, maxSources: null, maxParcels: null, allowPartial },
    lines,
    locations: locationsOf(question, lines).filter((location) => used.has(location.id)),
  };
}

function sourcingLine(searched: Searched, question: RescueQuestion): readonly SourcingLine[] {
  const { rescue, weightGrams, volumeCm3 } = searched;
  const usable = question.candidates.filter((candidate) => canServe(searched, candidate, question));
  if (usable.length === 0) return [];
  const priced = usable.some((candidate) => candidate.priceSteps !== 1);
  const isWhole = usable.some((candidate) => candidate.available >= rescue.quantity);
  return [
    {
      id: rescue.id,
      quantity: rescue.quantity,
      weightGrams,
      volumeCm3,
      isSplittable: !isWhole && !priced && question.allowPartial,
      chosenShopId: null,
      offers: usable.map((candidate) => ({
        offerId: candidate.offerId,
        locationId: candidate.locationId,
        available: quantity(candidate.available),
        priceMinor: minor(candidate.priceMinor),
        priceSteps: candidate.priceSteps,
        riskMinor: Math.round(
          riskCents(candidate.confidenceBps, ranking.perFailedPick, ranking.nextBestExtra) / (priced ? rescue.quantity : 1),
        ),
      })),
    },
  ];
}

function locationsOf(
  { candidates, book, part, policy, method, isNear }: RescueQuestion,
  lines: readonly SourcingLine[],
): readonly SourcingLocation[] {
  const places = new Map(candidates.map((candidate) => [candidate.locationId, candidate]));
  const units = lines.reduce((sum, line) => sum + (line.offers.some((offer) => offer.priceSteps !== 1) ? 1 : line.quantity), 0);
  return [...places.values()].flatMap(({ locationId, shopId, leadTimeMinutes }): readonly SourcingLocation[] => {
    const shop = book.get(shopId);
    if (!shop || (isNear && part.place && metresBetween(part.place, shop.at) > policy.nearMetres)) return [];
    const services = servicesOf({ shop, now: book.now, place: part.place, leadTimeMinutes, units, fixed: method });
    const biasMinor = part.committed.has(shopId) ? 0 : ranking.perShop;
    return [{ id: locationId, shopId, merchantId: shop.merchantId, at: shop.at, biasMinor, unitBiasMinor: 0, services }];
  });
}
