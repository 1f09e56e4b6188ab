export { DISTRIBUTION_2_8, DISTRIBUTION_3 } from './behavior';
export type { DistributionBehavior } from './behavior';
export type {
  AccessOptions,
  RegistryUser,
  TokenAccessOptions,
} from './access/AccessControl';
export { registryFaultSchema } from './faults/RegistryFault';
export type {
  RegistryFault,
  RegistryFaultEffect,
  RegistryFaultInput,
} from './faults/RegistryFault';
export type { FaultState } from './faults/FaultInjector';
export { notificationEndpointSchema } from './notifications/NotificationEndpoint';
export type {
  NotificationEndpoint,
  NotificationEndpointInput,
  NotificationState,
} from './notifications/NotificationEndpoint';
export { pushImage } from './push/pushImage';
export type { PushedImage, PushImageOptions } from './push/pushImage';
export { SANDBOX_SIGNING_KEY } from './images/buildSignature';
export { seedImages } from './seed/seedImages';
export type { SeedTarget } from './seed/seedImages';
export type { SeedEntry } from './seed/SeedEntry';
export { startSandboxRegistry } from './SandboxRegistry';
export type {
  SandboxRegistry,
  SandboxRegistryOptions,
} from './SandboxRegistry';
export type { ImageExistence } from './resolveImage';
export {
  dockerRegistryUser,
  isDockerRegistryInstalled,
  startDockerRegistry,
} from './testing/dockerRegistry';
export type {
  DockerRegistry,
  DockerRegistrySetUp,
} from './testing/dockerRegistry';
export { startPathPrefixProxy } from './testing/pathPrefixProxy';
export type { PathPrefixProxy } from './testing/pathPrefixProxy';
