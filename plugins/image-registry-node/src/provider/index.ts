export * from './RegistryError';
export * from './RegistryProvider';
export * from './WebhookFormat';
