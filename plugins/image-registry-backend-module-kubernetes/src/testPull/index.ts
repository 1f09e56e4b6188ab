export * from './sweepTestPulls';
export { testPull } from './testPull';
