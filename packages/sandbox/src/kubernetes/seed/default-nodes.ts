import { JsonObject } from '../objects';

/** The nodes of a sandbox cluster: two of one kind. */
export function defaultNodes(count = 2): JsonObject[] {
  return Array.from({ length: count }, (_, index) => node(index + 1));
}

function node(number: number): JsonObject {
  const name = `sandbox-${number}`;
  const resources = { cpu: '4', memory: '8Gi', pods: '110' };
  return {
    kind: 'Node',
    apiVersion: 'v1',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
      },
    },
    spec: {},
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
        architecture: 'amd64',
        operatingSystem: 'linux',
        kubeletVersion: 'v1.36.2',
        containerRuntimeVersion: 'containerd://2.1.0',
      },
    },
  };
}
