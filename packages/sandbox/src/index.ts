/**
 * An OCI registry and a Kubernetes API in memory, for development and tests.
 *
 * @packageDocumentation
 */
export type {
  SandboxConfiguration,
  SandboxConfigurationInput,
} from './configuration';
export type { ControlServer } from './control/ControlServer';
export * from './kubernetes';
export * from './registry';
export { startSandbox } from './startSandbox';
export type { Sandbox } from './startSandbox';
export * from './vendors';
