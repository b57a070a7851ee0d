export { listSwitches } from './list-switches';
export * from './switch-part';
export type * from './views';
