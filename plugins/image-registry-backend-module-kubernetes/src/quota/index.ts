export * from './checkQuota';
export * from './podDemand';
