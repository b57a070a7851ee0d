/** A merchant's days, months and years of sales, closed for good: totals, totals since the beginning, seals (ME-24). */
export { closeDuePeriods } from './close-due-periods';
export { verifyClosings, verifyDueClosings } from './check-closings';
export { listClosings } from './list-closings';
export { writeArchive } from './write-archive';
export type * from './views';
