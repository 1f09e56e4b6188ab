import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { formatLabelSelector } from './labelSelector';
import { listAll } from './listAll';
import { ReplicaSetObject, WorkloadObject } from './objects';
import { collectionPath } from './paths';
import { isOwnedBy, WorkloadType } from './WorkloadType';

const REVISIONS = [
  'deployment.kubernetes.io/revision',
  'rollout.argoproj.io/revision',
];

/** @returns undefined where there are none or they may not be read */
export async function replicaSetsOf(
  client: ClusterClient,
  type: WorkloadType,
  workload: WorkloadObject,
  signal?: AbortSignal,
): Promise<ReplicaSetObject[] | undefined> {
  if (type.kind !== 'Deployment' && type.kind !== 'Rollout') {
    return undefined;
  }
  const selector = workload.spec.selector ?? workload.referenced?.spec.selector;
  try {
    const { items } = await listAll<ReplicaSetObject>(client, {
      path: collectionPath(
        'apps/v1',
        'replicasets',
        workload.metadata.namespace,
      ),
      query: { labelSelector: formatLabelSelector(selector) || undefined },
      signal,
    });
    return items.filter(set => isOwnedBy(set, workload));
  } catch (error) {
    if (error instanceof DriverError && error.code === 'forbidden') {
      return undefined;
    }
    throw error;
  }
}

/** The ReplicaSet of the newest revision. */
export function newestReplicaSet(
  workload: WorkloadObject,
  replicaSets: readonly ReplicaSetObject[],
): ReplicaSetObject | undefined {
  return replicaSets
    .filter(set => isOwnedBy(set, workload))
    .reduce<ReplicaSetObject | undefined>(
      (newest, set) =>
        newest === undefined || revisionOf(set) > revisionOf(newest)
          ? set
          : newest,
      undefined,
    );
}

function revisionOf({ metadata }: ReplicaSetObject): number {
  const texts = REVISIONS.map(name => metadata.annotations?.[name]);
  return Number(texts.find(text => text !== undefined) ?? 0);
}
