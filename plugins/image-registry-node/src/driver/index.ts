export * from './DeployDriver';
export * from './changePreview';
export * from './rolloutEvidence';
export * from './WorkloadOperations';
