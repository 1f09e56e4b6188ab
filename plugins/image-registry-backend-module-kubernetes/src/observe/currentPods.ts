import { findContainer } from '../workloads/containers';
import { isSameImage } from '../workloads/isSameImage';
import {
  PodObject,
  ReplicaSetObject,
  WorkloadObject,
} from '../workloads/objects';
import { isOfCurrentHash } from '../workloads/rollout';
import { isOwnedBy, WorkloadType } from '../workloads/WorkloadType';

const REVISION = 'deployment.kubernetes.io/revision';

/** Of a DaemonSet, and on its pods: which of its templates they are made by. */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';
const GENERATION_LABEL = 'pod-template-generation';

/** Tells whether a pod is of the newest revision of its workload. */
export type IsCurrent = (pod: PodObject) => boolean;

/**
 * How the newest revision is recognised: a Deployment by its ReplicaSet, a
 * StatefulSet by its update revision, a DaemonSet by its template's number, and
 * where none is known by the image of the container. That one may be rewritten
 * in pods as they are made.
 * @param replicaSets - absent when they may not be read
 */
export function currentPods(
  type: WorkloadType,
  workload: WorkloadObject,
  container: string,
  replicaSets: readonly ReplicaSetObject[] | undefined,
): IsCurrent {
  const { updateRevision } = workload.status ?? {};
  if (type.kind === 'StatefulSet' && updateRevision !== undefined) {
    return ({ metadata }) => {
      // The revision's whole name; some controllers label only its hash.
      const label = metadata.labels?.['controller-revision-hash'];
      return (
        label === updateRevision ||
        `${workload.metadata.name}-${label}` === updateRevision
      );
    };
  }
  if (type.kind === 'Rollout' && workload.status?.currentPodHash) {
    return pod => isOfCurrentHash(workload, pod);
  }
  const image = findContainer(type.podSpec(workload), container)?.container
    .image;
  const revision = workload.metadata.annotations?.[REVISION];
  if (type.kind === 'Deployment' && replicaSets && revision !== undefined) {
    const newest = replicaSets.find(
      candidate =>
        isOwnedBy(candidate, workload) &&
        candidate.metadata.annotations?.[REVISION] === revision &&
        findContainer(candidate.spec?.template?.spec, container)?.container
          .image === image,
    );
    return pod =>
      (pod.metadata.ownerReferences ?? []).some(
        ({ uid }) => uid === newest?.metadata.uid,
      );
  }
  const generation = workload.metadata.annotations?.[TEMPLATE_GENERATION];
  return ({ metadata, spec }) =>
    isSameImage(findContainer(spec, container)?.container.image, image) ||
    (generation !== undefined &&
      metadata.labels?.[GENERATION_LABEL] === generation);
}
