import { SIGN_IN_OPTION } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  RegistryConnection,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { TITLE } from '../title';
import { AccessTokens } from './AccessTokens';
import { AmbientTokens } from './AmbientTokens';
import { KeyTokens } from './KeyTokens';
import { readServiceAccountKey } from './serviceAccountKey';

/** Ways to sign in, the first is the default. */
export const signInMethods = ['key', 'ambient', 'anonymous'] as const;
/** {@inheritDoc signInMethods} */
export type SignIn = (typeof signInMethods)[number];

/** The way that was chosen; the first when none was. */
export function signInOf(
  options: Readonly<Record<string, string | boolean>>,
): SignIn {
  const chosen = options[SIGN_IN_OPTION];
  return signInMethods.find(each => each === chosen) ?? 'key';
}

function failing(error: RegistryError): AccessTokens {
  const fail = async () => {
    throw error;
  };
  return { fetch: fail, project: fail };
}

/** A registry that was made while it was. */
const notOffered = failing(
  new RegistryError(
    'forbidden',
    `${TITLE}: the backend's own Google identity is not offered to registries`,
    {
      hint: advise(
        'google-allow-ambient',
        'Set imageRegistry.google.ambientIdentity to true in app-config, or sign in with a service account key',
      ),
    },
  ),
);

/**
 * Who signs in.
 * @param ambientIdentity - whether the backend's own identity is offered
 * @returns undefined for nobody
 */
export function createTokens(
  connection: RegistryConnection,
  ambientIdentity: boolean,
): AccessTokens | undefined {
  const { serviceAccountKey } = connection.credentials ?? {};
  switch (signInOf(connection.options)) {
    case 'ambient':
      return ambientIdentity ? new AmbientTokens() : notOffered;
    case 'key':
      return serviceAccountKey
        ? tokensOfKey(connection, serviceAccountKey)
        : undefined;
    default:
      return undefined;
  }
}

function tokensOfKey(
  connection: RegistryConnection,
  text: string,
): AccessTokens {
  try {
    return new KeyTokens(connection.http, readServiceAccountKey(text));
  } catch (error) {
    return failing(
      new RegistryError(
        'unauthenticated',
        `${TITLE}: could not sign in: the service account key ${
          (error as Error).message
        }`,
        {
          hint: advise(
            'google-whole-key',
            'Enter the whole JSON file of the key, or its base64',
          ),
        },
      ),
    );
  }
}
