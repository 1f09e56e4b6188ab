export { createHarborProvider } from './createHarborProvider';
