export * from './audited';
export * from './cursor';
export * from './driverErrors';
export * from './futureTime';
export * from './nullCharacters';
export * from './parse';
export * from './queryTime';
export * from './registryErrors';
