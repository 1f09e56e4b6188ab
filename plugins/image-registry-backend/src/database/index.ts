export * from './columns';
export * from './connectionErrors';
export * from './databaseClock';
export * from './lockPurpose';
export * from './openDatabase';
