export { LiveTargets } from './LiveTargets';
export type { LiveTargetsOptions } from './LiveTargets';
