import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { deployment } from '../workloads/deployment';
import {
  KubernetesObject,
  PodObject,
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
      const beside = [pods.watch, replicaSets?.watch, referenced?.watch];
      const watches = [workloads.watch, ...beside];
      const trouble =
        workloads.watch.trouble ??
        beside.map(outage).find(found => found !== undefined);
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
          ? podsIn(pods.watch).filter(pod => type.ownsPod(workload, pod))
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

/**
 * What was watched before is waited for: an API server that has just started
 * does not know its roles and kinds yet, and forbids or denies them.
 */
function requireAllowed({
  trouble,
  synced,
}: Pick<SharedWatch<WorkloadObject>, 'trouble' | 'synced'>): void {
  if (isRefusal(trouble) && !synced) {
    throw trouble;
  }
}

function isRefusal(trouble: DriverError | undefined): boolean {
  return trouble?.code === 'forbidden' || trouble?.code === 'not-found';
}

/** Those that may not be read any more tell nothing. */
function podsIn({ trouble, objects }: SharedWatch<PodObject>): PodObject[] {
  return trouble?.code === 'forbidden' ? [] : [...objects.values()];
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
