import { Timer } from '../clock';
import { Cluster } from '../cluster';
import { EventRecorder, EventText } from '../controllers/event-recorder';
import { Pod, timestamp } from '../objects';
import { pods } from '../resources/kinds';
import { missingConfiguration } from './configuration';
import { ContainerHost, ContainerRunner } from './container-runner';
import { ImageStore } from './image-store';
import { keyringOf } from './keyring';
import { podStatus } from './pod-status';
import { TIMING } from './timing';

/** What a pod needs of its node. */
export interface PodHost {
  cluster: Cluster;
  events: EventRecorder;
  images: ImageStore;
  nodeName: string;
  hostIP: string;
  podIP: string;
  maxCrashBackOffSeconds: number;
}

/** One pod on its node, from ContainerCreating to its removal. */
export class PodRunner {
  private readonly containers: ContainerRunner[];
  private readonly initContainers: ContainerRunner[];
  private readonly timers: Timer[] = [];
  private readonly startTime: string;
  private isSandboxReady: boolean;
  private hasAddress: boolean;
  private isStopping = false;
  private initialized = 0;

  static create(pod: Pod, host: PodHost): PodRunner {
    return new PodRunner(pod, host);
  }

  private constructor(
    private readonly pod: Pod,
    private readonly host: PodHost,
  ) {
    const { status } = pod;
    this.startTime = status.startTime ?? timestamp();
    this.isSandboxReady = hasSandbox(pod);
    this.hasAddress = status.podIP !== undefined;
    const init = pod.spec.initContainers ?? [];
    const waitsFor = init.length > 0 ? 'PodInitializing' : 'ContainerCreating';
    const known = [
      ...(status.containerStatuses ?? []),
      ...(status.initContainerStatuses ?? []),
    ];
    const reported = ({ name }: { name: string }) =>
      known.find(container => container.name === name);
    const containerHost = this.containerHost();
    this.containers = pod.spec.containers.map(container =>
      ContainerRunner.create(container, containerHost, {
        isInit: false,
        waitsFor,
        reported: reported(container),
      }),
    );
    this.initContainers = init.map(container =>
      ContainerRunner.create(container, containerHost, {
        isInit: true,
        waitsFor,
        reported: reported(container),
      }),
    );
  }

  /**
   * Begins the pod, or goes on with it where an earlier kubelet stopped.
   *
   * @param delay - simulated milliseconds that other pods take first
   */
  start(delay: number): void {
    if (this.isSandboxReady) {
      this.resume();
      return;
    }
    this.after(TIMING.accepting, () => {
      this.report();
      this.after(TIMING.sandbox + delay, () => {
        this.after(TIMING.sandboxReported, () => {
          this.isSandboxReady = true;
          this.report();
        });
        if (this.initContainers.length > 0) {
          this.initContainers[0].start();
        } else {
          this.containers.forEach(container => container.start());
        }
      });
    });
  }

  private resume(): void {
    const undone = this.initContainers.findIndex(
      ({ status }) => status.state.terminated?.exitCode !== 0,
    );
    this.initialized = undone === -1 ? this.initContainers.length : undone;
    const running =
      undone === -1 ? this.containers : [this.initContainers[undone]];
    running.forEach(container => container.resume());
  }

  /** Ends the containers and then removes the pod from the API. */
  stop(delay: number): void {
    if (this.isStopping) {
      return;
    }
    this.isStopping = true;
    const hasRun = this.containers.some(
      ({ status }) => status.state.running ?? status.lastState.terminated,
    );
    this.cancel();
    this.after(TIMING.stopping, () => {
      this.report();
      this.containers.forEach(({ status }) =>
        this.record({
          type: 'Normal',
          reason: 'Killing',
          message: `Stopping container ${status.name}`,
          fieldPath: `spec.containers{${status.name}}`,
        }),
      );
    });
    if (hasRun) {
      this.after(TIMING.stopping + delay + this.stopTime(), () =>
        this.finish(),
      );
    } else {
      this.after(TIMING.removalUnstarted + delay, () => this.remove());
    }
  }

