export { faultPattern, faultReach, reaches } from './faultReach';
export { FaultSwitches } from './FaultSwitches';
export type { FaultState, SwitchedFault } from './FaultSwitches';
