export * from './changeSettings';
export * from './readSettings';
