export { advise } from './advise';
export { because } from './because';
export { advice, failureFinding } from './failureFinding';
export * from './RegistryError';
export * from './RegistryProvider';
export { refusal } from './refusal';
export { remedies } from './remedies';
export * from './WebhookFormat';
