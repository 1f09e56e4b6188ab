import {
  fromIni,
  fromNodeProviderChain,
  fromTemporaryCredentials,
} from '@aws-sdk/credential-providers';
import { SIGN_IN_OPTION } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  RegistryConnection,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { AwsCredentialIdentityProvider } from '@smithy/types';
import { GuardedRequestHandler } from './GuardedRequestHandler';

/** Ways to sign in, the first is the default. */
export const signInMethods = [
  'keys',
  'profile',
  'ambient',
  'anonymous',
] as const;
/** {@inheritDoc signInMethods} */
export type SignIn = (typeof signInMethods)[number];

/** How CloudTrail names what is done with an assumed role. */
const SESSION_NAME = 'backstage-image-registry';

/** What an identity is made of. */
export interface IdentityParts {
  connection: RegistryConnection;
  region: string;
  fips: boolean;
  handler: GuardedRequestHandler;
  /** Whether the operator lets registries use the backend's own identity. */
  ambientIdentity: boolean;
}

/** The way that was chosen; the first when none was. */
export function signInOf(
  options: Readonly<Record<string, string | boolean>>,
): SignIn {
  const chosen = options[SIGN_IN_OPTION];
  return signInMethods.find(each => each === chosen) ?? 'keys';
}

/**
 * Who calls AWS. Roles are assumed through the registry's own transport;
 * containers, instances and files are asked by the SDK itself.
 *
 * @returns undefined for nobody
 */
export function createIdentity(
  parts: IdentityParts,
): AwsCredentialIdentityProvider | undefined {
  const { connection, fips, handler, region } = parts;
  const base = baseIdentity(parts);
  const { roleArn, externalId } = connection.options;
  if (!base || typeof roleArn !== 'string' || roleArn === '') {
    return base;
  }
  return fromTemporaryCredentials({
    masterCredentials: base,
    params: {
      RoleArn: roleArn,
      RoleSessionName: SESSION_NAME,
      ...(typeof externalId === 'string' &&
        externalId !== '' && { ExternalId: externalId }),
    },
    clientConfig: {
      region,
      useFipsEndpoint: fips,
      requestHandler: handler,
    },
  });
}

function baseIdentity({
  ambientIdentity,
  connection,
  region,
}: IdentityParts): AwsCredentialIdentityProvider | undefined {
  const signIn = signInOf(connection.options);
  switch (signIn) {
    case 'keys':
      return enteredKeys(connection);
    case 'anonymous':
      return undefined;
    default:
      if (!ambientIdentity) {
        return notOffered;
      }
      return signIn === 'profile'
        ? fromIni({
            profile: String(connection.options.profile ?? 'default'),
            clientConfig: { region },
          })
        : fromNodeProviderChain({ clientConfig: { region } });
  }
}

function enteredKeys({
  credentials = {},
}: RegistryConnection): AwsCredentialIdentityProvider | undefined {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return accessKeyId && secretAccessKey
    ? async () => ({
        accessKeyId,
        secretAccessKey,
        ...(sessionToken && { sessionToken }),
      })
    : undefined;
}

/** A registry that was made while it was. */
async function notOffered(): Promise<never> {
  throw new RegistryError(
    'forbidden',
    "Amazon ECR: the backend's own AWS identity is not offered to registries",
    {
      hint: advise(
        'aws-allow-ambient',
        'Set imageRegistry.aws.ambientIdentity to true in app-config, or sign in with an access key',
      ),
    },
  );
}
