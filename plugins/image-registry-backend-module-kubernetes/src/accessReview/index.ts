export * from './reviewAccess';
