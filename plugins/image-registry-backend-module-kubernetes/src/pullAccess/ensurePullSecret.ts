import {
  PORTAL_PULL_SECRET_MANAGER,
  PullSecret,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  EnsuredPullSecret,
  PullSecretRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { collectionPath } from '../workloads/paths';
import { attachPullSecret } from './attachPullSecret';
import {
  PULL_SECRET_KEY,
  PULL_SECRET_TYPE,
  SecretObject,
  writeDockerConfig,
} from './dockerConfig';
import { keyFor } from './hostMatch';
import { readSecret } from './readPullAccess';
import {
  isOurs,
  pullSecretMetadata,
  pullSecretName,
  toPullSecret,
} from './secretIdentity';

/**
 * Makes a registry's pull secret of a namespace, or brings it up to date, and
 * attaches it.
 * @throws DriverError; `invalid` when the name is taken by a secret that the
 * portal did not make
 */
export async function ensurePullSecret(
  client: ClusterClient,
  request: PullSecretRequest,
  options: { signal?: AbortSignal; now?: Date } = {},
): Promise<EnsuredPullSecret> {
  const written = await writeSecret(client, request, options);
  const { name } = written.secret;
  const attachment = request.attach
    ? await attachPullSecret(
        client,
        { namespace: request.place.namespace, name },
        request.attach,
        options.signal,
      )
    : 'none';
  return { ...written, attachment };
}

async function writeSecret(
  client: ClusterClient,
  request: PullSecretRequest,
  { signal, now = new Date() }: { signal?: AbortSignal; now?: Date },
): Promise<Pick<EnsuredPullSecret, 'secret' | 'change'>> {
  const { place, registryId, host, login } = request;
  const name = pullSecretName(registryId);
  const existing = await readSecret(client, place.namespace, name, signal);
  if (existing && !(isOurs(existing) && existing.type === PULL_SECRET_TYPE)) {
    throw taken(place.namespace, name);
  }
  const data = writeDockerConfig(keyFor(host), login);
  const wanted = { registryId, host, expiresAt: login.expiresAt };
  if (existing && holds(client.name, existing, data, wanted)) {
    return {
      secret: toPullSecret(client.name, existing),
      change: 'unchanged',
    };
  }
  const secret = await apply(
    client,
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name,
        namespace: place.namespace,
        ...pullSecretMetadata({ ...wanted, writtenAt: now.toISOString() }),
      },
      type: PULL_SECRET_TYPE,
      data: { [PULL_SECRET_KEY]: data },
    },
    // A secret that someone makes meanwhile is not to be taken.
    { force: existing !== undefined, signal },
  );
  return {
    secret: toPullSecret(client.name, secret),
    change: existing ? 'updated' : 'created',
  };
}

function holds(
  cluster: string,
  existing: SecretObject,
  data: string,
  wanted: Pick<PullSecret, 'registryId' | 'host' | 'expiresAt'>,
): boolean {
  const present = toPullSecret(cluster, existing);
  return (
    existing.data?.[PULL_SECRET_KEY] === data &&
    present.registryId === wanted.registryId &&
    present.host === wanted.host &&
    present.expiresAt === wanted.expiresAt
  );
}

/** What is applied; the server adds the rest. */
interface SecretConfiguration {
  apiVersion: string;
  kind: string;
  metadata: Pick<
    SecretObject['metadata'],
    'name' | 'namespace' | 'labels' | 'annotations'
  >;
  type: string;
  data: Record<string, string>;
}

async function apply(
  client: ClusterClient,
  secret: SecretConfiguration,
  { force, signal }: { force: boolean; signal?: AbortSignal },
): Promise<SecretObject> {
  const { name, namespace } = secret.metadata;
  try {
    return await client.json<SecretObject>({
      method: 'PATCH',
      path: `${collectionPath('v1', 'secrets', namespace)}/${encodeURIComponent(
        name,
      )}`,
      query: {
        fieldManager: PORTAL_PULL_SECRET_MANAGER,
        force: force || undefined,
      },
      apply: secret,
      signal,
    });
  } catch (error) {
    if (!(error instanceof DriverError)) {
      throw error;
    }
    if (error.code === 'field-conflict') {
      throw taken(namespace, name);
    }
    throw withoutContent(error, namespace, name);
  }
}

/** What servers and proxies say of a body they refuse may quote it. */
function withoutContent(
  error: DriverError,
  namespace: string,
  name: string,
): DriverError {
  return error.code === 'invalid' || error.code === 'server-error'
    ? new DriverError(
        error.code,
        `The cluster does not take secret ${name} in namespace ${namespace}`,
        { retryAfterMs: error.retryAfterMs },
      )
    : error;
}

function taken(namespace: string, name: string): DriverError {
  return new DriverError(
    'invalid',
    `Secret ${name} in namespace ${namespace} was not made by the portal, so it is left alone; rename or delete it.`,
  );
}
