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
    const runner = this.runners.get(uid);
    if (type === 'DELETED') {
      runner?.dispose();
      this.runners.delete(uid);
    } else if (deletionTimestamp && runner) {
      runner.stop(TIMING.stopStagger * this.stopping++);
      this.later(() => this.stopping--, TIMING.stopping);
    } else if (deletionTimestamp) {
      this.removeUnbound(pod);
    } else if (!runner && pod.spec.nodeName) {
      this.run(pod, pod.spec.nodeName);
    }
  }

  private run(pod: Pod, nodeName: string): void {
    const { cluster, events, maxCrashBackOffSeconds = 300 } = this.options;
    const number = this.addresses++;
    const runner = PodRunner.create(pod, {
      cluster,
      events,
      images: this.imagesOf(nodeName),
      nodeName,
      hostIP: this.addressOf(nodeName),
      podIP: `10.88.${(number >> 8) & 255}.${number & 255}`,
      maxCrashBackOffSeconds,
    });
    this.runners.set(pod.metadata.uid, runner);
    runner.start(TIMING.startStagger * this.starting++);
    this.later(() => this.starting--, TIMING.sandbox);
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
    const { namespace, name } = pod.metadata;
    this.later(
      () => this.options.cluster.store.remove(pods, namespace, name),
      TIMING.removalUnstarted,
    );
  }

  private later(task: () => void, milliseconds: number): void {
    this.options.cluster.clock.after(milliseconds, task);
  }
}
