export { type AdvancingSubOrder, advanceSubOrder, type ChangedBy, type SubOrderChange, type TransitionNotAllowed } from './advance-sub-order';
export * from './answer-sub-order';
export * from './end-sub-order';
export * from './hand-over';
export { type OfferRefusal, offerOrder } from './offer-order';
export { lineOwed, listOwed, type OwedShare } from './owed';
export { passTokenOf, readPassToken } from './pass-token';
export * from './prepare-sub-order';
export type * from './views';
