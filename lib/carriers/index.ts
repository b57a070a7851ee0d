export type { Carrier, CarrierMessageRefusal, CarrierReport, ParcelWish } from './carrier';
export { currentCarrier } from './current-carrier';
export { demoCarrier, type DemoCarrierMessage, sendDemoCarrierMessage, signedDemoMessage } from './demo-carrier';
export { drawLabel } from './draw-label';
export { hearCarrier } from './hear-carrier';
export { listShipments } from './list-shipments';
export { type LabelFacts, makeShipment } from './make-shipment';
export { isSscc, sscc } from './sscc';
export * from './views';
