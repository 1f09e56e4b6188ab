export { signAcs3 } from './signAcs3';
export type { AccessKeys, UnsignedRequest } from './signAcs3';
