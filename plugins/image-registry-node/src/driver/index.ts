export * from './DeployDriver';
