import { JsonObject, StringMap, Taint } from '../objects';

/** A node that differs from the default one. */
export interface SeedNode {
  /** `amd64` by default. */
  architecture?: string;
  /** `linux` by default. */
  operatingSystem?: string;
  labels?: StringMap;
  taints?: Taint[];
  /** Cordoned. */
  unschedulable?: boolean;
}

/** The nodes of a sandbox cluster: two of one kind unless told otherwise. */
export function defaultNodes(nodes: number | SeedNode[] = 2): JsonObject[] {
  const seeds =
    typeof nodes === 'number'
      ? Array.from({ length: nodes }, (): SeedNode => ({}))
      : nodes;
  return seeds.map((seed, index) => node(index + 1, seed));
}

function node(number: number, seed: SeedNode): JsonObject {
  const name = `sandbox-${number}`;
  const {
    architecture = 'amd64',
    operatingSystem = 'linux',
    labels,
    taints,
    unschedulable,
  } = seed;
  const resources = { cpu: '4', memory: '8Gi', pods: '110' };
  return {
    kind: 'Node',
    apiVersion: 'v1',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': architecture,
        'beta.kubernetes.io/os': operatingSystem,
        'kubernetes.io/arch': architecture,
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': operatingSystem,
        ...labels,
      },
    },
    spec: {
      ...(taints && { taints: taints.map(taint => ({ ...taint })) }),
      ...(unschedulable && { unschedulable }),
    },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
        },
      ],
      addresses: [
        { type: 'InternalIP', address: `10.250.1.${number}` },
        { type: 'Hostname', address: name },
      ],
      nodeInfo: {
        architecture,
        operatingSystem,
        kubeletVersion: 'v1.36.2',
        containerRuntimeVersion: 'containerd://2.1.0',
      },
    },
  };
}
