export { createGhcrProvider } from './createGhcrProvider';
