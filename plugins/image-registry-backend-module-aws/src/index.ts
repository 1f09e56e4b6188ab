/**
 * Connects Amazon ECR and ECR Public to the image registry plugin.
 *
 * @packageDocumentation
 */
export { imageRegistryModuleAws as default } from './module';
export { createEcrProvider } from './createEcrProvider';
export type { EcrProviderOptions } from './createEcrProvider';
