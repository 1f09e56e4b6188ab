import { sameJson } from '../apply/compare';
import { Cluster } from '../cluster';
import { Deployment, PodTemplate, ReplicaSet, StringMap } from '../objects';
import { replicaSets } from '../resources/kinds';
import { DeploymentSets, maxSurge } from './deployment-status';
import {
  controlledBy,
  controllerWrite,
  ownerReference,
  templateHash,
} from './pods';

export const REVISION = 'deployment.kubernetes.io/revision';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MAXIMUM = 'deployment.kubernetes.io/max-replicas';
const HASH_LABEL = 'pod-template-hash';

/** Annotations of a Deployment that its ReplicaSets do not inherit. */
const OWN_ANNOTATIONS = [
  REVISION,
  DESIRED,
  MAXIMUM,
  'kubectl.kubernetes.io/last-applied-configuration',
];

/** The ReplicaSets of a Deployment, oldest first. */
export function findSets(
  cluster: Cluster,
  deployment: Deployment,
): DeploymentSets {
  const owned = controlledBy<ReplicaSet>(
    cluster.store,
    deployment,
    replicaSets,
  ).sort((left, right) => revisionOf(left) - revisionOf(right));
  const current = owned.find(set =>
    sameJson(withoutHash(set.spec.template), deployment.spec.template),
  );
  return { current, old: owned.filter(set => set !== current) };
}

export function revisionOf(set: ReplicaSet): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0);
}

/** The revision that the current template gets: one above all others. */
export function nextRevision(sets: DeploymentSets): number {
  return Math.max(0, ...sets.old.map(revisionOf)) + 1;
}

function withoutHash(template: PodTemplate): PodTemplate {
  const { [HASH_LABEL]: _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** Creates the ReplicaSet of the wished template. */
export function createSet(
  cluster: Cluster,
  deployment: Deployment,
  revision: number,
  replicas: number,
): ReplicaSet {
  const { template, selector, minReadySeconds } = deployment.spec;
  const hash = templateHash(template);
  const labels = { ...template.metadata?.labels, [HASH_LABEL]: hash };
  return cluster.create<ReplicaSet>(
    replicaSets,
    {
      kind: 'ReplicaSet',
      apiVersion: 'apps/v1',
      metadata: {
        name: `${deployment.metadata.name}-${hash}`,
        namespace: deployment.metadata.namespace,
        uid: '',
        resourceVersion: '',
        creationTimestamp: '',
        labels,
        annotations: {
          ...inherited(deployment),
          [REVISION]: String(revision),
          ...sizeAnnotations(deployment),
        },
        ownerReferences: [ownerReference(deployment)],
      },
      spec: {
        replicas,
        ...(minReadySeconds && { minReadySeconds }),
        selector: {
          ...selector,
          matchLabels: { ...selector.matchLabels, [HASH_LABEL]: hash },
        },
        template: { ...template, metadata: { ...template.metadata, labels } },
      },
      status: { replicas: 0 },
    },
    controllerWrite('apps/v1'),
  );
}

/** A set whose template came back gets the newest revision. */
export function renumberSet(
  cluster: Cluster,
  deployment: Deployment,
  set: ReplicaSet,
  revision: number,
): boolean {
  if (revisionOf(set) >= revision) {
    return false;
  }
  writeSet(cluster, set, {
    ...set,
    metadata: {
      ...set.metadata,
      annotations: {
        ...set.metadata.annotations,
        ...inherited(deployment),
        [REVISION]: String(revision),
        ...sizeAnnotations(deployment),
      },
    },
  });
  return true;
}

/** Gives a set another size. */
export function resizeSet(
  cluster: Cluster,
  deployment: Deployment,
  set: ReplicaSet,
  replicas: number,
): void {
  writeSet(cluster, set, {
    ...set,
    metadata: {
      ...set.metadata,
      annotations: {
        ...set.metadata.annotations,
        ...sizeAnnotations(deployment),
      },
    },
    spec: { ...set.spec, replicas },
  });
}

/** The size that the Deployment had when it last looked at this set. */
export function sizeSeen(set: ReplicaSet): number | undefined {
  const text = set.metadata.annotations?.[DESIRED];
  return text === undefined ? undefined : Number(text);
}

function writeSet(cluster: Cluster, before: ReplicaSet, after: ReplicaSet) {
  cluster.update(replicaSets, before, after, controllerWrite('apps/v1'));
}

function inherited(deployment: Deployment): StringMap {
  return Object.fromEntries(
    Object.entries(deployment.metadata.annotations ?? {}).filter(
      ([name]) => !OWN_ANNOTATIONS.includes(name),
    ),
  );
}

function sizeAnnotations(deployment: Deployment): StringMap {
  const { replicas, strategy } = deployment.spec;
  const surge = strategy.type === 'RollingUpdate' ? maxSurge(deployment) : 0;
  return { [DESIRED]: String(replicas), [MAXIMUM]: String(replicas + surge) };
}
