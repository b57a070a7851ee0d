/** Shops' own tills and sites: connected, asked, listened to, told. */
export { addConnection, type AddConnectionRefusal } from './add-connection';
export { askDueSources, carryOutSourceJob, type SourceJob } from './ask-due-sources';
export { askNow, pauseConnection, removeConnection, resumeConnection, testConnection } from './change-connection';
export { connectorOf, connectors } from './connectors';
export { hearSource } from './hear-source';
export { listConnections, listConnectors } from './list-connections';
export { ownPictures } from './own-picture';
export { listConnectorHealth, listTroubledConnections } from './list-connector-health';
export { sourcePorts, type SourcePorts } from './ports';
export { pushStock, tellSources, type StockPushJob } from './push-stock';
export { runConnection } from './run-connection';
export { serverOf } from './server-results';
export type { Connector, Settings, SourceMessage } from './connector';
export { contractScenarios } from './views';
export type * from './views';
