export * from './Cleaner';
export * from './Retention';
export * from './scheduleCleaner';
