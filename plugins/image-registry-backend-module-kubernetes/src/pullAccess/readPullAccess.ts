import {
  PullAccess,
  PullSecretState,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  PullAccessQuery,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { KubernetesObject, PodSpec } from '../workloads/objects';
import { collectionPath } from '../workloads/paths';
import { readPodSpec } from '../workloads/readPodSpec';
import { readDockerConfig, SecretObject } from './dockerConfig';
import { keyFits } from './hostMatch';
import { pullAccessReason } from './pullAccessReason';
import { expiryOf, isOurs } from './secretIdentity';

/** A service account as the API sends it. */
export interface ServiceAccountObject extends KubernetesObject {
  imagePullSecrets?: Array<{ name?: string }>;
}

interface NamedSecret {
  name: string;
  namedBy: PullSecretState['namedBy'];
}

/**
 * Which secrets pods of a place pull with, and whether one fits the registry.
 * Pods that name secrets themselves do not get those of their service account
 * (https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/).
 *
 * @throws DriverError when the cluster or the workload cannot be read
 */
export async function readPullAccess(
  client: ClusterClient,
  { place, workload, serviceAccount, host }: PullAccessQuery,
  options: { signal?: AbortSignal; now?: Date } = {},
): Promise<PullAccess> {
  const { signal, now = new Date() } = options;
  const podSpec: PodSpec = workload
    ? await readPodSpec(client, workload, signal)
    : {};
  const account = serviceAccount ?? podSpec.serviceAccountName ?? 'default';
  const found = { host, serviceAccount: account, namespace: place.namespace };
  try {
    const named = namesIn(podSpec.imagePullSecrets, 'pod-template');
    const used =
      named.length > 0
        ? named
        : await namedByAccount(client, place.namespace, account, signal);
    const secrets = await Promise.all(
      used.map(async each =>
        stateOf(
          each,
          await readSecret(client, place.namespace, each.name, signal),
          host,
          now,
        ),
      ),
    );
    return answer(found, secrets, true);
  } catch (error) {
    if (error instanceof DriverError && error.code === 'forbidden') {
      return answer(found, [], false);
    }
    throw error;
  }
}

function answer(
  found: { host: string; serviceAccount: string; namespace: string },
  secrets: PullSecretState[],
  known: boolean,
): PullAccess {
  return {
    known,
    ok: secrets.some(({ state }) => state === 'fits'),
    host: found.host,
    serviceAccount: found.serviceAccount,
    secrets,
    reason: pullAccessReason(found, secrets, known),
  };
}

function namesIn(
  references: Array<{ name?: string }> | undefined,
  namedBy: PullSecretState['namedBy'],
): NamedSecret[] {
  return (references ?? []).flatMap(({ name }) =>
    name ? [{ name, namedBy }] : [],
  );
}

async function namedByAccount(
  client: ClusterClient,
  namespace: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<NamedSecret[]> {
  const account = await orAbsent(
    client.json<ServiceAccountObject>({
      path: `${collectionPath(
        'v1',
        'serviceaccounts',
        namespace,
      )}/${encodeURIComponent(name)}`,
      signal,
    }),
  );
  return namesIn(account?.imagePullSecrets, 'service-account');
}

/** @returns undefined when there is none */
export async function readSecret(
  client: ClusterClient,
  namespace: string,
  name: string,
  signal?: AbortSignal,
): Promise<SecretObject | undefined> {
  return orAbsent(
    client.json<SecretObject>({
      path: `${collectionPath('v1', 'secrets', namespace)}/${encodeURIComponent(
        name,
      )}`,
      signal,
    }),
  );
}

async function orAbsent<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof DriverError && error.code === 'not-found') {
      return undefined;
    }
    throw error;
  }
}

function stateOf(
  named: NamedSecret,
  secret: SecretObject | undefined,
  host: string,
  now: Date,
): PullSecretState {
  if (!secret) {
    return { ...named, state: 'missing', hosts: [], ours: false };
  }
  const entries = readDockerConfig(secret);
  const fitting = entries?.filter(({ key }) => keyFits(key, host)) ?? [];
  const expiresAt = expiryOf(secret);
  return {
    ...named,
    state: judge(),
    hosts: entries?.map(({ key }) => key) ?? [],
    ours: isOurs(secret),
    expiresAt,
  };

  function judge(): PullSecretState['state'] {
    if (!entries || (fitting.length > 0 && !fitting.some(e => e.usable))) {
      return 'malformed';
    }
    if (fitting.length === 0) {
      return 'other-host';
    }
    return expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime()
      ? 'expired'
      : 'fits';
  }
}
