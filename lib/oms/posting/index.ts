/** Every movement of money as a transaction that sums to zero: `posting.earned(…)`, `posting.refundSent(…)`. Pure, like the engine. */
export * from './accounts';
export * from './earning';
export * from './payment';
export * from './payout';
export * from './refund';
