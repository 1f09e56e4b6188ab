export * from './imageDigest';
export * from './podState';
export * from './pullFailure';
export * from './runningDigests';
export * from './workloadHealth';
