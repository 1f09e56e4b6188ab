import { randomBytes } from 'node:crypto';
import { Clock, Timer } from '../clock';
import { EventText } from '../controllers/event-recorder';
import {
  Container,
  ContainerState,
  ContainerStatus,
  timestamp,
} from '../objects';
import { ImageBehavior, behaviorOf } from './image-behavior';
import { ImageStore, PullOutcome } from './image-store';
import { Keyring } from './keyring';
import {
  BACK_OFF_REPORTED,
  CONFIGURATION_INTERVAL,
  CRASH_RUNS,
  FIRST_BACK_OFF,
  FIRST_RESTART,
  PROBE_PERIOD,
  PULL_ATTEMPTS,
  PULL_INTERVAL,
  TIMING,
} from './timing';

/** What a container needs of its pod. */
export interface ContainerHost {
  clock: Clock;
  images: ImageStore;
  restartPolicy: string;
  maxCrashBackOffSeconds: number;
  /** `name_namespace(uid)`, as the kubelet writes it. */
  fullName: string;
  podIP: string;
  /** What its environment lacks, in the kubelet's words. */
  missingConfiguration(container: Container): string | undefined;
  /** What the pod's pull secrets hold for an image now. */
  keyring(image: string): Keyring;
  record(text: EventText): void;
  /** The status changed and is to be reported. */
  changed(): void;
}

export interface ContainerOptions {
  isInit: boolean;
  /** Reason of the first waiting state. */
  waitsFor: string;
  /** Where the container stood when the cluster was stopped. */
  reported?: ContainerStatus;
}

/** Brings one container through pull, start, probes and crashes. */
export class ContainerRunner {
  readonly status: ContainerStatus;
  private timers: Timer[] = [];
  private stopped = false;
  private pulls = 0;

  static create(
    container: Container,
    host: ContainerHost,
    options: ContainerOptions,
  ): ContainerRunner {
    return new ContainerRunner(container, host, options);
  }

  private constructor(
    private readonly container: Container,
    private readonly host: ContainerHost,
    private readonly options: ContainerOptions,
  ) {
    this.status = structuredClone(options.reported) ?? {
      name: container.name,
      state: { waiting: { reason: options.waitsFor } },
      lastState: {},
      ready: false,
      restartCount: 0,
      image: container.image,
      imageID: '',
      started: false,
    };
  }

  start(): void {
    this.pull();
  }

  /** Goes on from the reported state; a wait for readiness begins anew. */
  resume(): void {
    const { running, terminated, waiting } = this.status.state;
    if (running) {
      this.proceed();
    } else if (terminated) {
      if (terminated.exitCode !== 0) {
        this.crashed();
      }
    } else if (waiting?.reason === 'CrashLoopBackOff') {
      this.awaitRestart();
    } else if (waiting?.reason !== 'InvalidImageName') {
      this.pulls = waiting?.reason === this.options.waitsFor ? 0 : 1;
      this.pull();
    }
  }

  /** Stops all timers; what was reported stays. */
  stop(): void {
    this.stopped = true;
    this.timers.forEach(timer => timer.cancel());
    this.timers = [];
  }

  /** Ends a running container, as a stopping pod does. */
  end(exitCode: number): void {
    if (this.status.state.running) {
      this.terminate(exitCode);
    }
  }

  private after(milliseconds: number, task: () => void): void {
    if (!this.stopped) {
      this.timers.push(this.host.clock.after(milliseconds, task));
    }
  }

  private record(
    type: EventText['type'],
    reason: string,
    message: string,
  ): void {
    const group = this.options.isInit ? 'initContainers' : 'containers';
    this.host.record({
      type,
      reason,
      message,
      fieldPath: `spec.${group}{${this.container.name}}`,
    });
  }

