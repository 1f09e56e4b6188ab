export { callAws } from './callAws';
export type { AwsApiCall } from './callAws';
export { GuardedRequestHandler } from './GuardedRequestHandler';
export { createIdentity, signInMethods, signInOf } from './identity';
export type { SignIn } from './identity';
