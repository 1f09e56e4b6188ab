export * from './applyImage';
export * from './diffImage';
export * from './fieldOwners';
export * from './rolloutSequence';
