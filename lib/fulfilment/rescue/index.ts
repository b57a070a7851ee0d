export * from './answer-rescue';
export { endOverdueRescues, serveWaiting } from './end-rescues';
export { type Resolved, resolveRescues } from './resolve-rescues';
export { mostPriceOf, rescueBudgetOf, rescueMethods, sameHourOf, shopsNear, type Told } from './rescue-limits';
export { readOptions, type RescueOption, type ServedOption } from './rescue-options';
export { type RescuePolicy, rescuePolicy } from './rescue-policy';
export { findRescue, hasRescue, type RescueRow } from './rescue-repository';
export { rescueShortage, type Shelf } from './rescue-shortage';
export { ANOTHER_WAS_FIRST } from './settle-rescues';
