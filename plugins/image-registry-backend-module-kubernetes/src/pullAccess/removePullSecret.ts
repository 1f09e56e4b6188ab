import {
  DriverError,
  PullSecretName,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { listAll } from '../workloads/listAll';
import { collectionPath } from '../workloads/paths';
import { detachFromAccounts } from './attachPullSecret';
import { readSecret, ServiceAccountObject } from './readPullAccess';
import { isOurs, pullSecretName } from './secretIdentity';

/**
 * Removes a registry's pull secret of a namespace and its name from service
 * accounts. What is gone already, or is not the portal's, is left as it is.
 */
export async function removePullSecret(
  client: ClusterClient,
  { namespace, registryId }: PullSecretName,
  signal?: AbortSignal,
): Promise<void> {
  const name = pullSecretName(registryId);
  const existing = await readSecret(client, namespace, name, signal);
  if (existing && !isOurs(existing)) {
    return;
  }
  const { items } = await listAll<ServiceAccountObject>(client, {
    path: collectionPath('v1', 'serviceaccounts', namespace),
    signal,
  });
  await detachFromAccounts(client, { namespace, name }, items, signal);
  if (existing) {
    await deleteSecret(client, namespace, existing.metadata, signal);
  }
}

async function deleteSecret(
  client: ClusterClient,
  namespace: string,
  { name, uid }: { name: string; uid: string },
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await client.text({
      method: 'DELETE',
      path: `${collectionPath('v1', 'secrets', namespace)}/${encodeURIComponent(
        name,
      )}`,
      // Only the one that was looked at.
      content: { preconditions: { uid } },
      signal,
    });
  } catch (error) {
    if (!(error instanceof DriverError) || error.code !== 'not-found') {
      throw error;
    }
  }
}
