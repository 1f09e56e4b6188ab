export * from './createWorkload';
