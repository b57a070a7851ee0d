import type { Instant, Interval, MerchantId, Minor, OfferId, Position, Quantity, ShopId, StockLocationId } from '@/lib/kernel';
import type { RoutingGoal, ServiceMode } from '../routing/case';

/**
 * What the engine is asked in the words of the trade: a basket, who could supply it, how it could be received, and the shopper's
 * wishes. `compile` turns it into the integers of the routing model. Everything that needs a calendar, a tariff or a policy is
 * worked out before and arrives here as instants, minor units and counts.
 */
export type SourcingProblem = {
  /** Names the question in answers and stored decisions. */
  readonly id: string;
  readonly now: Instant;
  /** Where goods end up; null when the shopper gave no place: distances then weigh nothing. */
  readonly home: Position | null;
  readonly wishes: SourcingWishes;
  readonly lines: readonly SourcingLine[];
  readonly locations: readonly SourcingLocation[];
  /** Rounds on which one courier brings the goods of several shops at once. */
  readonly tours?: readonly SourcingTour[];
};

/** A courier's round: what it costs, and what fits. Minor units; a unit of way is 100 m as streets go, east-west plus north-south. */
export type SourcingTour = {
  readonly id: string;
  readonly baseMinor: Minor;
  readonly perStopMinor: Minor;
  readonly perUnitMinor: Minor;
  readonly co2PerUnit: number;
  readonly maxStops: number;
  readonly maxGrams: number;
  readonly maxCm3: number;
};

export type SourcingWishes = {
  /** Nothing promised later than this is accepted. */
  readonly deadline: Instant | null;
  readonly maxSources: number | null;
  readonly maxParcels: number | null;
  /** Is a plan that leaves units unserved better than none? */
  readonly allowPartial: boolean;
};

/** One variant wanted. Merge lines of one variant before asking, unless their chosen shops differ. */
export type SourcingLine = {
  readonly id: string;
  /** Steps of the sales unit. */
  readonly quantity: Quantity;
  /** Weight and volume of one step. */
  readonly weightGrams: number;
  readonly volumeCm3: number;
  /** May several locations share it? Lines priced per several steps (by the kilogram) never are: their price is rounded once. */
  readonly isSplittable: boolean;
  /** The shop the shopper chose in the offer table: it binds every plan. Null when a card proposed it. */
  readonly chosenShopId: ShopId | null;
  readonly offers: readonly SourcingOffer[];
};

/** An offer as one location can supply it. */
export type SourcingOffer = {
  readonly offerId: OfferId;
  readonly locationId: StockLocationId;
  /** Steps available to promise there. */
  readonly available: Quantity;
  /** With VAT, for `priceSteps` steps. */
  readonly priceMinor: Minor;
  readonly priceSteps: number;
  /** Ranking cents per step for units that may not be found (`riskCents`). */
  readonly riskMinor: number;
  /** The same for rules that hold in every plan, the cheapest too (own-first, hard). */
  readonly bindingMinor?: number;
};

/** A place that can supply, for the shop whose sub-order it fulfils. */
export type SourcingLocation = {
  readonly id: StockLocationId;
  readonly shopId: ShopId;
  readonly merchantId: MerchantId;
  readonly at: Position;
  /** Ranking cents once when the place is used, and per step taken here (fair share, own-first). */
  readonly biasMinor: number;
  readonly unitBiasMinor: number;
  /** The same once, for rules that hold in every plan, the cheapest too (parts too small to be split off). */
  readonly bindingOnceMinor?: number;
  /** At most one service of each method. */
  readonly services: readonly SourcingService[];
};

/** By when how much can be promised: the first `maxUnits` in this window. */
export type PromiseWindow = { readonly maxUnits: number; readonly window: Interval };

/** A step of a price list: the first whose limits hold applies. Rows never decrease in any figure. */
export type CarriagePrice = {
  readonly maxGrams: number;
  readonly maxCm3: number;
  readonly priceMinor: Minor;
  /** Hand-overs to the shopper. */
  readonly parcels: number;
  readonly co2Grams: number;
};

/** One way the goods of a location can be received. Drop what does not qualify (zone, weight, chosen method). */
export type SourcingService = {
  readonly method: ServiceMode;
  /** Ranking cents once when used: the walk, the wait, a preference of the policy. Never shown, never paid. */
  readonly rankingMinor: number;
  /** Grams of CO₂ once when used, beside those of the price list. */
  readonly co2Grams: number;
  readonly prices: readonly CarriagePrice[];
  /** The round that collects this shop's goods with those of others; its price is shared, and the price list then only bounds the bag. */
  readonly tourId?: string;
  /** By growing units and time. A pickup is promised from the window's beginning, anything else by its end. */
  readonly windows: readonly PromiseWindow[];
};

/** The plans a basket page may show, in the order they are shown. */
export const planGoals = {
  suggested: 'cheapest',
  fewest: 'fewest',
  soonest: 'fastest',
  cheapest: 'cheapest',
  greenest: 'greenest',
} as const satisfies Record<string, RoutingGoal>;

export type SourcingPlanKind = keyof typeof planGoals;

export const sourcingPlanKinds: readonly SourcingPlanKind[] = ['suggested', 'fewest', 'soonest', 'cheapest', 'greenest'];

/** What one location supplies, how and when. Steps, minor units, grams. */
export type PlannedFulfilment = {
  readonly locationId: StockLocationId;
  readonly shopId: ShopId;
  readonly merchantId: MerchantId;
  readonly method: ServiceMode;
  /** Pickup: ready from `from`, open until `to`. Otherwise the window of arrival. */
  readonly promise: Interval;
  readonly items: readonly PlannedItem[];
  readonly goodsMinor: Minor;
  /** Its share of a round's price included. */
  readonly deliveryMinor: Minor;
  /** Hand-overs of its own; one that comes with a round is counted with the plan. */
  readonly parcels: number;
  readonly co2Grams: number;
  readonly tourId?: string;
};

/** A round as it is ridden: the shops' places in order. */
export type PlannedTour = { readonly id: string; readonly stops: readonly StockLocationId[]; readonly priceMinor: Minor };

export type PlannedItem = {
  readonly lineId: string;
  readonly offerId: OfferId;
  readonly quantity: Quantity;
  /** For the whole quantity, with VAT. */
  readonly priceMinor: Minor;
};

/** One way to split and receive a basket, in the words of the trade. */
export type SourcingPlan = {
  readonly kind: SourcingPlanKind;
  /** Every kind this same plan is the answer to, `kind` first. */
  readonly kinds: readonly SourcingPlanKind[];
  /** False when the search ended before the proof: the plan holds, a better one may exist. */
  readonly isProven: boolean;
  readonly fulfilments: readonly PlannedFulfilment[];
  readonly tours: readonly PlannedTour[];
  readonly missing: readonly { readonly lineId: string; readonly quantity: Quantity }[];
  readonly goodsMinor: Minor;
  readonly deliveryMinor: Minor;
  readonly totalMinor: Minor;
  readonly parcels: number;
  readonly co2Grams: number;
  /** When the last part is ready or has arrived; undefined for an empty plan. */
  readonly completeBy: Instant | undefined;
};
