import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { deployment } from '../workloads/deployment';
import {
  KubernetesObject,
  ReplicaSetObject,
  WorkloadObject,
} from '../workloads/objects';
import { referencedDeployment } from '../workloads/referenced';
import { WorkloadType } from '../workloads/WorkloadType';
import { prunePod, pruneReplicaSet, pruneWorkload } from './prune';
import { RolloutSnapshot } from './RolloutJudge';
import { SharedWatch } from './SharedWatch';
import { WatchHub } from './WatchHub';

/** One rollout's part of the shared watches. */
export interface RolloutView {
  /**
   * @returns undefined until the cluster has told its objects once
   * @throws DriverError `forbidden` when the workload may not be watched
   */
  snapshot(): RolloutSnapshot | undefined;
  leave(): void;
}

/** Joins the watches that a rollout of this target needs. */
export function joinRollout(
  hub: WatchHub,
  client: ClusterClient,
  type: WorkloadType,
  target: TargetRef,
  listener: () => void,
): RolloutView {
  const { namespace, name } = target;
  const { apiVersion, resource } = type;
  const workloads = hub.join(
    client,
    { apiVersion, resource, namespace, prune: pruneWorkload(type) },
    listener,
  );
  const pods = hub.join(
    client,
    { apiVersion: 'v1', resource: 'pods', namespace, prune: prunePod },
    listener,
  );
  const replicaSets =
    type.kind === 'Deployment'
      ? hub.join(
          client,
          {
            apiVersion: 'apps/v1',
            resource: 'replicasets',
            namespace,
            prune: pruneReplicaSet,
          },
          listener,
        )
      : undefined;
  const referenced =
    type.kind === 'Rollout'
      ? hub.join(
          client,
          {
            apiVersion: deployment.apiVersion,
            resource: deployment.resource,
            namespace,
            prune: pruneWorkload(deployment),
          },
          listener,
        )
      : undefined;

  return {
    snapshot() {
      requireAllowed(workloads.watch);
      const watches = [
        workloads.watch,
        pods.watch,
        replicaSets?.watch,
        referenced?.watch,
      ];
      const trouble = watches.map(outage).find(found => found !== undefined);
      if (!trouble && !watches.every(isSettled)) {
        return undefined;
      }
      const found = named(workloads.watch, name);
      const template =
        found && referenced
          ? named(referenced.watch, referencedDeployment(found))
          : undefined;
      const workload =
        found && template ? { ...found, referenced: template } : found;
      return {
        workload,
        trouble,
        pods: workload
          ? [...pods.watch.objects.values()].filter(pod =>
              type.ownsPod(workload, pod),
            )
          : [],
        replicaSets:
          replicaSets && readable<ReplicaSetObject>(replicaSets.watch),
      };
    },
    leave() {
      workloads.leave();
      pods.leave();
      replicaSets?.leave();
      referenced?.leave();
    },
  };
}

function named(
  watch: SharedWatch<WorkloadObject>,
  name: string | undefined,
): WorkloadObject | undefined {
  return [...watch.objects.values()].find(
    ({ metadata }) => metadata.name === name,
  );
}

function requireAllowed({ trouble }: { trouble?: DriverError }): void {
  if (trouble?.code === 'forbidden' || trouble?.code === 'not-found') {
    throw trouble;
  }
}

/** Pods and ReplicaSets that may not be read are done without. */
function outage(
  watch: { trouble?: DriverError } | undefined,
): DriverError | undefined {
  return watch?.trouble?.code === 'forbidden' ? undefined : watch?.trouble;
}

function isSettled(
  watch: { synced: boolean; trouble?: DriverError } | undefined,
): boolean {
  return watch === undefined || watch.synced || watch.trouble !== undefined;
}

function readable<T extends KubernetesObject>(
  watch: SharedWatch<T>,
): T[] | undefined {
  return watch.trouble ? undefined : [...watch.objects.values()];
}
