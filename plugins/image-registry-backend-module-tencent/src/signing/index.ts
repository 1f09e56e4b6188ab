export { signTc3 } from './signTc3';
export type { ApiKey, UnsignedCall } from './signTc3';
