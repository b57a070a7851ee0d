export { type DemoTransferKind, demoTransferKinds } from './demo-transfers';
export { type DemoCardBehaviour, demoCards } from './demo-cards';
