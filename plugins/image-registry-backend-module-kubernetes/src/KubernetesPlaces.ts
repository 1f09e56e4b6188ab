import {
  AccessPurpose,
  AccessReview,
  ChangedSettings,
  NodePlatforms,
  PullAccess,
  QuotaCheck,
  Reason,
  TestPullStep,
  TargetRef,
  WorkloadPlace,
  WorkloadRef,
  WorkloadSettingsView,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  EnsuredPullSecret,
  NamespaceListing,
  PlaceOperations,
  PullAccessQuery,
  PullSecretListing,
  PullSecretName,
  PullSecretRequest,
  QuotaDemand,
  SchedulingQuery,
  SettingsChange,
  TestPullRequest,
  WorkloadCreation,
  WorkloadCreationResult,
} from '@slipway/backstage-plugin-image-registry-node';
import { reviewAccess } from './accessReview';
import {
  ClusterClient,
  clusterFailure,
  Clusters,
  UsableCluster,
} from './clusters';
import { createWorkload } from './create';
import { changeSettings, readSettings } from './edit';
import { listNamespaces } from './namespaces';
import { readNodePlatforms } from './platforms';
import {
  ensurePullSecret,
  listPullSecrets,
  readPullAccess,
  removePullSecret,
} from './pullAccess';
import { checkQuota, podDemand } from './quota';
import { sweepTestPulls, testPull } from './testPull';
import { readPodSpec } from './workloads/readPodSpec';

type CallOptions = { signal?: AbortSignal };

/**
 * What the driver does in places beside deploying. What writes, and whatever
 * reads secrets, is signed in with the place's own credential where there is
 * one.
 */
export class KubernetesPlaces implements PlaceOperations {
  protected constructor(protected readonly knownClusters: Clusters) {}

  async listNamespaces(
    cluster: string,
    { signal }: CallOptions = {},
  ): Promise<NamespaceListing> {
    // Throws when there is no such cluster or no sign-in to it.
    this.knownClusters.client(cluster);
    const [usable] = this.knownClusters.usable(cluster);
    return listNamespaces(usable, signal);
  }

  async nodePlatforms(
    query: SchedulingQuery,
    { signal }: CallOptions = {},
  ): Promise<NodePlatforms> {
    const client = this.knownClusters.client(query.place.cluster);
    return readNodePlatforms(client, query, signal);
  }

  async pullAccess(
    query: PullAccessQuery,
    options: CallOptions = {},
  ): Promise<PullAccess> {
    return readPullAccess(this.writerOf(query.place), query, options);
  }

  async ensurePullSecret(
    request: PullSecretRequest,
    options: CallOptions = {},
  ): Promise<EnsuredPullSecret> {
    return ensurePullSecret(this.writerOf(request.place), request, options);
  }

  async removePullSecret(
    secret: PullSecretName,
    { signal }: CallOptions = {},
  ): Promise<void> {
    await removePullSecret(this.writerOf(secret), secret, signal);
  }

  async listPullSecrets({
    cluster,
    signal,
  }: CallOptions & { cluster?: string } = {}): Promise<PullSecretListing> {
    const failures = new Map<string, Reason>();
    const lists = await Promise.all(
      this.knownClusters.usable(cluster).map(each =>
        listPullSecrets(each, signal).catch(error => {
          failures.set(each.source.name, clusterFailure(error));
          return [];
        }),
      ),
    );
    return {
      items: lists.flat(),
      clusters: this.knownClusters.describe(cluster).map(known => {
        const because = failures.get(known.name);
        return because === undefined
          ? known
          : { ...known, reachable: false, message: because.message, because };
      }),
    };
  }

  async accessReview(
    place: WorkloadPlace,
    options: CallOptions & { purposes?: readonly AccessPurpose[] } = {},
  ): Promise<AccessReview> {
    const reader = this.knownClusters.client(place.cluster);
    const writer = this.writerOf(place);
    return reviewAccess({ reader, writer }, place, options);
  }

  async quotaCheck(
    place: WorkloadPlace,
    demand: QuotaDemand,
    { signal }: CallOptions = {},
  ): Promise<QuotaCheck> {
    return checkQuota(this.writerOf(place), place, demand, signal);
  }

  async podQuotaCheck(
    workload: WorkloadRef,
    { signal }: CallOptions = {},
  ): Promise<QuotaCheck> {
    const client = this.writerOf(workload);
    const podSpec = await readPodSpec(client, workload, signal);
    return checkQuota(client, workload, podDemand(podSpec), signal);
  }

  async *testPull(
    request: TestPullRequest,
    signal: AbortSignal,
  ): AsyncGenerator<TestPullStep> {
    yield* testPull(this.writerOf(request.place), request, { signal });
  }

  async sweepTestPulls({ signal }: CallOptions = {}): Promise<number> {
    const counts = await Promise.all(
      this.knownClusters
        .usable()
        .map(cluster => this.sweepCluster(cluster, { signal })),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async createWorkload(
    creation: WorkloadCreation,
    options: CallOptions & { dryRun?: boolean; resume?: boolean } = {},
  ): Promise<WorkloadCreationResult> {
    const client = this.writerOf(creation.plan.place);
    return createWorkload(client, creation, options);
  }

  async readSettings(
    target: TargetRef,
    entityRef: string,
    { signal }: CallOptions = {},
  ): Promise<WorkloadSettingsView> {
    return readSettings(this.writerOf(target), target, entityRef, signal);
  }

  async changeSettings(
    change: SettingsChange,
    options: CallOptions & { dryRun?: boolean } = {},
  ): Promise<ChangedSettings> {
    return changeSettings(this.writerOf(change.target), change, options);
  }

  /** Signed in as whoever writes there. */
  protected writerOf({
    cluster,
    namespace,
  }: Pick<WorkloadPlace, 'cluster' | 'namespace'>): ClusterClient {
    return this.knownClusters.writer(cluster, namespace);
  }

  /** A cluster that is down is swept another time. */
  private async sweepCluster(
    cluster: UsableCluster,
    options: CallOptions,
  ): Promise<number> {
    try {
      const { name } = cluster.source;
      return await sweepTestPulls(cluster, {
        ...options,
        writerOf: namespace => this.knownClusters.writer(name, namespace),
      });
    } catch (error) {
      if (error instanceof DriverError) {
        return 0;
      }
      throw error;
    }
  }
}
