export * from './applyImage';
export * from './diffImage';
export * from './fieldManager';
export * from './fieldOwners';
export * from './rolloutSequence';
