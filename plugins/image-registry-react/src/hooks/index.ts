export { useImageRegistryQuery } from './useImageRegistryQuery';
export type {
  ImageRegistryQuery,
  ImageRegistryQueryOptions,
} from './useImageRegistryQuery';
export { useImageRegistrySignals } from './useImageRegistrySignals';
