import {
  WorkloadQuery,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient, UsableCluster } from '../clusters';
import { prunePod, pruneWorkload, SharedWatch, WatchHub } from '../observe';
import {
  Found,
  KubernetesObject,
  namespacesOf,
  PodObject,
  referencedDeployment,
  selectorOf,
  toTargets,
  WorkloadObject,
  workloadTypes,
} from '../workloads';
import { isInstalled } from '../workloads/isInstalled';
import { labelTest, LabelTest } from '../workloads/matchesLabels';
import { LingeringWatches } from './LingeringWatches';

/** Pages ask every ten seconds; one that was closed is forgotten after that. */
const LINGER_MS = 60_000;

/**
 * A cluster that the portal wrote to is asked itself for so long: its watches
 * may tell of the write a moment later than its answer did.
 */
const OWN_WRITE_MS = 1_000;

/** How a {@link LiveTargets} is set. */
export interface LiveTargetsOptions {
  hub: WatchHub;
  /** How long watches go on that nobody asks about, in milliseconds. */
  lingerMs?: number;
}

/**
 * The targets of components out of watches, for pages that look again and
 * again: however many are open, a cluster has one watch for each resource of
 * workloads, and one of the pods of each namespace that is looked at.
 */
export class LiveTargets {
  private readonly watches: LingeringWatches;
  /** By cluster; milliseconds since the epoch. */
  private readonly writtenAt = new Map<string, number>();

  constructor({ hub, lingerMs = LINGER_MS }: LiveTargetsOptions) {
    this.watches = new LingeringWatches(hub, lingerMs);
  }

  /** To be called when the portal has written to a cluster. */
  noteWrite(cluster: string): void {
    this.writtenAt.set(cluster, Date.now());
  }

  /**
   * @returns undefined when the watches do not know all of it (yet): then the
   * cluster has to be asked
   */
  async find(
    { source, client }: UsableCluster,
    query: WorkloadQuery,
  ): Promise<WorkloadTarget[] | undefined> {
    const test = labelTest(selectorOf(query) ?? '');
    const wroteAgo = Date.now() - (this.writtenAt.get(client.name) ?? 0);
    if (!test || wroteAgo < OWN_WRITE_MS) {
      return undefined;
    }
    const namespaces = namespacesOf(source.namespaces, query.namespace);
    const found = await this.workloads(client, namespaces, test);
    return found && this.targets(client, found);
  }

  /** Ends all watches that nobody else looks at. */
  close(): void {
    this.watches.close();
  }

  private async workloads(
    client: ClusterClient,
    namespaces: ReadonlyArray<string | undefined>,
    test: LabelTest,
  ): Promise<Found[] | undefined> {
    const installed = await Promise.all(
      Object.values(workloadTypes).map(async type => ({
        type,
        isThere: await isInstalled(client, type),
      })),
    );
    const collections = installed
      .filter(({ isThere }) => isThere)
      .flatMap(({ type }) =>
        namespaces.map(namespace => ({
          type,
          watch: this.watches.use(client, {
            apiVersion: type.apiVersion,
            resource: type.resource,
            namespace,
            prune: pruneWorkload(type),
          }),
        })),
      );
    if (!collections.every(({ watch }) => isCurrent(watch))) {
      return undefined;
    }
    const all = collections.flatMap(({ type, watch }) =>
      [...watch.objects.values()].map(workload => ({ type, workload })),
    );
    return withReferenced(
      all.filter(({ workload }) => test(workload.metadata.labels ?? {})),
      all,
    );
  }

  private targets(
    client: ClusterClient,
    found: readonly Found[],
  ): WorkloadTarget[] | undefined {
    const pods = new Map<string, SharedWatch<PodObject>>();
    for (const { workload } of found) {
      const { namespace } = workload.metadata;
      if (!pods.has(namespace)) {
        const watch = this.watches.use(client, {
          apiVersion: 'v1',
          resource: 'pods',
          namespace,
          prune: prunePod,
        });
        pods.set(namespace, watch);
      }
    }
    if (![...pods.values()].every(isCurrent)) {
      return undefined;
    }
    return found.flatMap(({ type, workload }) => {
      const inNamespace = pods.get(workload.metadata.namespace)?.objects ?? [];
      const own = [...inNamespace.values()].filter(pod =>
        type.ownsPod(workload, pod),
      );
      return toTargets(client.name, type, workload, own);
    });
  }
}

function isCurrent<T extends KubernetesObject>({
  synced,
  trouble,
}: SharedWatch<T>): boolean {
  return synced && trouble === undefined;
}

/**
 * Rollouts with the Deployments that they have their template from; those
 * Deployments are no targets of their own.
 * @returns undefined when one of them is not there
 */
function withReferenced(
  found: readonly Found[],
  all: readonly Found[],
): Found[] | undefined {
  const taken = new Set<WorkloadObject>();
  const resolved: Found[] = [];
  for (const { type, workload } of found) {
    const name = referencedDeployment(workload);
    const referenced =
      name === undefined
        ? undefined
        : all.find(
            other =>
              other.type.kind === 'Deployment' &&
              other.workload.metadata.name === name &&
              other.workload.metadata.namespace === workload.metadata.namespace,
          )?.workload;
    if (name !== undefined && !referenced) {
      return undefined;
    }
    if (referenced) {
      taken.add(referenced);
    }
    resolved.push({
      type,
      workload: referenced ? { ...workload, referenced } : workload,
    });
  }
  return resolved.filter(({ workload }) => !taken.has(workload));
}
