export { AuthorizedRegistries } from './AuthorizedRegistries';
export type { RegistryPermission } from './AuthorizedRegistries';
export { createRegistries } from './createRegistries';
export type { Registries, RegistriesOptions } from './createRegistries';
export { isGrantedToAll } from './grants';
export { readOutgoing } from './outgoing';
export type { Outgoing } from './outgoing';
export {
  createImageRegistryConditionalDecision,
  imageRegistryConditions,
  registryResourceRef,
  registryResourceType,
} from './permissions';
export { PullLoginRefusedError } from './pullLogin';
export type { PullLogin } from './pullLogin';
export * from './RegistryService';
export { createRegistriesRouter } from './router';
export type { RegistriesRouterOptions } from './router';
export { LockedSecretError } from './vault';
export type { SealedSecret, SecretPlace, Vault } from './vault';
