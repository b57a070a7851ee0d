/** What merchants earned, on its way to their banks: transfers, payouts, and what holds them. */
export { carryDebt, type CarryRefusal } from './carry-debt';
export { financeRoles } from './finance-roles';
export { holdInput, holdPayouts, type HoldRefusal, liftHold } from './hold-payouts';
export { getCityMoney } from './get-city-money';
export { listBalances } from './list-balances';
export { payOut } from './pay-out';
export { payCityOut, type CityPayoutRefusal } from './pay-city-out';
export { sendPayouts } from './send-payouts';
export { sendTransfers } from './send-transfers';
export { settlePayout } from './settle-payout';
export type * from './views';
