export * from './columns';
export * from './databaseClock';
export * from './lockPurpose';
export * from './openDatabase';
