export * from './RegistryHttp';
export * from './createRegistryHttp';
export { RegistryTraffic } from './RegistryTraffic';
export { parseRetryAfter } from './backoff';
export type { Patience } from './backoff';
export type { HttpTimeouts } from './exchange';
export { reportedErrors, statusError, withoutSecrets } from './statusError';
export type { FailedAnswer, ReportedError } from './statusError';
export { createRegistryConnector } from './createRegistryConnector';
export type { RegistryConnectorOptions } from './createRegistryConnector';
export {
  isProxied,
  outgoingProxyConfigKeys,
  parseProxyUrl,
  readOutgoingProxy,
} from './OutgoingProxy';
export type { OutgoingProxy } from './OutgoingProxy';
export { networkError } from './networkError';
export type { FailureContext } from './networkError';
export { secretsOf } from './secretsOf';
