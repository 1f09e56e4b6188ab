export * from './createAwsSignIn';
