import type { Currency, Instant, ListingId, Minor, OrderLineId, SubOrderId } from '@/lib/kernel';
import type { RescueView } from './rescue/rescue-views';
import type { MethodView, SubOrderStateView, TrackedLineView } from './shopper-views';

/** A card of the counter's queue. */
export type QueueCardView = {
  readonly subOrderId: SubOrderId;
  readonly number: string;
  readonly state: SubOrderStateView;
  /** "Camille R.": enough to call somebody at the counter. */
  readonly shopperName: string;
  readonly method: MethodView;
  /** To be rung on the shop's own till when it is fetched. */
  readonly isSetAside: boolean;
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
  readonly by: 'shopper' | 'shop' | 'operator' | 'courier' | 'carrier' | 'system';
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
  /** The shop of the same network that carries the units here. */
  readonly carriedFrom: string | undefined;
  /** What may be done now: names of events of the life of a sub-order. */
  readonly allowed: readonly string[];
  readonly history: readonly CounterEventView[];
  /** What became of what this shop could not serve. */
  readonly rescues: readonly RescueView[];
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

/** One sub-order of the day's takings. */
export type TakingView = { readonly subOrderId: SubOrderId; readonly number: string; readonly amountMinor: Minor };

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
