export * from './ChaosResult';
export * from './ChaosStorm';
export * from './ChaosTarget';
export * from './Chronicle';
export * from './contradictions';
export * from './holdContradictions';
export * from './Requests';
export * from './Weather';
