export { useImageRegistryQuery } from './useImageRegistryQuery';
export type {
  ImageRegistryQuery,
  ImageRegistryQueryOptions,
} from './useImageRegistryQuery';
export { useImageRegistrySignals } from './useImageRegistrySignals';
export { useDebounced } from './useDebounced';
export { useLanguage } from './useLanguage';
export { useListing } from './useListing';
export type { ListingState } from './useListing';
export { useRegistries } from './useRegistries';
export type { Registries } from './useRegistries';
