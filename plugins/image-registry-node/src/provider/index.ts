export { advise } from './advise';
export { advice, failureFinding } from './failureFinding';
export * from './RegistryError';
export * from './RegistryProvider';
export { remedies } from './remedies';
export * from './WebhookFormat';
