export * from './columns';
export * from './databaseClock';
export * from './openDatabase';