  private pull(): void {
    const { image, imagePullPolicy } = this.container;
    const isPull = this.host.images.needsPull(image, imagePullPolicy);
    if (isPull) {
      this.record('Normal', 'Pulling', `Pulling image "${image}"`);
    }
    const { logins, missing } = this.host.keyring(image);
    if (isPull && missing.length > 0) {
      this.record(
        'Warning',
        'FailedToRetrieveImagePullSecret',
        `Unable to retrieve some image pull secrets (${missing.join(
          ', ',
        )}); attempting to pull the image may not succeed.`,
      );
    }
    this.host.images.obtain(image, imagePullPolicy, logins, outcome => {
      if (!this.stopped) {
        this.pulled(outcome);
      }
    });
  }

  private pulled(outcome: PullOutcome): void {
    const { image } = this.container;
    switch (outcome.kind) {
      case 'present':
        this.record(
          'Normal',
          'Pulled',
          `Container image "${image}" already present on machine and can be accessed by the pod`,
        );
        this.created(outcome.imageID, 0);
        break;
      case 'pulled':
        this.created(outcome.imageID, TIMING.pulling);
        break;
      case 'invalid':
        this.record('Warning', 'InspectFailed', outcome.message);
        this.record('Warning', 'Failed', 'Error: InvalidImageName');
        this.wait('InvalidImageName', outcome.message);
        break;
      default:
        this.refused(outcome.message);
    }
  }

  private created(imageID: string, pullTime: number): void {
    const { image } = this.container;
    const isSlow =
      behaviorOf(image) === 'slow' && !this.container.readinessProbe;
    this.after(pullTime + (isSlow ? TIMING.slow : 0), () => {
      if (pullTime > 0) {
        this.record(
          'Normal',
          'Pulled',
          `Successfully pulled image "${image}" in ${pullTime}ms (${pullTime}ms including waiting)`,
        );
      }
      this.status.imageID = imageID;
      this.after(TIMING.creating, () => this.configure());
    });
  }

  /** Tried again until everything is there. */
  private configure(): void {
    const missing = this.host.missingConfiguration(this.container);
    if (missing === undefined) {
      this.launch();
      return;
    }
    this.record('Warning', 'Failed', `Error: ${missing}`);
    this.wait('CreateContainerConfigError', missing);
    this.after(CONFIGURATION_INTERVAL, () => this.configure());
  }

  /** ErrImagePull and ImagePullBackOff, in the rhythm that was recorded. */
  private refused(message: string): void {
    const { image } = this.container;
    const attempt = this.pulls++;
    this.after(7, () => {
      this.record(
        'Warning',
        'Failed',
        `Failed to pull image "${image}": ${message}`,
      );
      this.record('Warning', 'Failed', 'Error: ErrImagePull');
    });
    if (attempt > 0) {
      this.wait(
        'ImagePullBackOff',
        `Back-off pulling image "${image}": ErrImagePull: ${message}`,
      );
    }
    this.after(attempt === 0 ? 198 : 15_000, () => {
      this.record('Normal', 'BackOff', `Back-off pulling image "${image}"`);
      this.record('Warning', 'Failed', 'Error: ImagePullBackOff');
      this.wait('ErrImagePull', message);
    });
    const next = PULL_ATTEMPTS[attempt + 1];
    this.after(
      next === undefined ? PULL_INTERVAL : next - PULL_ATTEMPTS[attempt],
      () => this.pull(),
    );
  }

  private wait(reason: string, message: string): void {
    this.status.state = { waiting: { reason, message } };
    this.host.changed();
  }

  private launch(): void {
    this.record('Normal', 'Created', 'Container created');
    this.after(TIMING.starting, () => {
      this.record('Normal', 'Started', 'Container started');
      this.after(TIMING.running, () => this.run());
    });
  }

  private run(): void {
    const hasProbe = this.container.readinessProbe !== undefined;
    this.status.containerID = `containerd://${randomBytes(32).toString('hex')}`;
    this.status.state = { running: { startedAt: timestamp() } };
    this.status.started = true;
    this.status.ready = !hasProbe && !this.options.isInit;
    this.host.changed();
    this.proceed();
  }

