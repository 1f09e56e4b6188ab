export { createJFrogProvider } from './createJFrogProvider';
