export * from './createPullSecrets';
