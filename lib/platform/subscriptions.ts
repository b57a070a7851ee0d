import type { DomainEvent, DomainEventName } from '@/lib/kernel';

/**
 * Which consumers carry out which event. A name here is one job in the transaction that records the event;
 * `lib/dispatch` holds the function behind each name, and a test proves that every name has one.
 */
export const subscriptions = {
  OrderPlaced: [],
  OrderPaid: ['post-ledger', 'mail-order-confirmation', 'mail-shop-new-order', 'push-shop', 'record-shares'],
  PartSwitched: ['mail-part-switched'],
  SetAsideConfirmed: ['mail-order-confirmation', 'mail-shop-new-order', 'push-shop'],
  OrderExpired: [],
  PaymentReported: ['post-ledger', 'mail-refund'],
  SharesMoved: ['post-ledger'],
  CaptureDue: ['capture-payment'],
  SubOrderChanged: ['post-ledger', 'mail-sub-order-change', 'return-money', 'issue-invoice', 'tell-webhooks', 'tell-sources'],
  LinePicked: [],
  LineLost: ['return-money'],
  ShortageDetected: ['rescue-shortage', 'tell-webhooks'],
  StockChanged: ['tell-webhooks'],
  ShelvesChanged: ['tell-webhooks'],
  ShelfCheckAsked: ['mail-shelf-check', 'push-shop'],
  ShelfCheckAnswered: [],
  ImportConfirmed: ['apply-import'],
  ImportUndone: ['undo-import'],
  RescueDue: ['resolve-rescues'],
  RescueOffered: ['mail-shop-rescue', 'push-shop'],
  CarryAsked: ['mail-shop-carry', 'push-shop', 'tell-webhooks'],
  RescueRouted: ['mail-rescue-routed'],
  RescueAsked: ['mail-rescue-asked'],
  RescueRefunded: ['return-money', 'mail-rescue-refunded'],
  RequestAsked: ['mail-shop-request', 'push-shop'],
  RequestAnswered: ['mail-request-offer'],
  RequestEnded: ['compare-taken'],
  ShopHoursChanged: ['tell-webhooks'],
  ShopSwitched: ['rescue-closed-shop', 'tell-webhooks'],
  ParcelMoved: [],
  NoticeReceived: ['mail-notice-receipt'],
  ReturnChanged: ['settle-return', 'mail-return', 'push-shop'],
  WithdrawalStated: ['mail-withdrawal-receipt', 'open-returns'],
  PayoutReported: ['settle-payout'],
  PayoutSettled: ['mail-payout'],
  PayoutsHeld: ['mail-hold'],
  DisputeReported: ['settle-dispute'],
  DisputeChanged: ['mail-dispute'],
  AccountReported: ['report-account'],
  CommissionScheduled: ['mail-commission'],
  CityDescribed: [],
  ModuleSwitched: [],
  TeamChanged: ['mail-invitation'],
  SignInRequested: [],
} as const satisfies Record<DomainEventName, readonly string[]>;

export type ConsumerName = (typeof subscriptions)[DomainEventName][number];

const leavesTheShop = ['handed-over', 'despatched'] as const;

/**
 * Consumers that have something to do after some changes of a part only, by the state it came to. A change they would look at and leave alone
 * is no job of theirs: most changes are offers and steps of the pick, and every job is a row, a journey and a log line.
 */
const heardStates: Partial<Record<ConsumerName, readonly string[]>> = {
  /** A merchant earns the sub-order. */
  'post-ledger': ['handed-over', 'delivered'],
  /** The shares of what was paid may not be those of what is owed: an early end, pieces missing, another shop. */
  'return-money': ['accepted', 'ready', 'refused', 'unanswered', 'cancelled', 'uncollected', 'expired'],
  /** Says what was really supplied. */
  'issue-invoice': leavesTheShop,
  'tell-sources': leavesTheShop,
  'mail-sub-order-change': ['ready', 'refused', 'unanswered', 'cancelled', 'uncollected', 'handed-over', 'delivered', 'despatched'],
};

/** Consumers that serve a shop's own systems: without one that listens they have nothing to do, and most shops have none. */
export const onlyForListeners: ReadonlySet<ConsumerName> = new Set(['tell-webhooks'] as const);

/** The states of a part a consumer hears of; undefined: of all. */
export function statesHeard(consumer: ConsumerName): readonly string[] | undefined {
  return heardStates[consumer];
}

/** Whether a consumer that follows this kind of event has anything to do with this one. */
export function hears(consumer: ConsumerName, event: DomainEvent): boolean {
  return event.name !== 'SubOrderChanged' || (statesHeard(consumer)?.includes(event.facts.to) ?? true);
}
