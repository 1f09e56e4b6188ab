export * from './createWorkloads';
