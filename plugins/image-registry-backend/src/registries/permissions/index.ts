export * from './registryResource';
