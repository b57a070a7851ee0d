export {
  type AdvancingSubOrder,
  advanceSubOrder,
  type ChangedBy,
  type SubOrderChange,
  type TransitionNotAllowed,
} from './advance-sub-order';
export * from './answer-sub-order';
export * from './end-sub-order';
export { endUncollected } from './end-uncollected';
export { getCounterSubOrder } from './get-counter-sub-order';
export { getOrder360 } from './get-order-360';
export { getPickupPass } from './get-pickup-pass';
export { getTracking } from './get-tracking';
export * from './hand-over';
export { listCounterQueue } from './list-counter-queue';
export { listHandovers } from './list-handovers';
export { listShopOrders, type ShopOrdersWish } from './list-shop-orders';
export { listOrders, type OrderFilter, orderFilterInput } from './list-orders';
export { answerBy, type OfferRefusal, offerOrder } from './offer-order';
export { arrive, comeBack, leaveShop } from './on-the-road';
export { type NewOrder, type NewSubOrder, orderInserts } from './order-inserts';
export { deliveryOwed, lineOwed, lineWorth, listOwed, type OwedShare, type OwedTender, rescuePaid, servedQuantity } from './owed';
export { passTokenOf, readPassToken } from './pass-token';
export { pickupCode } from './pickup-code';
export * from './prepare-sub-order';
export { shortName } from './queue-card';
export { type RefusalReason, refusalReasons } from './record-found';
export * from './report-missing';
export { findOpenReplacement } from './replaced-parts';
export { type NewPart, replacePart, SWITCHED } from './replace-part';
export * from './rescue';
export { isDeclined, isToAnswer, type LockedSubOrder, lockAllOfOrder, lockForSystem } from './sub-order-repository';
export {
  stateWithdrawal,
  type StatedWithdrawal,
  withdrawalInput,
  type WithdrawalRefusal,
  type WithdrawalWords,
  writeWithdrawal,
} from './state-withdrawal';
export { getCityToday, getShopToday, listTakings } from './today-figures';
export type * from './views';
