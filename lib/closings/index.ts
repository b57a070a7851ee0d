/** A merchant's days, months and years of sales, closed for good: totals, totals since the beginning, seals (ME-24). */
export { closeDuePeriods } from './close-due-periods';
export { listClosings, verifyClosings } from './list-closings';
export { writeArchive } from './write-archive';
export type * from './views';
