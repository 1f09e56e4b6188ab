import { Node, Pod, Taint } from '../objects';

interface Toleration {
  key?: string;
  operator?: 'Exists' | 'Equal';
  value?: string;
  effect?: string;
}

interface Requirement {
  key: string;
  operator: string;
  values?: string[];
}

interface SelectorTerm {
  matchExpressions?: Requirement[];
  matchFields?: Requirement[];
}

/** Why a node does not take a pod, in the scheduler's words; undefined: it does. */
export function misfit(node: Node, pod: Pod): string | undefined {
  const { unschedulable, taints = [] } = node.spec ?? {};
  if (!selected(node, pod)) {
    return "node(s) didn't match Pod's node affinity/selector";
  }
  if (unschedulable) {
    return 'node(s) were unschedulable';
  }
  const tolerations = (pod.spec.tolerations ?? []) as Toleration[];
  const taint = taints.find(
    each =>
      each.effect !== 'PreferNoSchedule' &&
      !tolerations.some(toleration => tolerates(toleration, each)),
  );
  return (
    taint &&
    `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`
  );
}

function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { key, operator = 'Equal', value = '', effect } = toleration;
  if (effect && effect !== taint.effect) {
    return false;
  }
  if (operator === 'Exists') {
    return key === undefined || key === '' || key === taint.key;
  }
  return key === taint.key && value === (taint.value ?? '');
}

function selected(node: Node, pod: Pod): boolean {
  const labels = node.metadata.labels ?? {};
  const { affinity, nodeSelector = {} } = pod.spec as {
    nodeSelector?: { [key: string]: string };
    affinity?: {
      nodeAffinity?: {
        requiredDuringSchedulingIgnoredDuringExecution?: {
          nodeSelectorTerms: SelectorTerm[];
        };
      };
    };
  };
  const terms =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms;
  const fields = { 'metadata.name': node.metadata.name };
  return (
    Object.entries(nodeSelector).every(
      ([key, value]) => labels[key] === value,
    ) &&
    (!terms ||
      terms.some(({ matchExpressions = [], matchFields = [] }) => {
        const all = matchExpressions.length + matchFields.length;
        return (
          all > 0 &&
          matchExpressions.every(each => meets(labels, each)) &&
          matchFields.every(each => meets(fields, each))
        );
      }))
  );
}

function meets(
  labels: { [key: string]: string },
  { key, operator, values = [] }: Requirement,
): boolean {
  const value: string | undefined = labels[key];
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
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
    default:
      return false;
  }
}
