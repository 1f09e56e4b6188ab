export { ImageRegistryPage } from './ImageRegistryPage';
export { useQueryParameters } from './useQueryParameters';
