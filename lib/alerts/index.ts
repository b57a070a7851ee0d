export { askToBeTold, confirmAlert, getAlert, stopAlert, type AlertRefusal } from './alerts';
export { tellWaiting } from './tell-waiting';
export type { AlertView } from './views';
