import type { DomainEventName } from '@/lib/kernel';

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
  RescueRouted: ['mail-rescue-routed'],
  RescueAsked: ['mail-rescue-asked'],
  RescueRefunded: ['return-money', 'mail-rescue-refunded'],
  RequestAsked: ['mail-shop-request', 'push-shop'],
  RequestAnswered: ['mail-request-offer'],
  RequestEnded: [],
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
  SignInRequested: [],
} as const satisfies Record<DomainEventName, readonly string[]>;

export type ConsumerName = (typeof subscriptions)[DomainEventName][number];
