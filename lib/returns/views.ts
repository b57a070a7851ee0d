import type { Currency, Instant, Minor, OfferId, OrderId, OrderLineId, ReturnId, SalesUnit, ShopId, SubOrderId } from '@/lib/kernel';

export type ReturnCauseView = 'withdrawal' | 'defect' | 'exchange';
export type ReturnStateView = 'stated' | 'accepted' | 'sent-back' | 'received' | 'settled' | 'refused' | 'dropped';
export type RemedyView = 'refund' | 'exchange' | 'repair' | 'replacement';

/** What a tile and its words need. */
export type ReturnThingView = {
  readonly title: string;
  readonly keyAttribute: string | undefined;
  readonly salesUnit: SalesUnit;
  readonly productId: string;
  readonly family: string;
  readonly glyph: string;
};

export type ExchangeChoiceView = {
  readonly offerId: OfferId;
  readonly title: string;
  readonly label: string | undefined;
  readonly available: number;
  /** For one unit, against the one it replaces: below zero money goes back, above zero it is paid in the shop. */
  readonly differenceMinor: Minor;
};

/** One line that may come back. */
export type ReturnableLineView = ReturnThingView & {
  readonly lineId: OrderLineId;
  readonly left: number;
  readonly served: number;
  /** What all units that are left would give back. */
  readonly worthMinor: Minor;
  readonly may: { readonly withdrawal: boolean; readonly defect: boolean; readonly exchange: boolean };
  /** Why there is no right of withdrawal for a thing of this kind. */
  readonly exception: string | undefined;
  readonly exchanges: readonly ExchangeChoiceView[];
};

export type ReturnPlaceView = {
  readonly shopId: ShopId;
  readonly name: string;
  readonly street: string;
  readonly town: string;
  readonly metres: number;
  readonly isOrigin: boolean;
  readonly isOpen: boolean;
  /** When "open" or "closed" changes next. */
  readonly changesAt: Instant | undefined;
};

/** A contract from which something may come back. */
export type ReturnablePartView = {
  readonly subOrderId: SubOrderId;
  readonly number: string;
  readonly shopName: string;
  readonly shopAddress: string;
  readonly awning: number;
  /** Days `YYYY-MM-DD` on the city's calendar. */
  readonly withdrawUntil: string | undefined;
  readonly guaranteeUntil: string | undefined;
  readonly may: { readonly withdrawal: boolean; readonly defect: boolean; readonly exchange: boolean };
  readonly lines: readonly ReturnableLineView[];
  readonly places: readonly ReturnPlaceView[];
  /** Delivery that goes back with the last thing. */
  readonly deliveryMinor: Minor;
};

export type ReturnsOfOrderView = {
  readonly orderToken: string;
  readonly number: string;
  readonly currency: Currency;
  readonly parts: readonly ReturnablePartView[];
  readonly returns: readonly ReturnCardView[];
};

export type ReturnLineView = ReturnThingView & {
  readonly lineId: OrderLineId;
  readonly quantity: number;
  readonly brought: number | undefined;
  readonly good: number | undefined;
  readonly deductionMinor: Minor;
  readonly destination: 'shelf' | 'bought' | 'home' | 'aside' | undefined;
  readonly clearingMinor: Minor;
  readonly sentHomeAt: Instant | undefined;
  readonly backHomeAt: Instant | undefined;
  /** What was, or is to be, given instead. */
  readonly instead: string | undefined;
};

/** A return in a list. */
export type ReturnCardView = {
  readonly returnId: ReturnId;
  readonly number: string;
  readonly returnToken: string;
  readonly subOrderId: SubOrderId;
  readonly orderNumber: string;
  readonly cause: ReturnCauseView;
  readonly remedy: RemedyView;
  readonly state: ReturnStateView;
  readonly way: 'shop' | 'parcel';
  readonly code: string;
  readonly statedAt: Instant;
  readonly bringBy: Instant;
  readonly sentBackAt: Instant | undefined;
  readonly receivedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
  readonly originName: string;
  readonly chosenShop: string | undefined;
  readonly receivedShop: string | undefined;
  readonly question: string | undefined;
  readonly refusedReason: string | undefined;
  /** Day `YYYY-MM-DD` on which money must be given at the latest. */
  readonly refundDueOn: string | undefined;
  readonly remedyDueAt: Instant | undefined;
  readonly refundedMinor: Minor;
  readonly supplementMinor: Minor;
  readonly currency: Currency;
  readonly lines: readonly ReturnLineView[];
};

export type ReturnEventView = { readonly event: string; readonly at: Instant; readonly actor: string; readonly shop: string | undefined };

/** The pass the shopper shows, and what became of it. */
export type ReturnPassView = ReturnCardView & {
  readonly orderToken: string;
  readonly tracking: string | undefined;
  readonly reason: string | undefined;
  readonly place: ReturnPlaceView | undefined;
  readonly originAddress: string;
  readonly awning: number;
  readonly timeZone: string;
  readonly asOf: Instant;
  readonly events: readonly ReturnEventView[];
};

/** A return on a shop's counter. */
export type CounterReturnView = ReturnCardView & {
  readonly shopperName: string;
  readonly isOrigin: boolean;
  /** This counter has the goods, or may take them now. */
  readonly isHere: boolean;
  readonly reason: string | undefined;
};

/** What waits for a shop, in the order in which it should be looked at. */
export type ShopReturnsView = {
  /** The selling shop is asked, or a mend is due. */
  readonly toDecide: readonly CounterReturnView[];
  readonly toSendHome: readonly CounterReturnView[];
  readonly comingHome: readonly CounterReturnView[];
  readonly expected: readonly CounterReturnView[];
  readonly done: readonly CounterReturnView[];
};

/** Returns of an order as the city reads them. */
export type OperatorReturnView = ReturnCardView & { readonly orderId: OrderId; readonly events: readonly ReturnEventView[] };
