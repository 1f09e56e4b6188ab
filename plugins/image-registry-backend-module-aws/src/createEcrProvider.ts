import {
  advise,
  RegistryClient,
  RegistryConnection,
  RegistryError,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { createEcrDescriptor } from './descriptor';
import { EcrApi, EcrClient } from './ecr';
import { EcrPublicApi, EcrPublicClient } from './ecr-public';
import { parseEcrAddress, PUBLIC_REGION } from './ecrAddress';
import { createIdentity, GuardedRequestHandler } from './sdk';
import { TITLE } from './title';
import { validateEcr } from './validate';
import { ecrWebhook } from './webhook';

/** Options of {@link createEcrProvider}. */
export interface EcrProviderOptions {
  /**
   * Whether registries may use the backend's own AWS identity: its profiles,
   * environment, container or instance role. Default: false.
   */
  ambientIdentity?: boolean;
}

/** Amazon ECR: private registries, and ECR Public to pull from. */
export function createEcrProvider({
  ambientIdentity = false,
}: EcrProviderOptions = {}): RegistryProvider {
  return {
    descriptor: createEcrDescriptor({ ambientIdentity }),
    webhook: ecrWebhook,
    normalizeAddress: text => `https://${parseEcrAddress(text).host}`,
    validate: validateEcr,
    connect: connection => connect(connection, ambientIdentity),
  };
}

function connect(
  connection: RegistryConnection,
  ambientIdentity: boolean,
): RegistryClient {
  const place = parseEcrAddress(connection.address);
  const handler = new GuardedRequestHandler(connection.http, TITLE);
  const isPublic = place.kind === 'public';
  const identity = createIdentity({
    connection,
    region: isPublic ? PUBLIC_REGION : place.region,
    fips: !isPublic && place.fips,
    handler,
    ambientIdentity,
  });
  if (isPublic) {
    return new EcrPublicClient(
      connection,
      identity && new EcrPublicApi({ identity, handler }),
    );
  }
  return new EcrClient(
    connection,
    new EcrApi({ place, handler, identity: identity ?? nobody }),
  );
}

/** A private registry whose keys were not entered, or cannot be read. */
async function nobody(): Promise<never> {
  throw new RegistryError(
    'unauthenticated',
    `${TITLE}: a private registry needs an identity, and none was entered`,
    {
      hint: advise(
        'aws-enter-key',
        'Enter an Access Key ID and a Secret Access Key',
      ),
    },
  );
}
