import { WorkloadTarget } from '@slipway/backstage-plugin-image-registry-node';
import { imageOwners } from '../apply/fieldOwners';
import { rolloutSequence } from '../apply/rolloutSequence';
import { runningDigests, workloadHealth } from '../health';
import { allContainers } from './containers';
import { managedBy } from './managedBy';
import { PodObject, WorkloadObject } from './objects';
import { templateSource } from './referenced';
import { withoutLastApplied } from './withoutLastApplied';
import { WorkloadType } from './WorkloadType';

/** One target per container and init container of a workload. */
export function toTargets(
  cluster: string,
  type: WorkloadType,
  workload: WorkloadObject,
  pods: readonly PodObject[],
): WorkloadTarget[] {
  const { metadata } = workload;
  const source = templateSource(type, workload);
  const written = source.workload.metadata;
  const manager = managedBy(written) ?? managedBy(metadata);
  const podSpec = type.podSpec(workload);
  const counts = type.counts(workload);
  const health = workloadHealth(type, workload, pods);
  return allContainers(podSpec).map(({ list, container }) => ({
    ref: {
      cluster,
      namespace: metadata.namespace,
      kind: type.kind,
      name: metadata.name,
      container: container.name,
    },
    ...(list === 'initContainers' && { init: true }),
    ...(manager && { managedBy: manager }),
    image: container.image ?? '',
    ...runningDigests(pods, container.name),
    replicas: counts.desired,
    readyReplicas: counts.ready,
    updatedReplicas: counts.updated,
    ...health,
    ...(workload.spec.paused && { paused: true }),
    owners: imageOwners(source.type, source.workload, list, container.name),
    labels: metadata.labels ?? {},
    annotations: withoutLastApplied(metadata.annotations),
    resourceVersion: written.resourceVersion,
    uid: metadata.uid,
    generation: written.generation ?? 0,
    rolloutSequence: rolloutSequence(written.annotations, container.name),
    imagePullSecrets: (podSpec?.imagePullSecrets ?? []).flatMap(({ name }) =>
      name ? [name] : [],
    ),
  }));
}
