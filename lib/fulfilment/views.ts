import type { Currency, Instant, Interval, ListingId, Minor, OrderId, OrderLineId, SalesUnit, ShopId, SubOrderId } from '@/lib/kernel';

export type SubOrderStateView =
  | 'placed'
  | 'offered'
  | 'accepted'
  | 'preparing'
  | 'ready'
  | 'despatched'
  | 'handed-over'
  | 'delivered'
  | 'expired'
  | 'refused'
  | 'unanswered'
  | 'cancelled'
  | 'uncollected';

export type MethodView = 'pickup' | 'courier' | 'parcel';

/** The five steps a shopper reads (architecture §5). */
export const trackingSteps = ['received', 'accepted', 'preparing', 'ready', 'done'] as const;
export type TrackingStep = (typeof trackingSteps)[number];

export type StepView = { readonly name: TrackingStep; readonly at: Instant | undefined };

/** How a part ended before its time. `notTakenMinor` was never taken or is given back. */
export type ChangeView = {
  readonly kind: 'refused' | 'unanswered' | 'cancelled' | 'expired' | 'uncollected' | 'less' | 'late';
  readonly at: Instant;
  readonly notTakenMinor: Minor;
};

export type TrackedLineView = {
  readonly title: string;
  readonly keyAttribute: string | undefined;
  readonly quantity: number;
  readonly pickedQuantity: number | undefined;
  readonly salesUnit: SalesUnit;
  readonly totalMinor: Minor;
  readonly minimumAge: number | undefined;
  readonly productId: string;
  readonly family: string;
  readonly glyph: string;
};

export type TrackedShopView = {
  readonly name: string;
  readonly slug: string;
  readonly awning: number;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly phone: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly isOpen: boolean;
  /** When "open" or "closed" changes next. */
  readonly changesAt: Instant | undefined;
  readonly openToday: readonly Interval[];
};

export type TrackedSubOrderView = {
  readonly subOrderId: SubOrderId;
  readonly number: string;
  readonly state: SubOrderStateView;
  /** 1 to 5; the last one reached before an early end. */
  readonly step: 1 | 2 | 3 | 4 | 5;
  readonly steps: readonly StepView[];
  readonly hasEnded: boolean;
  readonly shop: TrackedShopView;
  readonly method: MethodView;
  readonly promisedFrom: Instant;
  readonly promisedTo: Instant | undefined;
  readonly keptUntil: Instant | undefined;
  readonly isLate: boolean;
  readonly lines: readonly TrackedLineView[];
  readonly goodsMinor: Minor;
  readonly deliveryMinor: Minor;
  readonly totalMinor: Minor;
  /** Pickup only, from payment on: the four characters, and the link of the pass. */
  readonly pickupCode: string | undefined;
  readonly passToken: string | undefined;
  readonly canCancel: boolean;
  readonly change: ChangeView | undefined;
};

/** The facts of the head line: "2 sur 3 prêts, le reste demain". */
export type TrackingHeadView = {
  readonly state: 'unpaid' | 'waiting' | 'in-progress' | 'ready' | 'completed' | 'ended' | 'expired';
  readonly living: number;
  readonly readyOrDone: number;
  readonly done: number;
  /** When the last part that is not ready yet is promised. */
  readonly restFrom: Instant | undefined;
  readonly restTo: Instant | undefined;
};

export type TrackingView = {
  readonly orderId: OrderId;
  readonly orderToken: string;
  readonly number: string;
  readonly placedAt: Instant;
  readonly paidAt: Instant | undefined;
  readonly payBy: Instant;
  /** The moment this picture was taken. */
  readonly asOf: Instant;
  readonly timeZone: string;
  readonly totalMinor: Minor;
  readonly deliveryMinor: Minor;
  readonly currency: Currency;
  readonly rescueWish: 'elsewhere' | 'ask' | 'refund';
  /** Money really taken and given back, once it has been. */
  readonly capturedMinor: Minor | undefined;
  readonly refundedMinor: Minor;
  /** Where the confirmation went, with the middle left out. */
  readonly emailHint: string;
  readonly head: TrackingHeadView;
  readonly subOrders: readonly TrackedSubOrderView[];
};

export type PassState = 'early' | 'ready' | 'collected' | 'ended';

export type PassView = {
  readonly passToken: string;
  readonly number: string;
  readonly state: PassState;
  readonly shop: TrackedShopView;
  readonly code: string;
  /** What the QR says: the pass token itself, which the counter scans. */
  readonly qrText: string;
  readonly lines: readonly TrackedLineView[];
  readonly promisedFrom: Instant;
  readonly keptUntil: Instant | undefined;
  readonly collectedAt: Instant | undefined;
  readonly bag: string | undefined;
  readonly minimumAge: number | undefined;
  readonly timeZone: string;
  readonly asOf: Instant;
};

/** A card of the counter's queue. */
export type QueueCardView = {
  readonly subOrderId: SubOrderId;
  readonly number: string;
  readonly state: SubOrderStateView;
  /** "Camille R.": enough to call somebody at the counter. */
  readonly shopperName: string;
  readonly method: MethodView;
  /** Pieces; something weighed or measured counts as one. */
  readonly articleCount: number;
  readonly pickedLines: number;
  readonly lineCount: number;
  readonly totalMinor: Minor;
  readonly currency: Currency;
  readonly offeredAt: Instant | undefined;
  readonly acceptBy: Instant | undefined;
  /** How much of the time to answer is used, 0 to 10 000; only while an answer is awaited. */
  readonly answerTimeUsedBps: number | undefined;
  readonly urgency: 'calm' | 'soon' | 'late';
  readonly promisedFrom: Instant;
  readonly promisedTo: Instant | undefined;
  readonly keptUntil: Instant | undefined;
  readonly bag: string | undefined;
  readonly minimumAge: number | undefined;
  readonly titles: readonly string[];
};

