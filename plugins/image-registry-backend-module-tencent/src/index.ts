/**
 * Adds Tencent Container Registry to the image registry backend.
 *
 * @packageDocumentation
 */
export { imageRegistryModuleTencent as default } from './module';
export { createTencentProvider } from './createTencentProvider';
