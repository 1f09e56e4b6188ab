import {
  TargetRef,
  WorkloadKind,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageChange,
  RolloutObservation,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';
import { KubernetesDeployDriver } from '../KubernetesDeployDriver';
import { collect } from '../testing/sandboxCluster';
import { WorkloadObject } from '../workloads/objects';
import { BehaviourCluster } from './BehaviourCluster';
import { ManifestOptions, manifestOf } from './manifests';
import { openBehaviourCluster } from './openBehaviourCluster';

/** Between two looks at a workload, in milliseconds. */
const LOOK_MS = 50;

/** A cluster with the driver on it, and what the behaviour tests do with both. */
export class BehaviourBench {
  readonly cluster: BehaviourCluster;
  readonly driver: KubernetesDeployDriver;
  private sequence = 0;

  static async start(): Promise<BehaviourBench> {
    return new BehaviourBench(await openBehaviourCluster());
  }

  private constructor(cluster: BehaviourCluster) {
    this.cluster = cluster;
    this.driver = KubernetesDeployDriver.create({
      sources: [cluster.source],
      settleMs: cluster.settleMs,
    });
  }

  async stop(): Promise<void> {
    await this.driver.close();
    await this.cluster.close();
  }

  target(
    kind: WorkloadKind,
    name: string,
    container: string = 'web',
  ): TargetRef {
    const { source, namespace } = this.cluster;
    return { cluster: source.name, namespace, kind, name, container };
  }

  /** Makes a workload as Helm would. */
  async create(
    kind: WorkloadKind,
    name: string,
    options?: ManifestOptions,
  ): Promise<TargetRef> {
    await this.cluster.apply(
      manifestOf(kind, name, this.cluster.images, options),
    );
    return this.target(kind, name);
  }

  /** A change to the second image, newer than all before. */
  change(of: TargetRef, overrides: Partial<ImageChange> = {}): ImageChange {
    this.sequence += 1;
    return {
      target: of,
      image: this.cluster.images.second,
      sequence: this.sequence,
      force: true,
      ...overrides,
    };
  }

  /** Looks at a target until it is as wished. */
  async until(
    of: TargetRef,
    wished: (found: WorkloadTarget) => boolean,
  ): Promise<WorkloadTarget> {
    const deadline = Date.now() + this.cluster.patienceMs;
    for (;;) {
      const found = await this.driver.getTarget(of);
      if (wished(found)) {
        return found;
      }
      if (Date.now() > deadline) {
        throw new Error(`Not so in time: ${JSON.stringify(found)}`);
      }
      await new Promise(resolve => setTimeout(resolve, LOOK_MS));
    }
  }

  healthy(of: TargetRef): Promise<WorkloadTarget> {
    return this.until(of, ({ health }) => health === 'Healthy');
  }

  /** Applies a change and follows it to its end. */
  async follow(wanted: ImageChange): Promise<RolloutObservation[]> {
    const { generation, uid } = await this.driver.apply(wanted);
    return collect(
      this.driver.observe(
        { ...wanted, generation, uid },
        AbortSignal.timeout(this.cluster.patienceMs),
      ),
    );
  }

  /** A workload as the cluster has it. */
  stored(
    kind: WorkloadKind,
    apiVersion: string,
    name: string,
  ): Promise<WorkloadObject> {
    return this.cluster.read<WorkloadObject>(kind, apiVersion, name);
  }
}

/** How a rollout ended. */
export function last(seen: RolloutObservation[]): RolloutObservation {
  return seen[seen.length - 1];
}
