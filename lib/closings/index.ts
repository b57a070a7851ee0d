/** A merchant's days, months and years of sales, closed for good: totals, totals since the beginning, seals (ME-24). */
export { closeDuePeriods } from './close-due-periods';
export { findShopCheck, verifyClosings, verifyDueClosings, verifyMerchant, verifyShop } from './check-closings';
export { listArchives, listClosings, listMerchantClosings } from './list-closings';
export { writeArchive } from './write-archive';
export type * from './views';
