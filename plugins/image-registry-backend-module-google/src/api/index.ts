export { ArtifactRegistryApi } from './ArtifactRegistryApi';
export type { GooglePage } from './ArtifactRegistryApi';
export { GoogleApi } from './GoogleApi';
export { PubSubApi } from './PubSubApi';
export { decoded, readTagListing, toTagItemsOfImage } from './tags';
export type { TagListing } from './tags';
export { VulnerabilityApi } from './VulnerabilityApi';
