/** Measures and their definitions: of the city, and of the installation itself. Reads across tables, writes none of theirs. */
export { checkReadiness } from './check-readiness';
export { explainRouting } from './explain-routing';
export { getLastHour } from './last-hour';
export { listShopActivity } from './list-shop-activity';
export { listParkedJobs, retryParkedJob, type RetryRefusal } from './parked-jobs';
export type * from './views';
