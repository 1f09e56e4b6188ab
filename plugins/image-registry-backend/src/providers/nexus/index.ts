export { createNexusProvider } from './createNexusProvider';
