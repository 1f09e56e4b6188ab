/**
 * What tests of registry providers have in common: connections to simulated
 * vendors, and the table of bad input that every vendor must bear.
 *
 * @packageDocumentation
 */
export * from './badInput';
export { connectionTo } from './connectionTo';
export type { ConnectionToOptions, Way } from './connectionTo';
