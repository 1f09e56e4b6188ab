/**
 * Adds Alibaba Cloud Container Registry to the image registry backend.
 *
 * @packageDocumentation
 */
export { imageRegistryModuleAliyun as default } from './module';
export { createAlibabaProvider } from './createAlibabaProvider';
