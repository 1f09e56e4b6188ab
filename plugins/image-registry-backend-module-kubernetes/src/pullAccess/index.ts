export * from './ensurePullSecret';
export * from './listPullSecrets';
export * from './readPullAccess';
export * from './removePullSecret';
