import { Cluster } from '../cluster';
import { ArgoRollout, PodTemplate, ReplicaSet } from '../objects';
import { replicaSets } from '../resources/kinds';
import { controllerWrite, ownerReference } from './pods';

/** Label by which ReplicaSets and pods of a Rollout are told apart. */
export const HASH_LABEL = 'rollouts-pod-template-hash';
const REVISION = 'rollout.argoproj.io/revision';

/** What one look at a Rollout starts from. */
export interface SeenRollout {
  rollout: ArgoRollout;
  template: PodTemplate;
  hash: string;
  current: ReplicaSet;
  old: ReplicaSet[];
}

/** Makes the ReplicaSet of a template, without pods at first. */
export function createSet(
  cluster: Cluster,
  rollout: ArgoRollout,
  template: PodTemplate,
  hash: string,
  revision: number,
): ReplicaSet {
  const labels = { ...template.metadata?.labels, [HASH_LABEL]: hash };
  return cluster.create<ReplicaSet>(
    replicaSets,
    {
      kind: 'ReplicaSet',
      apiVersion: 'apps/v1',
      metadata: {
        name: `${rollout.metadata.name}-${hash}`,
        namespace: rollout.metadata.namespace,
        uid: '',
        resourceVersion: '',
        creationTimestamp: '',
        labels,
        annotations: { [REVISION]: String(revision) },
        ownerReferences: [ownerReference(rollout)],
      },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { ...template, metadata: { ...template.metadata, labels } },
      },
      status: { replicas: 0 },
    },
    controllerWrite('apps/v1'),
  );
}

/** Pods of the new version that the present step asks for. */
export function wantedNew({ rollout, hash }: SeenRollout): number {
  const replicas = rollout.spec.replicas ?? 1;
  const { stableRS } = rollout.status;
  const steps = rollout.spec.strategy?.canary?.steps ?? [];
  const index = stepOf(rollout, hash);
  const isCanary =
    stableRS !== undefined && stableRS !== hash && index < steps.length;
  if (!isCanary) {
    return replicas;
  }
  const weight = steps
    .slice(0, index + 1)
    .reduce((last, step) => step.setWeight ?? last, 0);
  return Math.ceil((replicas * weight) / 100);
}

/** A new template begins with the first step. */
function stepOf({ status }: ArgoRollout, hash: string): number {
  return status.currentPodHash === hash ? status.currentStepIndex ?? 0 : 0;
}

/** A weight is reached, or a pause is over. */
export function nextStep(
  { rollout, hash }: SeenRollout,
  available: number,
): number {
  const steps = rollout.spec.strategy?.canary?.steps ?? [];
  const index = stepOf(rollout, hash);
  const step = steps[index];
  const replicas = rollout.spec.replicas ?? 1;
  const reached =
    step?.setWeight !== undefined &&
    available >= Math.ceil((replicas * step.setWeight) / 100);
  return reached ? index + 1 : index;
}

/** Pods that some sets ask for together. */
export function sizeOf(sets: ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + set.spec.replicas, 0);
}
