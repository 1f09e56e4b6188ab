export { EcrApi } from './EcrApi';
export { EcrClient } from './EcrClient';
