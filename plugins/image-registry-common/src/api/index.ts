export * from './shared';
export * from './registries';
export * from './images';
export * from './webhooks';
export * from './targets';
export * from './policies';
export * from './rollouts';
export * from './signal';
