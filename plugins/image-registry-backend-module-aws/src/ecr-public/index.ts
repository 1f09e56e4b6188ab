export { EcrPublicApi } from './EcrPublicApi';
export { EcrPublicClient } from './EcrPublicClient';
