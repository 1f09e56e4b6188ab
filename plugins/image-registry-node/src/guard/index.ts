export * from './AddressGuard';
export type {
  Connector,
  ConnectorOptions,
  ConnectorTarget,
} from './createConnector';
