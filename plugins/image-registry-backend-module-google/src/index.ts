/**
 * Connects Google Artifact Registry to the image registry plugin.
 *
 * @packageDocumentation
 */
export { imageRegistryModuleGoogle as default } from './module';
export { createArtifactRegistryProvider } from './createArtifactRegistryProvider';
export type { ArtifactRegistryProviderOptions } from './createArtifactRegistryProvider';
