export * from './cursor';
export * from './parse';
