import { PORTAL_PULL_SECRET_MANAGER } from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  EnsuredPullSecret,
  PullSecretAttachment,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { WorkloadObject } from '../workloads/objects';
import { collectionPath, workloadPath } from '../workloads/paths';
import { templateSource, withReferenced } from '../workloads/referenced';
import { workloadTypes } from '../workloads/workloadTypes';
import { ServiceAccountObject } from './readPullAccess';
import { isPullSecretName } from './secretIdentity';

/** Someone may write a service account between our read and our write. */
const ATTEMPTS = 4;

interface SecretPlace {
  namespace: string;
  name: string;
}

/**
 * Names a pull secret where pods find it, by server-side apply.
 * @throws DriverError `not-found` without that workload or service account
 */
export async function attachPullSecret(
  client: ClusterClient,
  secret: SecretPlace,
  attach: PullSecretAttachment,
  signal?: AbortSignal,
): Promise<EnsuredPullSecret['attachment']> {
  return 'workload' in attach
    ? attachToWorkload(client, secret, attach.workload, signal)
    : changeAccount(
        client,
        { namespace: secret.namespace, name: attach.serviceAccount },
        names =>
          names.includes(secret.name) ? names : [...names, secret.name],
        signal,
      );
}

/** Takes a pull secret's name from every service account of its namespace. */
export async function detachFromAccounts(
  client: ClusterClient,
  secret: SecretPlace,
  accounts: readonly ServiceAccountObject[],
  signal?: AbortSignal,
): Promise<void> {
  for (const account of accounts) {
    if (secretNames(account.imagePullSecrets).includes(secret.name)) {
      await changeAccount(
        client,
        { namespace: secret.namespace, name: account.metadata.name },
        names => names.filter(name => name !== secret.name),
        signal,
      );
    }
  }
}

function secretNames(
  references: Array<{ name?: string }> | undefined,
): string[] {
  return (references ?? []).flatMap(({ name }) => name ?? []);
}

async function attachToWorkload(
  client: ClusterClient,
  secret: SecretPlace,
  ref: Extract<PullSecretAttachment, { workload: object }>['workload'],
  signal: AbortSignal | undefined,
): Promise<EnsuredPullSecret['attachment']> {
  const read = await client.json<WorkloadObject>({
    path: workloadPath(workloadTypes[ref.kind], ref),
    signal,
  });
  const { type, workload } = templateSource(
    workloadTypes[ref.kind],
    await withReferenced(client, read, signal),
  );
  const present = secretNames(type.podSpec(workload)?.imagePullSecrets);
  if (present.includes(secret.name)) {
    return 'already-attached';
  }
  if (type.kind === 'Rollout') {
    // Lists of custom resources are replaced as a whole, with what others set.
    throw new DriverError(
      'invalid',
      'The template of a Rollout cannot share its list of pull secrets; attach the secret to its service account.',
    );
  }
  const { name, namespace, uid } = workload.metadata;
  const own = [...present.filter(isPullSecretName), secret.name];
  const podSpec = { imagePullSecrets: own.map(each => ({ name: each })) };
  await client.json({
    method: 'PATCH',
    path: workloadPath(type, workload.metadata),
    query: { fieldManager: PORTAL_PULL_SECRET_MANAGER, force: true },
    apply: {
      apiVersion: type.apiVersion,
      kind: type.kind,
      // The uid keeps the apply from making a workload that is gone.
      metadata: { name, namespace, uid },
      ...type.podSpecPath.reduceRight<object>(
        (inner, key) => ({ [key]: inner }),
        podSpec,
      ),
    },
    signal,
  });
  return 'attached';
}

/**
 * A service account's list has one owner as a whole: what others named stays
 * in it, and the version that was read guards against losing what they add.
 */
async function changeAccount(
  client: ClusterClient,
  account: { namespace: string; name: string },
  change: (names: string[]) => string[],
  signal: AbortSignal | undefined,
): Promise<EnsuredPullSecret['attachment']> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await changeAccountOnce(client, account, change, signal);
    } catch (error) {
      const stale = error instanceof DriverError && error.code === 'stale';
      if (!stale || attempt === ATTEMPTS) {
        throw error;
      }
    }
  }
}

async function changeAccountOnce(
  client: ClusterClient,
  { namespace, name }: { namespace: string; name: string },
  change: (names: string[]) => string[],
  signal: AbortSignal | undefined,
): Promise<EnsuredPullSecret['attachment']> {
  const path = `${collectionPath(
    'v1',
    'serviceaccounts',
    namespace,
  )}/${encodeURIComponent(name)}`;
  const read = await client.json<ServiceAccountObject>({ path, signal });
  const before = secretNames(read.imagePullSecrets);
  const after = change(before);
  if (after.length === before.length) {
    return 'already-attached';
  }
  const { uid, resourceVersion } = read.metadata;
  await client.json({
    method: 'PATCH',
    path,
    query: { fieldManager: PORTAL_PULL_SECRET_MANAGER, force: true },
    apply: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace, uid, resourceVersion },
      imagePullSecrets: after.map(each => ({ name: each })),
    },
    signal,
  });
  return 'attached';
}
