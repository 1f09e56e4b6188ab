/**
 * What tests of registry providers have in common: connections to simulated
 * vendors, the table of bad input that every vendor must bear, and the webhook
 * calls of all vendors.
 *
 * @packageDocumentation
 */
export * from './badInput';
export { collectProviders } from './collectProviders';
export { connectionTo } from './connectionTo';
export type { ConnectionToOptions, Way } from './connectionTo';
export { describeDescriptor } from './describeDescriptor';
export * from './webhookPayloads';
export { webhookRequest } from './webhookRequest';
