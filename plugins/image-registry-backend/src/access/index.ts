export * from './Access';
export * from './entityRefs';
