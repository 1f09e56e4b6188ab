export { createPolicies } from './createPolicies';
export type { PoliciesOptions, PoliciesRoom } from './createPolicies';
