export * from './databases';
export * from './readPlans';
export * from './rows';
export * from './waitFor';
