import {
  NodePlatforms,
  Platform,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  SchedulingQuery,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { listAll } from '../workloads/listAll';
import { PodSpec } from '../workloads/objects';
import { readPodSpec } from '../workloads/readPodSpec';
import { NodeObject, nodeFits } from './nodeFits';

/**
 * Platforms of the nodes that pods may run on.
 * @throws DriverError when the cluster or the workload cannot be read; nodes
 * that may not be read are an answer
 */
export async function readNodePlatforms(
  client: ClusterClient,
  { workload }: SchedulingQuery,
  signal?: AbortSignal,
): Promise<NodePlatforms> {
  const podSpec: PodSpec = workload
    ? await readPodSpec(client, workload, signal)
    : {};
  const nodes = await listNodes(client, signal);
  if (!Array.isArray(nodes)) {
    return nodes;
  }
  const fitting = nodes.filter(node =>
    nodeFits(node, podSpec, workload?.kind === 'DaemonSet'),
  );
  return {
    known: true,
    platforms: distinctPlatforms(fitting),
    fitting: fitting.length,
    total: nodes.length,
    ...(fitting.length === 0 && {
      reason: {
        code: 'no-fitting-node',
        message: `None of the ${nodes.length} nodes takes these pods: their node selector, affinity and tolerations fit no node`,
        params: { total: String(nodes.length) },
      },
    }),
  };
}

async function listNodes(
  client: ClusterClient,
  signal: AbortSignal | undefined,
): Promise<NodeObject[] | NodePlatforms> {
  try {
    const { items } = await listAll<NodeObject>(client, {
      path: '/api/v1/nodes',
      signal,
    });
    return items;
  } catch (error) {
    if (!(error instanceof DriverError) || error.code !== 'forbidden') {
      throw error;
    }
    return {
      known: false,
      platforms: [],
      fitting: 0,
      total: 0,
      reason: {
        code: 'nodes-unreadable',
        message: `The portal may not list the nodes of ${client.name}, so their platforms are not known`,
        params: { cluster: client.name },
      },
    };
  }
}

function distinctPlatforms(nodes: NodeObject[]): Platform[] {
  const platforms = new Map<string, Platform>();
  for (const { status, metadata } of nodes) {
    const labels = metadata.labels ?? {};
    const os = status?.nodeInfo?.operatingSystem ?? labels['kubernetes.io/os'];
    const architecture =
      status?.nodeInfo?.architecture ?? labels['kubernetes.io/arch'];
    if (os && architecture) {
      platforms.set(`${os}/${architecture}`, { os, architecture });
    }
  }
  return [...platforms.values()];
}
