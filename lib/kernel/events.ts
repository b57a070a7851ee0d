import type {
  BasketId,
  CommissionRuleId,
  DisputeId,
  EventId,
  HoldId,
  ImportId,
  MerchantId,
  NetworkId,
  OrderId,
  OrderLineId,
  OfferId,
  PaymentId,
  PayoutId,
  PersonId,
  RequestId,
  RescueId,
  ReturnId,
  ShelfCheckId,
  ShopId,
  StockLocationId,
  SubOrderId,
} from './ids';
import type { Instant } from './instant';
import type { Role } from './scope';

/** Who caused something, without naming a person: the id leads there for those who may look. */
export type Actor = { readonly kind: 'shopper' | 'shop' | 'operator' | 'courier' | 'carrier' | 'system'; readonly id: string | undefined };

/**
 * Facts others may react to, by name. `facts` carries ids and states, never personal data: consumers read what they need,
 * in the scope they have.
 */
export type DomainEvent =
  | { readonly name: 'OrderPlaced'; readonly subject: OrderId; readonly facts: { readonly basketId: BasketId | undefined } }
  | { readonly name: 'OrderPaid'; readonly subject: OrderId; readonly facts: { readonly paymentId: PaymentId } }
  /** A part took another's place: received in another way, or from another shop. */
  | {
      readonly name: 'PartSwitched';
      readonly subject: SubOrderId;
      readonly facts: { readonly orderId: OrderId; readonly shopId: ShopId };
    }
  /** Everything of the order is set aside and nothing is paid before: the shops are asked. */
  | { readonly name: 'SetAsideConfirmed'; readonly subject: OrderId; readonly facts: Readonly<Record<string, never>> }
  | { readonly name: 'OrderExpired'; readonly subject: OrderId; readonly facts: Readonly<Record<string, never>> }
  | { readonly name: 'SharesMoved'; readonly subject: PaymentId; readonly facts: { readonly orderId: OrderId } }
  | { readonly name: 'PaymentReported'; readonly subject: PaymentId; readonly facts: { readonly orderId: OrderId; readonly state: string } }
  | { readonly name: 'CaptureDue'; readonly subject: PaymentId; readonly facts: { readonly orderId: OrderId } }
  | {
      readonly name: 'SubOrderChanged';
      readonly subject: SubOrderId;
      readonly facts: { readonly orderId: OrderId; readonly shopId: ShopId; readonly event: string; readonly to: string };
    }
  | {
      readonly name: 'LinePicked';
      readonly subject: OrderLineId;
      readonly facts: { readonly orderId: OrderId; readonly subOrderId: SubOrderId; readonly shopId: ShopId };
    }
  | {
      readonly name: 'ShortageDetected';
      readonly subject: OfferId;
      readonly facts: { readonly locationId: StockLocationId; readonly shopId: ShopId; readonly missing: number };
    }
  | {
      readonly name: 'StockChanged';
      readonly subject: OfferId;
      readonly facts: { readonly locationId: StockLocationId; readonly shopId: ShopId };
    }
  /** Many figures of one shop at once: one fact, not ten thousand. */
  | { readonly name: 'ShelvesChanged'; readonly subject: ShopId; readonly facts: { readonly shopId: ShopId; readonly offers: number } }
  | {
      readonly name: 'ShelfCheckAsked';
      readonly subject: ShelfCheckId;
      readonly facts: { readonly shopId: ShopId; readonly offerId: OfferId };
    }
  | {
      readonly name: 'ShelfCheckAnswered';
      readonly subject: ShelfCheckId;
      readonly facts: { readonly shopId: ShopId; readonly offerId: OfferId; readonly answer: 'found' | 'gone' | 'expired' };
    }
  | { readonly name: 'ImportConfirmed'; readonly subject: ImportId; readonly facts: { readonly shopId: ShopId } }
  | { readonly name: 'ImportUndone'; readonly subject: ImportId; readonly facts: { readonly shopId: ShopId } }
  /** A shop will not serve some units of a line. */
  | {
      readonly name: 'LineLost';
      readonly subject: OrderLineId;
      readonly facts: { readonly orderId: OrderId; readonly subOrderId: SubOrderId; readonly shopId: ShopId };
    }
  /** Units of the order look for another shop. */
  | { readonly name: 'RescueDue'; readonly subject: OrderId; readonly facts: { readonly orderId: OrderId } }
  /** A shop is asked to serve what another could not. */
  | {
      readonly name: 'RescueOffered';
      readonly subject: SubOrderId;
      readonly facts: { readonly orderId: OrderId; readonly shopId: ShopId };
    }
  /** A shop is asked to carry units to the shop of its network that promised them. `shopId` is who is asked. */
  | {
      readonly name: 'CarryAsked';
      readonly subject: SubOrderId;
      readonly facts: { readonly orderId: OrderId; readonly shopId: ShopId };
    }
  /** Another shop takes the place of one that could not serve: the shopper has a contract with it. */
  | {
      readonly name: 'RescueRouted';
      readonly subject: SubOrderId;
      readonly facts: { readonly orderId: OrderId; readonly shopId: ShopId };
    }
  | {
      readonly name: 'RescueAsked';
      readonly subject: RescueId;
      readonly facts: { readonly orderId: OrderId; readonly shopId: ShopId };
    }
  | {
      readonly name: 'RescueRefunded';
      readonly subject: RescueId;
      readonly facts: { readonly orderId: OrderId; readonly shopId: ShopId };
    }
  /** A shop is asked whether it has what somebody looks for. */
  | {
      readonly name: 'RequestAsked';
      readonly subject: RequestId;
      readonly facts: { readonly requestId: RequestId; readonly shopId: ShopId };
    }
  | {
      readonly name: 'RequestAnswered';
      readonly subject: RequestId;
      readonly facts: { readonly requestId: RequestId; readonly shopId: ShopId; readonly answer: 'offered' | 'declined' };
    }
  /** It is over: an offer was taken, or nobody needs it any more. */
  | {
      readonly name: 'RequestEnded';
      readonly subject: RequestId;
      readonly facts: { readonly requestId: RequestId; readonly state: string };
    }
  /** The carrier told something of a parcel. */
  | {
      readonly name: 'ParcelMoved';
      readonly subject: SubOrderId;
      readonly facts: { readonly orderId: OrderId; readonly shopId: ShopId; readonly code: string };
    }
  /** The usual week or single days of a shop, as they are from now on. */
  | { readonly name: 'ShopHoursChanged'; readonly subject: ShopId; readonly facts: { readonly openingHours: string } }
  | { readonly name: 'ShopSwitched'; readonly subject: ShopId; readonly facts: { readonly takesOrders: boolean } }
  | { readonly name: 'NoticeReceived'; readonly subject: string; readonly facts: Readonly<Record<string, never>> }
  /** Something happened to goods on their way back. `shopId` is the selling shop's. */
  | {
      readonly name: 'ReturnChanged';
      readonly subject: ReturnId;
      readonly facts: { readonly orderId: OrderId; readonly shopId: ShopId; readonly event: string; readonly to: string };
    }
  | { readonly name: 'WithdrawalStated'; readonly subject: EventId; readonly facts: { readonly orderId: OrderId } }
  /** The payment provider says what became of a payout of ours. */
  | {
      readonly name: 'PayoutReported';
      readonly subject: PayoutId;
      readonly facts: { readonly state: 'paid' | 'failed'; readonly reason: string | undefined };
    }
  /** A payout arrived, or came back. */
  | {
      readonly name: 'PayoutSettled';
      readonly subject: PayoutId;
      readonly facts: { readonly merchantId: MerchantId; readonly state: 'paid' | 'failed' };
    }
  /** A merchant's payouts are held, for a reason that is stated to it. */
  | { readonly name: 'PayoutsHeld'; readonly subject: HoldId; readonly facts: { readonly merchantId: MerchantId } }
  /** The provider says how a dispute stands; `subject` is its own reference, `intent` the payment's. */
  | {
      readonly name: 'DisputeReported';
      readonly subject: string;
      readonly facts: {
        readonly provider: 'demo' | 'stripe';
        readonly intent: string;
        readonly state: 'open' | 'won' | 'lost';
        readonly amountMinor: number;
        readonly feeMinor: number;
        readonly reason: string;
        readonly answerBy: Instant | undefined;
        /** Numbers of the sub-orders it names, when it names any. */
        readonly subOrders: readonly string[];
      };
    }
  /** A dispute was opened or decided, as far as one merchant is concerned. */
  | {
      readonly name: 'DisputeChanged';
      readonly subject: DisputeId;
      readonly facts: { readonly orderId: OrderId; readonly state: 'open' | 'won' | 'lost' };
    }
  /** The provider says what a merchant's account may do; `subject` is the account's reference. */
  | {
      readonly name: 'AccountReported';
      readonly subject: string;
      readonly facts: {
        readonly provider: 'demo' | 'stripe';
        readonly chargesEnabled: boolean;
        readonly payoutsEnabled: boolean;
        readonly requirements: readonly string[];
      };
    }
  /** A rate of commission is to count, or was taken back before it did: whoever it concerns is told. */
  | { readonly name: 'CommissionScheduled'; readonly subject: CommissionRuleId; readonly facts: Readonly<Record<string, never>> }
  /** Who runs the city, or what it is called, was written down anew. */
  | { readonly name: 'CityDescribed'; readonly subject: 'city'; readonly facts: { readonly fields: readonly string[] } }
  /** The city switched one of its modules; `subject` is the module's name. */
  | { readonly name: 'ModuleSwitched'; readonly subject: string; readonly facts: { readonly enabled: boolean } }
  /** Who works in a house is not the same any more: `subject` is the shop, the network, or `city`. */
  | {
      readonly name: 'TeamChanged';
      readonly subject: ShopId | NetworkId | 'city';
      readonly facts: {
        readonly shopId?: ShopId;
        readonly personId: PersonId;
        readonly change: 'added' | 'role-changed' | 'removed';
        /** The role from now on, or the last one. */
        readonly role: Role;
      };
    }
  | { readonly name: 'SignInRequested'; readonly subject: string; readonly facts: Readonly<Record<string, never>> };

export type DomainEventName = DomainEvent['name'];

/** The event of one name. */
export type EventNamed<Name extends DomainEventName> = Extract<DomainEvent, { readonly name: Name }>;
