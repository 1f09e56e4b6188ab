export * from './databases';
export * from './waitFor';
export * from './rows';
