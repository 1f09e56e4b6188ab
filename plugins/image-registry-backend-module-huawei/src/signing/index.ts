export { deriveLogin } from './deriveLogin';
export { signSdk } from './signSdk';
export type { AccessKeys, UnsignedRequest } from './signSdk';
