export * from './WorkLoop';
