import { Cluster } from '../cluster';
import { EventRecorder } from '../controllers/event-recorder';
import { Node, Pod } from '../objects';
import { nodes, pods } from '../resources/kinds';
import { Change } from '../storage/object-store';
import { ImageResolver, ImageStore } from './image-store';
import { PodRunner } from './pod-runner';
import { TIMING } from './timing';

export interface KubeletOptions {
  cluster: Cluster;
  events: EventRecorder;
  resolveImage?: ImageResolver;
  /** Limit of the crash back-off in seconds; a real kubelet's default is 300. */
  maxCrashBackOffSeconds?: number;
}

const FIRST_ADDRESS = 20;

/** The kubelets of all nodes: runs the pods that are bound to them. */
export class Kubelet {
  private readonly runners = new Map<string, PodRunner>();
  private readonly images = new Map<string, ImageStore>();
  private addresses = FIRST_ADDRESS;
  private starting = 0;
  private stopping = 0;

  static create(options: KubeletOptions): Kubelet {
    return new Kubelet(options);
  }

  private constructor(private readonly options: KubeletOptions) {
    options.cluster.store.subscribe(change => {
      if (change.resource === pods) {
        this.follow(change);
      }
    });
  }

  private follow({ type, object }: Change): void {
    const pod = object as unknown as Pod;
    const { uid, deletionTimestamp } = pod.metadata;
    const known = this.runners.get(uid);
    if (type === 'DELETED') {
      known?.dispose();
      this.runners.delete(uid);
      return;
    }
    const runner = known ?? this.accept(pod);
    if (deletionTimestamp && runner) {
      runner.stop(TIMING.stopStagger * this.stopping++);
      this.later(() => this.stopping--, TIMING.stopping);
    } else if (deletionTimestamp) {
      this.removeUnbound(pod);
    } else if (runner && !known) {
      runner.start(TIMING.startStagger * this.starting++);
      this.later(() => this.starting--, TIMING.sandbox);
    }
  }

  /** @returns undefined for a pod that is not bound to a node yet */
  private accept(pod: Pod): PodRunner | undefined {
    const { cluster, events, maxCrashBackOffSeconds = 300 } = this.options;
    const { nodeName } = pod.spec;
    if (!nodeName) {
      return undefined;
    }
    const images = this.imagesOf(nodeName);
    pod.status.containerStatuses
      ?.filter(({ imageID }) => imageID)
      .forEach(({ image, imageID }) => images.remember(image, imageID));
    const runner = PodRunner.create(pod, {
      cluster,
      events,
      images,
      nodeName,
      hostIP: this.addressOf(nodeName),
      podIP: pod.status.podIP ?? this.freeAddress(),
      maxCrashBackOffSeconds,
    });
    this.runners.set(pod.metadata.uid, runner);
    return runner;
  }

  /** Pods of before a restart keep theirs. */
  private freeAddress(): string {
    const taken = this.options.cluster.store
      .list<Pod>(pods)
      .map(({ status }) => status.podIP);
    for (;;) {
      const number = this.addresses++;
      const address = `10.88.${(number >> 8) & 255}.${number & 255}`;
      if (!taken.includes(address)) {
        return address;
      }
    }
  }

  private imagesOf(nodeName: string): ImageStore {
    let images = this.images.get(nodeName);
    if (!images) {
      images = ImageStore.create(this.options.resolveImage);
      this.images.set(nodeName, images);
    }
    return images;
  }

  private addressOf(nodeName: string): string {
    const node = this.options.cluster.store.get<Node>(
      nodes,
      undefined,
      nodeName,
    );
    return node?.status.addresses[0]?.address ?? '10.250.1.1';
  }

  /** A pod that no node runs is removed without further ado. */
  private removeUnbound(pod: Pod): void {
    const { namespace, name, uid } = pod.metadata;
    const { store } = this.options.cluster;
    this.later(() => {
      if (store.get(pods, namespace, name)?.metadata.uid === uid) {
        store.remove(pods, namespace, name);
      }
    }, TIMING.removalUnstarted);
  }

  private later(task: () => void, milliseconds: number): void {
    this.options.cluster.clock.after(milliseconds, task);
  }
}
