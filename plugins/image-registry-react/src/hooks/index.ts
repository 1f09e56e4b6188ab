export { useImageRegistryQuery } from './useImageRegistryQuery';
export type {
  ImageRegistryQuery,
  ImageRegistryQueryOptions,
} from './useImageRegistryQuery';
export { useImageRegistrySignals } from './useImageRegistrySignals';
export { useDebounced } from './useDebounced';
export { useLanguage } from './useLanguage';
