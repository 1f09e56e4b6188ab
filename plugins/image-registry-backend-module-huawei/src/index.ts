/**
 * Adds Huawei Cloud SWR to the image registry backend.
 *
 * @packageDocumentation
 */
export { imageRegistryModuleHuawei as default } from './module';
export { createHuaweiProvider } from './createHuaweiProvider';
