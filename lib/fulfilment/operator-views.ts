import type { Currency, Instant, Minor, OrderId, ShopId, SubOrderId } from '@/lib/kernel';
import type { PickLineView } from './counter-views';
import type { MethodView, SubOrderStateView } from './shopper-views';

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
  readonly subOrders: readonly {
    readonly number: string;
    readonly shopId: ShopId;
    readonly shopName: string;
    readonly shopSlug: string;
    readonly state: SubOrderStateView;
  }[];
};

export type OrderPageView = {
  readonly rows: readonly OrderRowView[];
  readonly page: number;
  readonly pageCount: number;
  readonly total: number;
};

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

/** Goods changed hands: who gave them, and how whoever took them showed that they were theirs. Names are there for who settles disputes. */
export type HandoverView = {
  readonly kind: 'at-the-counter' | 'at-the-door';
  readonly subOrderId: SubOrderId;
  readonly at: Instant;
  readonly by: 'shopper' | 'shop' | 'operator' | 'courier' | 'carrier' | 'system';
  readonly byName: string | undefined;
  /** The code shown as a picture, its four characters said, or a name. */
  readonly proof: 'pass' | 'code' | 'name' | undefined;
  readonly receivedBy: string | undefined;
  /** Somebody looked at the identity card: for this age. */
  readonly ageChecked: number | undefined;
};

/** A courier stood before a door and nobody took it. */
export type AbsenceView = {
  readonly kind: 'absent';
  readonly subOrderId: SubOrderId;
  readonly at: Instant;
  readonly byName: string | undefined;
  readonly reason: 'nobody' | 'refused' | 'no-access';
  /** It was brought back to the shop. */
  readonly isBack: boolean;
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
        /** Of a bank transfer: all that came, and of it what was sent back untaken. */
        readonly arrivedMinor: Minor;
        readonly sentBackMinor: Minor;
        readonly method: 'card' | 'bank-transfer';
        readonly captureBefore: Instant | undefined;
      }
    | undefined;
  readonly subOrders: readonly OperatorSubOrderView[];
  readonly timeline: readonly TimelineEntryView[];
  /** What the engine was asked and answered, as stored. */
  readonly decisions: readonly { readonly at: Instant; readonly asked: unknown; readonly answered: unknown }[];
};
