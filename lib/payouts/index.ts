/** What merchants earned, on its way to their banks: transfers, payouts, and what holds them. */
export { financeRoles, holdInput, holdPayouts, type HoldRefusal, liftHold } from './hold-payouts';
export { listBalances } from './list-balances';
export { payOut } from './pay-out';
export { sendPayouts } from './send-payouts';
export { sendTransfers } from './send-transfers';
export { settlePayout } from './settle-payout';
export type * from './views';
