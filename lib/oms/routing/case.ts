/**
 * The language of the routing engine: what it is asked (`RoutingCase`) and what it answers (`RoutingAnswer`).
 *
 * Units: every number is a non-negative integer: cents, grams, cubic centimetres, minutes from "now", grams of CO₂,
 *   grid units of 100 m. "Ranking cents" steer the choice and are never shown to people.
 * Distance between two points is |ax − bx| + |ay − by|.
 */

/** What is made as small as possible; each goal compares several criteria in turn. */
export const routingGoals = ['cheapest', 'fewest', 'greenest', 'fastest'] as const;
export type RoutingGoal = (typeof routingGoals)[number];

/** `[maxGrams, maxCm3, cents, parcels, co2]`: rows never decrease in any column, the first that fits applies. */
export type TariffRow = readonly [maxGrams: number, maxCm3: number, cents: number, parcels: number, co2: number];

/** `[maxUnits, minute]`: up to so many units are ready by that minute; both columns increase. */
export type PromiseRow = readonly [maxUnits: number, minute: number];

/** `[lineId, stock, price, risk?]`: stock is available to promise; risk is ranking cents per unit. */
export type RoutingOffer = readonly [line: string, stock: number, price: number, risk?: number];

export type GridPoint = readonly [x: number, y: number];

/** One distinct product wanted. `grams` and `cm3` are per unit; `split` allows several sources. */
export type RoutingLine = {
  readonly id: string;
  readonly product: string;
  readonly qty: number;
  readonly grams: number;
  readonly cm3: number;
  readonly split: boolean;
};

/** A courier's round that collects from several stops and ends at home; at most eight stops. */
export type RoutingTour = {
  readonly id: string;
  readonly base: number;
  readonly perStop: number;
  readonly perUnit: number;
  readonly co2PerUnit: number;
  readonly maxStops: number;
  readonly maxGrams: number;
  readonly maxCm3: number;
};

export const serviceModes = ['pickup', 'courier', 'parcel'] as const;
export type ServiceMode = (typeof serviceModes)[number];

/** One way for a location's goods to reach the shopper. `fixed` and `co2` count once when used. */
export type RoutingService = {
  readonly id: string;
  readonly mode: ServiceMode;
  readonly tariff: string;
  readonly fixed: number;
  readonly co2: number;
  readonly tour: string | null;
  readonly promise: readonly PromiseRow[];
};

/** A place that can supply. `bias` is ranking cents once, `unitBias` ranking cents per unit taken here. */
export type RoutingLocation = {
  readonly id: string;
  readonly merchant: string;
  readonly at: GridPoint;
  readonly bias: number;
  readonly unitBias: number;
  readonly offers: readonly RoutingOffer[];
  readonly services: readonly RoutingService[];
};

/** A question to the engine: whole, closed, without a clock. */
export type RoutingCase = {
  readonly format: 'routing-case/1';
  readonly id: string;
  readonly family?: string;
  readonly note?: string;
  readonly goal: RoutingGoal;
  readonly home: GridPoint;
  readonly deadline: number | null;
  readonly maxParcels: number | null;
  readonly maxSources: number | null;
  readonly allowPartial: boolean;
  readonly tariffs: Readonly<Record<string, readonly TariffRow[]>>;
  readonly tours: readonly RoutingTour[];
  readonly lines: readonly RoutingLine[];
  readonly locations: readonly RoutingLocation[];
};

/** `[lineId, quantity]`. */
export type RoutingItem = readonly [line: string, qty: number];

/** One location, used with one service, and what it supplies. */
export type RoutingUse = {
  readonly location: string;
  readonly service: string;
  readonly items: readonly RoutingItem[];
};

/** All criteria of one plan. `cents` is what is minimised; `paid` leaves ranking cents out. */
export type RoutingValue = {
  readonly missing: number;
  readonly cents: number;
  readonly parcels: number;
  readonly minutes: number;
  readonly co2: number;
  readonly paid: number;
};

export type RoutingCriterion = 'missing' | 'cents' | 'parcels' | 'minutes' | 'co2';

/** The criteria of each goal, compared left to right; lower is better. */
export const criteriaOf: Readonly<Record<RoutingGoal, readonly [RoutingCriterion, RoutingCriterion, RoutingCriterion]>> = {
  cheapest: ['missing', 'cents', 'parcels'],
  fewest: ['missing', 'parcels', 'cents'],
  greenest: ['missing', 'co2', 'cents'],
  fastest: ['missing', 'minutes', 'cents'],
};

export type RoutingStatus = 'optimal' | 'feasible' | 'infeasible' | 'unknown';

/** A tour as it is ridden: `stops` in visiting order, `length` in grid units, home included. */
export type RoutedTour = { readonly id: string; readonly stops: readonly string[]; readonly length: number };

/** Why no plan exists: the smallest statement that is useful. */
export type InfeasibleReason =
  | { readonly kind: 'short-of-stock'; readonly lines: readonly { line: string; wanted: number; available: number }[] }
  | { readonly kind: 'no-single-source'; readonly lines: readonly { line: string; wanted: number; largest: number }[] }
  | { readonly kind: 'too-late'; readonly lines: readonly string[]; readonly earliestMinute: number }
  | { readonly kind: 'too-many-parcels'; readonly smallest: number }
  | { readonly kind: 'too-many-sources'; readonly smallest: number }
  | { readonly kind: 'jointly-infeasible'; readonly lines: readonly string[] };

/**
 * The engine's answer.
 *
 * `optimal` means every criterion of the goal is proven; `feasible` that the node budget ended with a valid plan;
 * `unknown` that it ended without one. `bound` is a proven lower bound on the first criterion not settled.
 * `value` always describes `uses` (an empty plan when there is none).
 */
export type RoutingAnswer = {
  readonly caseId: string;
  readonly status: RoutingStatus;
  readonly uses: readonly RoutingUse[];
  readonly missing: readonly RoutingItem[];
  readonly value: RoutingValue;
  readonly bound: { readonly criterion: RoutingCriterion; readonly value: number };
  readonly tours: readonly RoutedTour[];
  readonly reasons: readonly InfeasibleReason[];
  readonly stats: { readonly nodes: number };
};

/** How long the engine may search. Counted in nodes, never in time, so that answers repeat. */
export type SolveOptions = { readonly maxNodes?: number };
