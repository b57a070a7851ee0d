export type { DemoCardBehaviour } from './demo-cards';
export { demoTransferKinds } from './demo-transfers';
