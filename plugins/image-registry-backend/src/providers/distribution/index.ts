export { createDistributionProvider } from './createDistributionProvider';
