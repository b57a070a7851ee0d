export { callOffRun, type CallOffRefusal } from './call-off-run';
export { getRunSheet } from './get-run-sheet';
export { listCourierAreas } from './list-areas';
export { listRuns, listSlots } from './list-runs';
export { MOST_PARTS, planRun, type PlannedRun, type PlanRunRefusal } from './plan-run';
export * from './views';
export * from './work-run';
