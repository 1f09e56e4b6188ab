export { createPolicies } from './createPolicies';
export type { PoliciesOptions, PoliciesRoom } from './createPolicies';
export { cleanListenerSets } from './ListenerSets';
