export { InvalidReferenceError, InvalidRegistryAddressError } from './errors';
export { DOCKER_HUB, matchesHostPattern } from './host';
export {
  canonicalRepository,
  familiarReference,
  formatReference,
  isDigest,
  isRepository,
  isTag,
  parseReference,
} from './ImageReference';
export type { ImageReference, ParseReferenceOptions } from './ImageReference';
export { isKnownPublicHost } from './knownHosts';
export { matchesRegistry, referenceInRegistry } from './matchesRegistry';
export type { RegistryPlace } from './matchesRegistry';
export { referenceReasonCodes } from './reasons';
export type { ReferenceReasonCode } from './reasons';
export { parseRegistryAddress } from './RegistryAddress';
export type { RegistryAddress } from './RegistryAddress';
export { readFromHost } from './readFromHost';
export { suggestProvider } from './suggestProvider';
