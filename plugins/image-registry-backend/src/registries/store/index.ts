export { DatabaseRegistryStore, staleVersion } from './DatabaseRegistryStore';
export * from './RegistryStore';
