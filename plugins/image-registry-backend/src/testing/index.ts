export * from './databases';
export * from './rows';
export * from './waitFor';
