export { DatabaseRegistryStore } from './DatabaseRegistryStore';
export * from './RegistryStore';
