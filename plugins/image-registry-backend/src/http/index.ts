export * from './audited';
export * from './cursor';
export * from './driverErrors';
export * from './parse';
export * from './registryErrors';
