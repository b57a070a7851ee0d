/** Goods on their way back: withdrawal, defect, exchange; taken in by any shop that takes returns; money by rule. */
export * from './decide-return';
export { getReturnContract, getReturnPass, getReturnsOfOrder, listOrderReturns, listReturnsOf } from './get-returns';
export * from './inspect-return';
export { getCounterReturn, listShopReturns } from './list-shop-returns';
export { dropReturn, moveHome, noteSentBack, type ReturnNotFound, type ShopperMoveRefusal } from './move-goods';
export { openStatedReturns } from './open-stated-returns';
export { dropForgottenReturns, remindOfReturns, settleDueReturns } from './return-rounds';
export { readReturnToken, returnTokenOf } from './return-token';
export {
  defectRemedies,
  reasonText,
  startReturn,
  type StartedReturn,
  type StartRefusal,
  type StartReturn,
  startableCauses,
} from './start-return';
export type { Settled } from './settle-return';
export type * from './views';
