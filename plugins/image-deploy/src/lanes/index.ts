export { needsConsent, otherOwners } from './fieldOwners';
export { groupLanes } from './groupLanes';
export type { Lane } from './groupLanes';
export { HoldDialog } from './HoldDialog';
export { Lanes } from './Lanes';
export { canReturn, lastReturn } from './lastReturn';
export { UnknownClusters } from './UnknownClusters';
