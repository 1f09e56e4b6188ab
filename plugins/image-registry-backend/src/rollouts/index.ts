export { createRollouts } from './createRollouts';
export type { RolloutsOptions, RolloutsRoom } from './createRollouts';
export * from './gates';
export * from './RolloutAutomation';
export { RolloutQueue } from './RolloutQueue';
export { RolloutStore } from './RolloutStore';
export * from './StoredRollout';
