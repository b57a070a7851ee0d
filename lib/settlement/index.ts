export { checkLedger, type LedgerFault } from './check-ledger';
export { getStatement } from './get-statement';
export { lastCutOff, nextCutOff, payOut } from './pay-out';
export { postOrder } from './post-order';
export { postReturn } from './post-return';
export { settleVouchers } from './settle-vouchers';
export type * from './views';