export type CounterQueueView = {
  readonly asOf: Instant;
  readonly toAccept: readonly QueueCardView[];
  readonly toPrepare: readonly QueueCardView[];
  /** Ready to be fetched, and what is on its way to the shopper. */
  readonly ready: readonly QueueCardView[];
};

export type PickLineView = TrackedLineView & {
  readonly lineId: OrderLineId;
  readonly listingId: ListingId;
  readonly shelf: string | undefined;
};

export type CounterEventView = {
  readonly event: string;
  readonly to: SubOrderStateView;
  readonly at: Instant;
  readonly by: 'shopper' | 'shop' | 'operator' | 'system';
};

export type CounterSubOrderView = QueueCardView & {
  readonly orderNumber: string;
  readonly placedAt: Instant;
  readonly lines: readonly PickLineView[];
  readonly deliveryMinor: Minor;
  readonly phone: string | undefined;
  /** Where it is brought; only for what is brought, and only while it is to be brought. */
  readonly address: string | undefined;
  readonly refusalReason: string | undefined;
  /** What may be done now: names of events of the life of a sub-order. */
  readonly allowed: readonly string[];
  readonly history: readonly CounterEventView[];
};

export type ShopTodayView = {
  readonly toAccept: number;
  readonly toPrepare: number;
  readonly ready: number;
  readonly handedOverToday: number;
  readonly ordersToday: number;
  readonly takingsTodayMinor: Minor;
  readonly refusedToday: number;
  readonly nextDueAt: Instant | undefined;
};

export type CityTodayView = {
  readonly ordersToday: number;
  readonly paidTodayMinor: Minor;
  readonly openSubOrders: number;
  readonly toAccept: number;
  readonly late: number;
  readonly refusedToday: number;
  readonly handedOverToday: number;
  readonly shopsWithOrdersToday: number;
};

export type OrderRowView = {
  readonly orderId: OrderId;
  readonly number: string;
  readonly placedAt: Instant;
  readonly paidAt: Instant | undefined;
  readonly shopperName: string;
  readonly totalMinor: Minor;
  readonly currency: Currency;
  readonly state: 'placed' | 'in-progress' | 'ready' | 'completed' | 'expired' | 'ended';
  readonly isLate: boolean;
  readonly subOrders: readonly { readonly number: string; readonly shopId: ShopId; readonly shopName: string; readonly shopSlug: string; readonly state: SubOrderStateView }[];
};

export type OrderPageView = { readonly rows: readonly OrderRowView[]; readonly page: number; readonly pageCount: number; readonly total: number };

/** One thing that happened to an order, whoever did it. */
export type TimelineEntryView = {
  readonly at: Instant;
  readonly kind: 'order' | 'sub-order' | 'payment' | 'message';
  readonly name: string;
  readonly by: string;
  /** The sub-order's number, the state it went to, the mail's title. */
  readonly about: string | undefined;
  readonly to: string | undefined;
  readonly detail: Readonly<Record<string, unknown>> | undefined;
  readonly messageId: string | undefined;
};

export type OperatorSubOrderView = {
  readonly subOrderId: SubOrderId;
  readonly number: string;
  readonly shopName: string;
  readonly shopSlug: string;
  readonly merchantName: string;
  readonly state: SubOrderStateView;
  readonly method: MethodView;
  readonly promisedFrom: Instant;
  readonly promisedTo: Instant | undefined;
  readonly acceptBy: Instant | undefined;
  readonly isLate: boolean;
  readonly refusalReason: string | undefined;
  readonly goodsMinor: Minor;
  readonly deliveryMinor: Minor;
  readonly totalMinor: Minor;
  readonly shareMinor: Minor | undefined;
  readonly capturedMinor: Minor;
  readonly refundedMinor: Minor;
  readonly commissionMinor: Minor;
  readonly lines: readonly PickLineView[];
};

/** One order in full, for the city. */
export type Order360View = {
  readonly orderId: OrderId;
  readonly orderToken: string;
  readonly number: string;
  readonly state: OrderRowView['state'];
  readonly placedAt: Instant;
  readonly paidAt: Instant | undefined;
  readonly payBy: Instant;
  readonly shopperName: string;
  readonly email: string;
  readonly phone: string | undefined;
  readonly address: string | undefined;
  readonly locale: string;
  readonly plan: string;
  readonly rescueWish: 'elsewhere' | 'ask' | 'refund';
  readonly goodsMinor: Minor;
  readonly deliveryMinor: Minor;
  readonly totalMinor: Minor;
  readonly currency: Currency;
  readonly termsVersion: string;
  readonly isReplayed: boolean;
  readonly payment:
    | {
        readonly provider: string;
        readonly reference: string | undefined;
        readonly state: string;
        readonly amountMinor: Minor;
        readonly capturedMinor: Minor;
        readonly refundedMinor: Minor;
        readonly captureBefore: Instant | undefined;
      }
    | undefined;
  readonly subOrders: readonly OperatorSubOrderView[];
  readonly timeline: readonly TimelineEntryView[];
  /** What the engine was asked and answered, as stored. */
  readonly decisions: readonly { readonly at: Instant; readonly asked: unknown; readonly answered: unknown }[];
};
