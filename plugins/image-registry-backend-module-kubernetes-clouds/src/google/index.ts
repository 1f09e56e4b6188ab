export * from './createGoogleSignIn';
