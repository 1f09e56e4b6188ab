export { HealthStore } from './HealthStore';
export { HealthWatch } from './HealthWatch';
export type { Followed, Followship } from './HealthWatch';
export type { HealthVerdict } from './judgeHealth';
