export type { Addressee, Carrier, CarrierMessageRefusal, CarrierReport, ParcelWish, SignedHeaders } from './carrier';
export { currentCarrier } from './current-carrier';
export { demoCarrier, type DemoCarrierMessage, sendDemoCarrierMessage, signedDemoMessage } from './demo-carrier';
export { drawLabel, type LabelWords } from './draw-label';
export { hearCarrier, type HeardCarrier } from './hear-carrier';
export { listShipments } from './list-shipments';
export { type LabelFacts, makeShipment, type ShipmentRefusal } from './make-shipment';
export { isSscc, sscc } from './sscc';
export * from './views';
