export { DriftWatch } from './DriftWatch';
export { RunningImages } from './RunningImages';
export { RevertWatch } from './RevertWatch';
