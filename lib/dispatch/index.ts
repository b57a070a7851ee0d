export { consumers } from './consumers';
export { prepareQueues } from './prepare-queues';
export { beat, goRound, goSlowRound } from './rounds';
export { carryOut, type RunningWorker, startWorker } from './start-worker';
