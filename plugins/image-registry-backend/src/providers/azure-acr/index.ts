export { createAzureAcrProvider } from './createAzureAcrProvider';
