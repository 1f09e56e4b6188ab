export { createQuayProvider } from './createQuayProvider';
