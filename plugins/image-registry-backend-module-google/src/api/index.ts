export { ArtifactRegistryApi } from './ArtifactRegistryApi';
export { GoogleApi } from './GoogleApi';
export { readTagListing, toTagItemsOfImage } from './tags';
export type { TagListing } from './tags';
export { VulnerabilityApi } from './VulnerabilityApi';
