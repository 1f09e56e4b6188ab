export { createDistributionProvider } from './createDistributionProvider';
export { distributionWebhook } from './webhook';
