export * from './observeRollout';
export * from './WatchHub';
