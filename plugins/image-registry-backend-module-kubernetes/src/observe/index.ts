export * from './observeRollout';
export * from './prune';
export * from './SharedWatch';
export * from './WatchHub';
