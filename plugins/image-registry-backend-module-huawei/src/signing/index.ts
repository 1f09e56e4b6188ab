export { deriveLogin } from './deriveLogin';
export { encodeQuery, encodeRfc3986 } from './encodeQuery';
export { signSdk } from './signSdk';
export type { AccessKeys, UnsignedRequest } from './signSdk';
