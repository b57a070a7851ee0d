export { allocate, holdForBasket, release, releaseHold, takeOverHold, type LineClaim } from './claims';
export { expireHolds } from './expire-holds';
export { fulfil } from './fulfil';
export { applyMovements, eventsOf, type LevelFigure, type Movement, type MovementReason } from './movements';
export * from './record-stock';
export { searchShopStock } from './search-shop-stock';
export type { StockAmount, StockKey } from './stock-keys';
export type { InsufficientStock, StockShortfall } from './stock-level-repository';
export type * from './views';
