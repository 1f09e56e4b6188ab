export * from './imageDigest';
export * from './missingConfiguration';
export * from './podState';
export * from './pullFailure';
export * from './runningDigests';
export * from './workloadHealth';
