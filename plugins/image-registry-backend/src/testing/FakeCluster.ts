import {
  FieldOwner,
  PORTAL_FIELD_MANAGER,
  TargetRef,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  AppliedChange,
  ContainerImage,
  DeployDriver,
  DriverError,
  ImageChange,
  ImageChangeDiff,
  OperatedWorkload,
  RolloutEvidence,
  RolloutObservation,
  RolloutWatch,
  WorkloadListing,
  WorkloadQuery,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';

const portal: FieldOwner = { manager: PORTAL_FIELD_MANAGER };

/** Something a test does in the middle of a call. */
type Interference = () => Promise<void> | void;

/** A cluster whose workloads and failures a test writes down. */
export class FakeCluster implements DeployDriver {
  readonly id = 'fake';
  /** The changes that were written, in the order in which they were. */
  readonly applied: ImageChange[] = [];
  /** Errors that the next calls meet, one each. */
  readonly applyErrors: Error[] = [];
  /** Errors that the next calls meet after the change was written, one each. */
  readonly lostAnswers: Error[] = [];
  readonly observeErrors: Error[] = [];
  down: DriverError | undefined;
  /** Of every pod. */
  log = 'one line';
  /** Digests whose pods never become ready. */
  readonly broken = new Set<string>();
  /** By digest, what is seen of its pods before the end, in this order. */
  readonly looks = new Map<string, Array<Partial<RolloutObservation>>>();
  /** What is left of a rollout that failed. */
  left: RolloutEvidence | undefined;
  beforeApply: Interference | undefined;
  afterApply: Interference | undefined;
  beforeEnd: Interference | undefined;
  readonly #workloads = new Map<string, WorkloadTarget>();

  /** Adds a deployment in the namespace `shop`, with one container of its name. */
  add(
    name: string,
    change: Partial<WorkloadTarget> & {
      namespace?: string;
      container?: string;
    } = {},
  ): TargetRef {
    const { namespace = 'shop', container = name, ...rest } = change;
    const ref: TargetRef = {
      cluster: 'local',
      namespace,
      kind: 'Deployment',
      name,
      container,
    };
    this.#workloads.set(targetKey(ref), {
      ref,
      image: `registry.test/shop/${name}:old`,
      runningDigests: [],
      replicas: 1,
      readyReplicas: 1,
      updatedReplicas: 1,
      health: 'Healthy',
      owners: [portal],
      labels: { 'backstage.io/kubernetes-id': name },
      annotations: {},
      resourceVersion: '1',
      uid: `uid-${name}`,
      generation: 1,
      imagePullSecrets: [],
      ...rest,
    });
    return ref;
  }

  /** @param container - of its name when absent */
  workload(name: string, container?: string): WorkloadTarget {
    const found = [...this.#workloads.values()].find(
      ({ ref }) =>
        ref.name === name &&
        (container === undefined || ref.container === container),
    );
    if (!found) {
      throw new Error(`No workload ${name}`);
    }
    return found;
  }

  change(
    name: string,
    change: Partial<WorkloadTarget>,
    container?: string,
  ): void {
    Object.assign(this.workload(name, container), change);
  }

  async clusters() {
    return [{ name: 'local', reachable: !this.down }];
  }

  async listTargets(query: WorkloadQuery): Promise<WorkloadListing> {
    const { down } = this;
    if (down) {
      const { message } = down;
      return {
        targets: [],
        clusters: [{ name: 'local', reachable: false, message }],
      };
    }
    const label = 'backstage.io/kubernetes-id';
    const selector = query.labelSelector ?? `${label}=${query.kubernetesId}`;
    const [key = '', value] = selector.split('=');
    const targets = [...this.#workloads.values()]
      .filter(({ labels }) => labels[key] === value)
      .filter(
        ({ ref }) => !query.namespace || ref.namespace === query.namespace,
      )
      .map(workload => ({ ...workload }));
    return { targets, clusters: await this.clusters() };
  }

  #write(name: string, written: ContainerImage, sequence: number): void {
    const { container, image } = written;
    const { resourceVersion, generation } = this.workload(name, container);
    const change = {
      image,
      runningDigests: [image.split('@')[1]],
      owners: [portal],
      resourceVersion: String(Number(resourceVersion) + 1),
      generation: generation + 1,
      rolloutSequence: sequence,
    };
    this.change(name, change, container);
  }

  async getTarget(target: TargetRef): Promise<WorkloadTarget> {
    return this.workload(target.name, target.container);
  }

  async diff({
    target,
    image,
    others = [],
  }: ImageChange): Promise<ImageChangeDiff> {
    const { container } = target;
    const { resourceVersion } = this.workload(target.name, container);
    const changes = [{ container, image }, ...others].map(each => ({
      path: others.length > 0 ? `${each.container}.image` : 'image',
      from: this.workload(target.name, each.container).image,
      to: each.image,
    }));
    return {
      changes,
      conflicts: [],
      resourceVersion,
      unchanged: changes.every(({ from, to }) => from === to),
    };
  }

  async apply(change: ImageChange): Promise<AppliedChange> {
    await this.beforeApply?.();
    const error = this.applyErrors.shift() ?? this.down;
    if (error) {
      throw error;
    }
    const { target } = change;
    const workload = this.workload(target.name, target.container);
    const { sequence, lastSequence = Infinity } = change;
    const { rolloutSequence = 0 } = workload;
    if (rolloutSequence > sequence && rolloutSequence <= lastSequence) {
      throw new DriverError('superseded', 'A newer rollout was applied');
    }
    if (
      change.resourceVersion !== undefined &&
      change.resourceVersion !== workload.resourceVersion
    ) {
      throw new DriverError('stale', 'The workload changed meanwhile');
    }
    const ours = workload.owners.some(
      ({ manager }) => manager === portal.manager,
    );
    if (!ours && workload.owners.length > 0 && !change.force) {
      throw new DriverError('field-conflict', 'Others own the image field', {
        owners: workload.owners,
      });
    }
    const previousImage = workload.image;
    this.applied.push(change);
    const { image, others = [] } = change;
    const { container } = target;
    for (const each of [{ container, image }, ...others]) {
      this.#write(target.name, each, change.sequence);
    }
    await this.afterApply?.();
    const lost = this.lostAnswers.shift();
    if (lost) {
      throw lost;
    }
    const { resourceVersion, uid, generation } = workload;
    return { resourceVersion, uid, generation, previousImage };
  }

  async *observe(
    watch: RolloutWatch,
    signal: AbortSignal,
  ): AsyncIterable<RolloutObservation> {
    const counts = { replicas: 1, updatedReplicas: 1, pods: [] };
    const looks = this.looks.get(watch.image.split('@')[1]);
    if (!looks) {
      yield { phase: 'progressing', readyReplicas: 0, ...counts };
    }
    const error = this.observeErrors.shift();
    if (error) {
      throw error;
    }
    await Promise.race([this.beforeEnd?.(), aborted(signal, this.beforeEnd)]);
    if (signal.aborted) {
      return;
    }
    const { name, container } = watch.target;
    const { image, health } = this.workload(name, container);
    for (const look of looks ?? []) {
      yield { phase: 'progressing', readyReplicas: 0, ...counts, ...look };
      if (look.phase && look.phase !== 'progressing') {
        return;
      }
    }
    if (image === watch.image && health === 'Stopped') {
      yield { phase: 'stopped', readyReplicas: 0, ...counts };
    } else if (image !== watch.image) {
      yield { phase: 'replaced', readyReplicas: 0, ...counts };
    } else if (this.broken.has(image.split('@')[1])) {
      const reason = { code: 'image-pull', message: 'Cannot pull the image' };
      yield { phase: 'failed', reason, readyReplicas: 0, ...counts };
    } else {
      yield { phase: 'complete', readyReplicas: 1, ...counts };
      if (watch.soak) {
        await aborted(signal, () => {});
      }
    }
  }

  async evidence(): Promise<RolloutEvidence> {
    const { left } = this;
    if (!left) {
      throw new DriverError('cluster-unreachable', 'No route to host');
    }
    return left;
  }

  async pods() {
    return [];
  }

  async logs(): Promise<string> {
    return this.log;
  }

  async restart({ name }: TargetRef): Promise<OperatedWorkload> {
    return this.#operate(name, {});
  }

  async stop({ name }: TargetRef): Promise<OperatedWorkload> {
    return this.#operate(name, { health: 'Stopped', replicas: 0 });
  }

  async start({ name }: TargetRef): Promise<OperatedWorkload> {
    return this.#operate(name, { health: 'Healthy', replicas: 1 });
  }

  async manifest({ name }: TargetRef): Promise<string> {
    return `kind: Deployment\nname: ${name}\n`;
  }

  #operate(name: string, change: Partial<WorkloadTarget>): OperatedWorkload {
    this.change(name, change);
    const { resourceVersion, generation, replicas } = this.workload(name);
    return { resourceVersion, generation, replicas };
  }
}

async function aborted(
  signal: AbortSignal,
  pause: Interference | undefined,
): Promise<void> {
  if (pause && !signal.aborted) {
    await new Promise<void>(resolve => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}
