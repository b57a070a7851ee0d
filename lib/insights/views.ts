import type { Instant, Minor, OrderId, Position, ShopId } from '@/lib/kernel';

/** One thing an installation needs, and how it is. The sentence is for operators and says what to do. */
export type CheckView = {
  readonly name: 'database' | 'migrations' | 'city' | 'search';
  readonly isOk: boolean;
  readonly sentence: string;
};

/** Whether this process may be sent requests. */
export type ReadinessView = { readonly isReady: boolean; readonly checks: readonly CheckView[] };

/** A shop as the city watches it: what its sign says, and what lies on its counter. */
export type ShopActivityView = {
  readonly shopId: ShopId;
  readonly slug: string;
  readonly name: string;
  readonly trade: string;
  readonly street: string;
  readonly town: string;
  readonly at: Position;
  readonly level: 'window' | 'reserve' | 'sell';
  readonly isOpen: boolean;
  /** When the sign on the door turns next. */
  readonly changesAt: Instant | undefined;
  readonly takesOrders: boolean;
  /** It comes back by itself then: said at the counter, or after an order nobody answered. */
  readonly pausedUntil: Instant | undefined;
  readonly pauseReason: 'away' | 'silent' | undefined;
  /** The counter is usually open on a screen and has been before nobody's eyes since: an answer may be slow. */
  readonly counterShutSince: Instant | undefined;
  readonly toAccept: number;
  readonly toPrepare: number;
  readonly ready: number;
  readonly late: number;
  /** Sub-orders of the last thirty days, and those of them it refused or left unanswered. */
  readonly taken: number;
  readonly declined: number;
};

/** A part that changed hands or state a moment ago. */
export type LatestChange = {
  readonly at: Instant;
  readonly to: 'accepted' | 'ready' | 'despatched' | 'handed-over' | 'delivered' | 'refused' | 'unanswered' | 'cancelled' | 'uncollected';
  readonly orderId: OrderId;
  readonly number: string;
  readonly shopName: string;
};

/** The city's last sixty minutes, counted; the latest change first. */
export type LastHourView = {
  readonly paid: number;
  readonly handedOver: number;
  readonly declined: number;
  readonly rescued: number;
  readonly latest: readonly LatestChange[];
};

/** One place that could have supplied a line, as the engine saw it. */
export type CandidateView = {
  readonly offerId: string;
  readonly shopName: string;
  readonly available: number;
  readonly priceMinor: Minor;
  /** What the chance of not finding it weighed, in ranking cents: never paid by anybody. */
  readonly riskMinor: Minor | undefined;
  /** How much of the line it was given; 0 when another was chosen. */
  readonly supplied: number;
};

/** Why these shops: what the engine was asked and answered when the order was placed. */
export type RoutingExplanationView = {
  readonly at: Instant;
  readonly plan: string;
  /** The goals this one plan was the best for. */
  readonly kinds: readonly string[];
  readonly totalMinor: Minor;
  readonly co2Grams: number;
  readonly lines: readonly {
    readonly lineId: string;
    readonly title: string;
    readonly quantity: number;
    /** The shopper picked this shop in the offer table: it binds every plan. */
    readonly chosenShopName: string | undefined;
    readonly candidates: readonly CandidateView[];
  }[];
};

/** Something that was to be done and failed too often. */
export type ParkedJobView = {
  readonly id: string;
  readonly consumer: string;
  readonly event: string;
  /** The id of what it is about. */
  readonly subject: string;
  readonly reason: string | undefined;
  readonly parkedAt: Instant;
};
