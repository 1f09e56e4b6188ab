import { randomUUID } from 'crypto';
import { WorkloadKind } from '@slipway/backstage-plugin-image-registry-common';
import { ClusterClient, ClusterSource } from '../clusters';
import { collectionPath } from '../workloads/paths';

/** Images that the behaviour tests run. */
export interface BehaviourImages {
  first: string;
  second: string;
  /** Of the same repository; does not exist. */
  missing: string;
  /** Ends with a failure as soon as it is started; absent where none is known. */
  crashing?: string;
}

/** How a cluster for the behaviour tests is got. */
export interface BehaviourClusterOptions {
  source: ClusterSource;
  images: BehaviourImages;
  /** How long workloads may take, in ms: to get ready, and to settle. */
  patienceMs: number;
  settleMs: number;
  release: () => Promise<void>;
}

/** What an object of any kind needs to be created. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; [field: string]: unknown };
  [field: string]: unknown;
}

const resources: Readonly<Record<string, string>> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  CronJob: 'cronjobs',
  Rollout: 'rollouts',
  ResourceQuota: 'resourcequotas',
  Secret: 'secrets',
};

/**
 * A cluster that the same tests run against, real or not. Everything happens
 * in namespaces that it makes and removes.
 */
export class BehaviourCluster {
  readonly namespace: string;
  readonly source: ClusterSource;
  readonly images: BehaviourImages;
  readonly patienceMs: number;
  readonly settleMs: number;
  private readonly client: ClusterClient;
  private readonly release: () => Promise<void>;
  private readonly made: string[] = [];

  static async open(
    options: BehaviourClusterOptions,
  ): Promise<BehaviourCluster> {
    const cluster = new BehaviourCluster(options);
    await cluster.createNamespace(cluster.namespace);
    return cluster;
  }

  private constructor(options: BehaviourClusterOptions) {
    const { source, images, patienceMs, settleMs, release } = options;
    if (!source.connection) {
      throw new Error(`Nobody can sign in to cluster ${source.name}`);
    }
    this.source = source;
    this.images = images;
    this.patienceMs = patienceMs;
    this.settleMs = settleMs;
    this.release = release;
    this.client = new ClusterClient(source.name, source.connection.kubeConfig);
    this.namespace = `portal-behaviour-${randomUUID().slice(0, 8)}`;
  }

  /** Makes one more namespace, for what concerns a whole one. */
  async createNamespace(name: string): Promise<string> {
    await this.client.json({
      method: 'PATCH',
      path: `/api/v1/namespaces/${name}`,
      query: { fieldManager: 'helm' },
      apply: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    });
    this.made.push(name);
    return name;
  }

  /** Applies an object as some field manager, taking what it names. */
  async apply(
    manifest: Manifest,
    fieldManager: string = 'helm',
    namespace: string = this.namespace,
  ): Promise<void> {
    const { apiVersion, kind, metadata } = manifest;
    const path = collectionPath(apiVersion, resources[kind], namespace);
    await this.client.json({
      method: 'PATCH',
      path: `${path}/${metadata.name}`,
      query: { fieldManager, force: true },
      apply: { ...manifest, metadata: { ...metadata, namespace } },
    });
  }

  /** Reads a workload as it is. */
  async read<T>(
    kind: WorkloadKind,
    apiVersion: string,
    name: string,
  ): Promise<T> {
    const path = collectionPath(apiVersion, resources[kind], this.namespace);
    return this.client.json<T>({ path: `${path}/${name}` });
  }

  async remove(
    kind: WorkloadKind,
    apiVersion: string,
    name: string,
  ): Promise<void> {
    const path = collectionPath(apiVersion, resources[kind], this.namespace);
    await this.client.text({ method: 'DELETE', path: `${path}/${name}` });
  }

  /** Removes the namespaces; a real cluster finishes that by itself. */
  async close(): Promise<void> {
    for (const name of this.made) {
      await this.client.text({
        method: 'DELETE',
        path: `/api/v1/namespaces/${name}`,
      });
    }
    await this.client.close();
    await this.release();
  }
}
