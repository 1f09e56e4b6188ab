import {
  KubernetesObject,
  NodeRequirement,
  PodSpec,
  Toleration,
} from '../workloads/objects';

/** A node, as far as it says which pods it takes. */
export interface NodeObject extends KubernetesObject {
  spec?: { unschedulable?: boolean; taints?: Taint[] };
  status?: {
    nodeInfo?: { architecture?: string; operatingSystem?: string };
  };
}

interface Taint {
  key: string;
  value?: string;
  effect: string;
}

/** Set by the node's own state; they come and go, the platform stays. */
const CONDITION_TAINTS = 'node.kubernetes.io/';

/**
 * Whether pods of this specification may be scheduled on a node: node
 * selector, required node affinity, taints. Room on the node does not count.
 *
 * @param everywhere - of a DaemonSet, which tolerates cordoned nodes
 */
export function nodeFits(
  node: NodeObject,
  podSpec: PodSpec,
  everywhere: boolean = false,
): boolean {
  const { unschedulable, taints = [] } = node.spec ?? {};
  return (
    (everywhere || !unschedulable) &&
    isSelected(node, podSpec) &&
    taints.every(taint => isTolerated(taint, podSpec.tolerations ?? []))
  );
}

function isTolerated(taint: Taint, tolerations: Toleration[]): boolean {
  return (
    taint.effect === 'PreferNoSchedule' ||
    taint.key.startsWith(CONDITION_TAINTS) ||
    tolerations.some(toleration => tolerates(toleration, taint))
  );
}

function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { key, operator = 'Equal', value = '', effect } = toleration;
  if (effect && effect !== taint.effect) {
    return false;
  }
  if (operator === 'Exists') {
    return !key || key === taint.key;
  }
  return key === taint.key && value === (taint.value ?? '');
}

function isSelected({ metadata }: NodeObject, podSpec: PodSpec): boolean {
  const labels = metadata.labels ?? {};
  const terms =
    podSpec.affinity?.nodeAffinity
      ?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return (
    Object.entries(podSpec.nodeSelector ?? {}).every(
      ([key, value]) => labels[key] === value,
    ) &&
    (!terms ||
      terms.some(({ matchExpressions = [], matchFields = [] }) => {
        // A term that asks for nothing selects nothing.
        const isEmpty = matchExpressions.length + matchFields.length === 0;
        const fields = { 'metadata.name': metadata.name };
        return (
          !isEmpty &&
          matchExpressions.every(each => isMet(labels, each)) &&
          matchFields.every(each => isMet(fields, each))
        );
      }))
  );
}

function isMet(
  labels: Record<string, string | undefined>,
  { key, operator, values = [] }: NodeRequirement,
): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}
