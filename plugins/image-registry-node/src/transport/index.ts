export * from './RegistryHttp';
