import type { Currency, Instant, Interval, Minor, OrderId, SalesUnit, SubOrderId } from '@/lib/kernel';
import type { RescueView } from './rescue/rescue-views';

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
  /** `moved`: what the shop could not serve is told by its rescue. */
  readonly kind: 'refused' | 'unanswered' | 'cancelled' | 'expired' | 'uncollected' | 'less' | 'late' | 'moved' | 'switched';
  readonly at: Instant;
  readonly notTakenMinor: Minor;
};

export type TrackedLineView = {
  readonly title: string;
  readonly keyAttribute: string | undefined;
  readonly quantity: number;
  readonly pickedQuantity: number | undefined;
  /** Units the shop will not serve. */
  readonly refusedQuantity: number;
  readonly salesUnit: SalesUnit;
  readonly totalMinor: Minor;
  /** What the shopper pays for it as it stands. */
  readonly owedMinor: Minor;
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
  /** Set aside without obligation: paid in the shop. */
  readonly isSetAside: boolean;
  readonly promisedFrom: Instant;
  readonly promisedTo: Instant | undefined;
  readonly keptUntil: Instant | undefined;
  readonly isLate: boolean;
  readonly lines: readonly TrackedLineView[];
  readonly goodsMinor: Minor;
  readonly deliveryMinor: Minor;
  readonly totalMinor: Minor;
  /** The four characters said at handover: of a pickup from payment on, of what a courier brings once it is under way. */
  readonly pickupCode: string | undefined;
  /** The link of the pass, of a pickup only. */
  readonly passToken: string | undefined;
  readonly canCancel: boolean;
  /** Before the first pick: may be received in another way, or from another shop. */
  readonly canSwitch: boolean;
  readonly change: ChangeView | undefined;
};

/** The facts of the head line: "2 sur 3 prêts, le reste demain". */
export type TrackingHeadView = {
  /** `undecided`: nobody serves any of it, and what becomes of it is looked for or asked. */
  readonly state: 'unpaid' | 'waiting' | 'in-progress' | 'ready' | 'completed' | 'undecided' | 'ended' | 'expired';
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
  /** What came by bank transfer and went back without being taken. */
  readonly sentBackMinor: Minor;
  readonly paidBy: 'card' | 'bank-transfer';
  /** Where the confirmation went, with the middle left out. */
  readonly emailHint: string;
  readonly head: TrackingHeadView;
  /** What shops could not serve, and what becomes of it. */
  readonly rescues: readonly RescueView[];
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
