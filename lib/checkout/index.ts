export * from './addresses';
export * from './enter-checkout';
export { expireUnpaid } from './expire-unpaid';
export { getCheckout } from './get-checkout';
export { type PlacedOrder, writePartOrder } from './order-repository';
export * from './place-order';
export * from './reopen-basket';
export type { Shortfall } from './shortfalls';
export type * from './views';
