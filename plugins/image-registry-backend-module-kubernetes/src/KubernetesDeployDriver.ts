import {
  Cluster,
  Pod,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  AppliedChange,
  DeployDriver,
  DriverError,
  ImageChange,
  ImageChangeDiff,
  OperatedWorkload,
  RolloutEvidence,
  RolloutObservation,
  RolloutWatch,
  WorkloadEvent,
  WorkloadListing,
  WorkloadQuery,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';
import { applyImage, diffImage } from './apply';
import { Clusters, ClusterSource, UsableCluster } from './clusters';
import { workloadEvents } from './events/workloadEvents';
import { gatherEvidence } from './evidence/gatherEvidence';
import { KubernetesPlaces } from './KubernetesPlaces';
import { LiveTargets } from './live';
import { observeRollout, WatchHub } from './observe';
import {
  Operation,
  operateWorkload,
  restart,
  scale,
  start,
  stop,
  workloadManifest,
} from './operations';
import { describePods } from './pods/describePods';
import { readLog } from './pods/readLog';
import { findTargets, podsOf, readWorkload, toTargets } from './workloads';

/** What the driver is made of. */
export interface KubernetesDeployDriverOptions {
  sources: readonly ClusterSource[];
  /** For so many milliseconds all pods must stay well before success. */
  settleMs: number;
}

/** A cluster that does not tell within this time is done without, in ms. */
const EVIDENCE_DEADLINE_MS = 10_000;

type CallOptions = { signal?: AbortSignal };

/** What one listing got of a cluster. */
interface ListedCluster {
  name: string;
  targets: WorkloadTarget[];
  standing: Pick<Cluster, 'reachable' | 'message' | 'because'>;
}

/** Deploys images to Kubernetes by server-side apply. */
export class KubernetesDeployDriver
  extends KubernetesPlaces
  implements DeployDriver
{
  readonly id = 'kubernetes';
  private readonly settleMs: number;
  private readonly hub = new WatchHub();
  private readonly live = new LiveTargets({ hub: this.hub });
  /** Listings under way that several pages wait for. */
  private readonly listings = new Map<string, Promise<ListedCluster>>();

  static create(
    options: KubernetesDeployDriverOptions,
  ): KubernetesDeployDriver {
    return new KubernetesDeployDriver(options);
  }

  private constructor({ sources, settleMs }: KubernetesDeployDriverOptions) {
    super(new Clusters(sources));
    this.settleMs = settleMs;
  }

  async clusters(): Promise<Cluster[]> {
    return this.knownClusters.standing();
  }

  async listTargets(
    query: WorkloadQuery,
    { signal, live }: CallOptions & { live?: boolean } = {},
  ): Promise<WorkloadListing> {
    const found = await Promise.all(
      this.knownClusters
        .usable(query.cluster)
        .map(cluster =>
          live
            ? this.followCluster(cluster, query)
            : this.listCluster(cluster, query, signal),
        ),
    );
    const standings = new Map(
      found.map(({ name, standing }) => [name, standing]),
    );
    return {
      targets: found.flatMap(({ targets }) => targets),
      // What this listing met: another one may have fared better meanwhile.
      clusters: this.knownClusters
        .describe(query.cluster)
        .map(cluster => ({ ...cluster, ...standings.get(cluster.name) })),
    };
  }

  async getTarget(
    target: TargetRef,
    { signal }: CallOptions = {},
  ): Promise<WorkloadTarget> {
    const client = this.knownClusters.client(target.cluster);
    const { type, workload } = await readWorkload(client, target, signal);
    const pods = await podsOf(client, type, workload, signal);
    const found = toTargets(target.cluster, type, workload, pods).find(
      ({ ref }) => ref.container === target.container,
    );
    if (!found) {
      throw new DriverError('not-found', 'The container does not exist.');
    }
    return found;
  }

  async diff(
    change: ImageChange,
    { signal }: CallOptions = {},
  ): Promise<ImageChangeDiff> {
    const client = this.writerOf(change.target);
    return diffImage(client, change, signal);
  }

  async apply(
    change: ImageChange,
    { signal }: CallOptions = {},
  ): Promise<AppliedChange> {
    const client = this.writerOf(change.target);
    try {
      return await applyImage(client, change, signal);
    } finally {
      this.live.noteWrite(change.target.cluster);
    }
  }

  override async createWorkload(
    ...[creation, options]: Parameters<KubernetesPlaces['createWorkload']>
  ): ReturnType<KubernetesPlaces['createWorkload']> {
    try {
      return await super.createWorkload(creation, options);
    } finally {
      this.live.noteWrite(creation.plan.place.cluster);
    }
  }

  async *observe(
    watch: RolloutWatch,
    signal: AbortSignal,
  ): AsyncGenerator<RolloutObservation> {
    yield* observeRollout(watch, {
      hub: this.hub,
      client: this.knownClusters.client(watch.target.cluster),
      settleMs: this.settleMs,
      signal,
    });
  }

  async evidence(
    watch: RolloutWatch,
    pods: readonly Pod[],
    { signal }: CallOptions = {},
  ): Promise<RolloutEvidence> {
    const client = this.knownClusters.client(watch.target.cluster);
    const deadline = AbortSignal.timeout(EVIDENCE_DEADLINE_MS);
    const bounded = signal ? AbortSignal.any([signal, deadline]) : deadline;
    return gatherEvidence(client, watch, pods, bounded);
  }

  async pods(target: TargetRef, { signal }: CallOptions = {}): Promise<Pod[]> {
    const client = this.knownClusters.client(target.cluster);
    return describePods(client, target, signal);
  }

  async logs(
    target: TargetRef,
    pod: string,
    options: CallOptions & { tailLines?: number; previous?: boolean } = {},
  ): Promise<string> {
    const client = this.knownClusters.client(target.cluster);
    return readLog(client, target, pod, options);
  }

  async events(
    target: TargetRef,
    { signal }: CallOptions = {},
  ): Promise<WorkloadEvent[]> {
    const client = this.knownClusters.client(target.cluster);
    return workloadEvents(client, target, signal);
  }

  async restart(
    target: TargetRef,
    options?: CallOptions,
  ): Promise<OperatedWorkload> {
    return this.operate(target, restart(), options);
  }

  async scale(
    target: TargetRef,
    replicas: number,
    options?: CallOptions,
  ): Promise<OperatedWorkload> {
    return this.operate(target, scale(replicas), options);
  }

  async stop(
    target: TargetRef,
    options?: CallOptions,
  ): Promise<OperatedWorkload> {
    return this.operate(target, stop(), options);
  }

  async start(
    target: TargetRef,
    options?: CallOptions,
  ): Promise<OperatedWorkload> {
    return this.operate(target, start(), options);
  }

  async manifest(
    target: TargetRef,
    { signal }: CallOptions = {},
  ): Promise<string> {
    const client = this.knownClusters.client(target.cluster);
    return workloadManifest(client, target, signal);
  }

  private async operate(
    target: TargetRef,
    operation: Operation,
    { signal }: CallOptions = {},
  ): Promise<OperatedWorkload> {
    const client = this.writerOf(target);
    try {
      return await operateWorkload(client, target, operation, signal);
    } finally {
      this.live.noteWrite(target.cluster);
    }
  }

  /** Whoever asks is about to write. */
  protected override writerOf(
    place: Parameters<KubernetesPlaces['writerOf']>[0],
  ): ReturnType<KubernetesPlaces['writerOf']> {
    this.live.noteWrite(place.cluster);
    return super.writerOf(place);
  }

  /** Out of watches; until they know all, pages wait for one listing. */
  private async followCluster(
    cluster: UsableCluster,
    query: WorkloadQuery,
  ): Promise<ListedCluster> {
    const { name } = cluster.source;
    if (this.knownClusters.isReachable(name)) {
      // A watch may be cut without a word; this asks now and then.
      void this.knownClusters.standing();
      const targets = await this.live.find(cluster, query);
      if (targets) {
        return { name, targets, standing: { reachable: true } };
      }
    }
    if (
      this.knownClusters.isReachable(name) === false &&
      !(await this.knownClusters.isBack(name))
    ) {
      const [{ message, because } = {} as Partial<Cluster>] =
        this.knownClusters.describe(name);
      return {
        name,
        targets: [],
        standing: { reachable: false, message, because },
      };
    }
    const key = JSON.stringify([name, query]);
    const underWay = this.listings.get(key);
    if (underWay) {
      return underWay;
    }
    const listing = this.listCluster(cluster, query, undefined).finally(() =>
      this.listings.delete(key),
    );
    this.listings.set(key, listing);
    return listing;
  }

  private async listCluster(
    cluster: UsableCluster,
    query: WorkloadQuery,
    signal: AbortSignal | undefined,
  ): Promise<ListedCluster> {
    const { name } = cluster.source;
    const wasReachable = this.knownClusters.isReachable(name);
    const { targets, late, ...outcome } = await findTargets(cluster, query, {
      deadlineMs: this.knownClusters.deadlineMs(name),
      signal,
    });
    if (late && wasReachable === false) {
      // What was said of it when it had all the time is the better reason.
      this.knownClusters.suspect(name);
      return { name, targets, standing: { reachable: false } };
    }
    this.knownClusters.note(name, outcome);
    return { name, targets, standing: outcome };
  }

  /** Number of watches that are open, over all clusters. */
  get openWatches(): number {
    return this.hub.size;
  }

  /** Ends all watches and connections. */
  async close(): Promise<void> {
    this.live.close();
    this.hub.close();
    await this.knownClusters.close();
  }
}
