export type { AccessTokens, TokenScope } from './AccessTokens';
export { AmbientTokens } from './AmbientTokens';
export { createTokens, signInMethods, signInOf } from './createTokens';
export type { SignIn } from './createTokens';
export { KeyTokens } from './KeyTokens';
export { InvalidKeyError, readServiceAccountKey } from './serviceAccountKey';
export type { ServiceAccountKey } from './serviceAccountKey';
