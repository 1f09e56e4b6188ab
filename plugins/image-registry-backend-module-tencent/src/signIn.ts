import { SIGN_IN_OPTION } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryConnection } from '@slipway/backstage-plugin-image-registry-node';
import { ApiKey } from './signing';

/** Ids of the ways to sign in, as the form has them. */
export const signInMethods = {
  apiKey: 'api-key',
  password: 'password',
} as const;

type SignIn = Pick<RegistryConnection, 'credentials' | 'options'>;

/** The chosen way; where none was chosen, the one that has its credentials. */
export function signInMethodOf({ credentials, options }: SignIn): string {
  const chosen = options[SIGN_IN_OPTION];
  if (typeof chosen === 'string' && chosen !== '') {
    return chosen;
  }
  return credentials?.password && !credentials.secretId
    ? signInMethods.password
    : signInMethods.apiKey;
}

/** The API key, when it is what the registry is signed in to with. */
export function apiKeyOf(signIn: SignIn): ApiKey | undefined {
  const { secretId, secretKey } = signIn.credentials ?? {};
  return signInMethodOf(signIn) === signInMethods.apiKey &&
    secretId &&
    secretKey
    ? { secretId, secretKey }
    : undefined;
}
