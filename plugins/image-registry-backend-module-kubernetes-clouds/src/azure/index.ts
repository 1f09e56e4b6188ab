export * from './createAzureSignIn';
