import { PullSecret } from '@slipway/backstage-plugin-image-registry-common';
import { UsableCluster } from '../clusters';
import { listAll } from '../workloads/listAll';
import { collectionPath } from '../workloads/paths';
import { SecretObject } from './dockerConfig';
import { PULL_SECRET_SELECTOR, toPullSecret } from './secretIdentity';

/**
 * The portal's pull secrets of one cluster, or of the namespaces that it is
 * restricted to.
 * @throws DriverError
 */
export async function listPullSecrets(
  { source, client }: UsableCluster,
  signal?: AbortSignal,
): Promise<PullSecret[]> {
  const places: Array<string | undefined> = source.namespaces ?? [undefined];
  const lists = await Promise.all(
    places.map(namespace =>
      listAll<SecretObject>(client, {
        path: collectionPath('v1', 'secrets', namespace),
        query: { labelSelector: PULL_SECRET_SELECTOR },
        signal,
      }),
    ),
  );
  return lists.flatMap(({ items }) =>
    items.map(secret => toPullSecret(client.name, secret)),
  );
}
