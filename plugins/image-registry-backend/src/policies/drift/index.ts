export { DriftWatch } from './DriftWatch';
export { RunningImages } from './RunningImages';
