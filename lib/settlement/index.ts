export { checkLedger, type LedgerFault } from './check-ledger';
export { lastCutOff, nextCutOff } from './cut-off';
export { getStatement } from './get-statement';
export { insertTransactions, type LedgerDraft, listUnpaid } from './ledger-repository';
export { postOrder } from './post-order';
export { postReturn } from './post-return';
export { settleVouchers } from './settle-vouchers';
export { listVoucherSettlements } from './list-voucher-settlements';
export type * from './views';