  /** Forgets the pod: it is gone from the API. */
  dispose(): void {
    this.isStopping = true;
    this.cancel();
    this.timers.forEach(timer => timer.cancel());
  }

  /** The images of the sandbox ignore SIGTERM for a while. */
  private stopTime(): number {
    const grace = (this.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
    return Math.min(grace + TIMING.killed, TIMING.longestStop);
  }

  private finish(): void {
    const grace = (this.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
    const isKilled = grace + TIMING.killed < TIMING.longestStop;
    this.isSandboxReady = false;
    this.containers.forEach(container => container.end(isKilled ? 137 : 0));
    this.report();
    this.after(TIMING.removal, () => this.remove());
  }

  private remove(): void {
    const { store } = this.host.cluster;
    const { namespace, name } = this.pod.metadata;
    const current = this.current();
    if (current) {
      store.replace(pods, {
        ...current,
        metadata: { ...current.metadata, deletionGracePeriodSeconds: 0 },
      });
      store.remove(pods, namespace, name);
    }
  }

  private cancel(): void {
    [...this.containers, ...this.initContainers].forEach(container =>
      container.stop(),
    );
    this.timers.splice(0).forEach(timer => timer.cancel());
  }

  private after(milliseconds: number, task: () => void): void {
    this.timers.push(this.host.cluster.clock.after(milliseconds, task));
  }

  private containerHost(): ContainerHost {
    const { namespace, name, uid } = this.pod.metadata;
    const { cluster, images, podIP, maxCrashBackOffSeconds } = this.host;
    return {
      clock: cluster.clock,
      images,
      restartPolicy: this.pod.spec.restartPolicy ?? 'Always',
      maxCrashBackOffSeconds,
      fullName: `${name}_${namespace}(${uid})`,
      podIP,
      missingConfiguration: container =>
        missingConfiguration(cluster.store, this.pod, container),
      keyring: image => keyringOf(cluster.store, this.pod, image),
      record: text => this.record(text),
      changed: () => this.changed(),
    };
  }

  private changed(): void {
    if (this.isStopping) {
      return;
    }
    this.isSandboxReady = true;
    this.hasAddress = true;
    this.report();
    this.initializeNext();
  }

  /** Init containers run one after the other, then the pod's own. */
  private initializeNext(): void {
    const running = this.initContainers[this.initialized];
    if (running?.status.state.terminated?.exitCode !== 0) {
      return;
    }
    this.initialized++;
    const next = this.initContainers[this.initialized];
    if (next) {
      next.start();
    } else {
      this.containers.forEach(container => container.start());
    }
  }

  private record(text: EventText): void {
    const current = this.current() ?? this.pod;
    this.host.events.record(
      current,
      { component: 'kubelet', host: this.host.nodeName },
      text,
    );
  }

  private current(): Pod | undefined {
    const { namespace, name, uid } = this.pod.metadata;
    const found = this.host.cluster.store.get<Pod>(pods, namespace, name);
    return found?.metadata.uid === uid ? found : undefined;
  }

  private report(): void {
    const current = this.current();
    if (!current) {
      return;
    }
    const statusOf = (runner: ContainerRunner) =>
      structuredClone(runner.status);
    this.host.cluster.updateStatus(
      pods,
      {
        ...current,
        status: podStatus(current, {
          isSandboxReady: this.isSandboxReady,
          hostIP: this.host.hostIP,
          ...(this.hasAddress && { podIP: this.host.podIP }),
          startTime: this.startTime,
          containers: this.containers.map(statusOf),
          initContainers: this.initContainers.map(statusOf),
        }),
      },
      'kubelet',
    );
  }
}

function hasSandbox(pod: Pod): boolean {
  return (
    pod.status.conditions?.some(
      ({ type, status }) =>
        type === 'PodReadyToStartContainers' && status === 'True',
    ) ?? false
  );
}