  /** What a running container does next. */
  private proceed(): void {
    const behavior = behaviorOf(this.container.image);
    const hasProbe = this.container.readinessProbe !== undefined;
    if (behavior === 'crash' || behavior === 'oom') {
      this.runUntilCrash(hasProbe);
    } else if (this.options.isInit || this.host.restartPolicy !== 'Always') {
      this.after(TIMING.completion, () => this.terminate(0));
    } else if (hasProbe && !this.status.ready) {
      this.probe(behavior);
    }
  }

  private probe(behavior: ImageBehavior): void {
    const isSlow = behavior === 'slow';
    if (isSlow || behavior === 'unready') {
      this.record(
        'Warning',
        'Unhealthy',
        'Readiness probe failed: HTTP probe failed with statuscode: 503',
      );
    }
    if (behavior === 'unready') {
      this.after(PROBE_PERIOD, () => this.probe(behavior));
      return;
    }
    this.after(isSlow ? TIMING.slow : TIMING.probing, () => {
      this.status.ready = true;
      this.host.changed();
    });
  }

  private runUntilCrash(hasProbe: boolean): void {
    const run = this.status.restartCount;
    if (hasProbe) {
      const address = `${this.host.podIP}:8080`;
      this.record(
        'Warning',
        'Unhealthy',
        `Readiness probe failed: Get "http://${address}/": dial tcp ${address}: connect: connection refused`,
      );
    }
    this.after(CRASH_RUNS[Math.min(run, CRASH_RUNS.length - 1)], () => {
      if (behaviorOf(this.container.image) === 'oom') {
        this.terminate(137, 'OOMKilled');
      } else {
        this.terminate(3);
      }
      this.crashed();
    });
  }

  private crashed(): void {
    if (this.host.restartPolicy === 'Never') {
      return;
    }
    if (this.status.restartCount === 0) {
      this.after(FIRST_RESTART, () => this.restart());
    } else {
      this.backOff();
    }
  }

  private backOffSeconds(): number {
    return Math.min(
      FIRST_BACK_OFF * 2 ** (this.status.restartCount - 1),
      this.host.maxCrashBackOffSeconds,
    );
  }

  private backOff(): void {
    const seconds = this.backOffSeconds();
    const { name } = this.container;
    const recordBackOff = () =>
      this.record(
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${name} in pod ${this.host.fullName}`,
      );
    recordBackOff();
    this.after(BACK_OFF_REPORTED, () => {
      recordBackOff();
      this.status.lastState = this.status.state;
      this.wait(
        'CrashLoopBackOff',
        `back-off ${seconds}s restarting failed container=${name} pod=${this.host.fullName}`,
      );
    });
    this.after(BACK_OFF_REPORTED + seconds * 1000, () => this.restart());
  }

  /** What is left of a back-off that was reported earlier. */
  private awaitRestart(): void {
    const { clock } = this.host;
    const crashedAt = this.status.lastState.terminated?.finishedAt;
    const over =
      crashedAt === undefined ? 0 : clock.now() - clock.at(crashedAt);
    this.after(BACK_OFF_REPORTED + this.backOffSeconds() * 1000 - over, () =>
      this.restart(),
    );
  }

  private restart(): void {
    const { image } = this.container;
    const ended: ContainerState = this.status.state.terminated
      ? this.status.state
      : this.status.lastState;
    this.status.lastState = ended;
    this.status.restartCount++;
    this.record(
      'Normal',
      'Pulled',
      `Container image "${image}" already present on machine and can be accessed by the pod`,
    );
    this.record('Normal', 'Created', 'Container created');
    this.record('Normal', 'Started', 'Container started');
    this.run();
  }

  private terminate(
    exitCode: number,
    reason: string = exitCode === 0 ? 'Completed' : 'Error',
  ): void {
    const startedAt = this.status.state.running?.startedAt ?? timestamp();
    this.status.state = {
      terminated: {
        exitCode,
        reason,
        startedAt,
        finishedAt: timestamp(),
        containerID: this.status.containerID ?? '',
      },
    };
    this.status.ready = false;
    this.status.started = false;
    this.host.changed();
  }
}
