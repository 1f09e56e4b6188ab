export * from './checkQuota';
