import { Pod, Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  RolloutObservation,
  RolloutWatch,
} from '@slipway/backstage-plugin-image-registry-node';
import { containerImages } from '../apply/containerImages';
import { EventObject } from '../events/EventObject';
import { isOver, isReady, podState, restartsOf } from '../health';
import { findContainer } from '../workloads/containers';
import { isSameImage } from '../workloads/isSameImage';
import {
  PodObject,
  ReplicaSetObject,
  WorkloadObject,
} from '../workloads/objects';
import { WorkloadType } from '../workloads/WorkloadType';
import { currentPods } from './currentPods';
import { keptPodReason } from './keptPodReason';
import {
  containerGone,
  deleted,
  imageReplaced,
  notTakenUp,
  settling,
  withDetail,
} from './observationReasons';
import { PodReason, podReason } from './podReason';
import { refusalReason, warningReason, withProbe } from './warningReasons';

/** What is known of a rollout at one moment. */
export interface RolloutSnapshot {
  /** Absent when it does not exist. */
  workload?: WorkloadObject;
  /** Absent when they may not be read. */
  replicaSets?: readonly ReplicaSetObject[];
  /** Those of the workload. */
  pods: readonly PodObject[];
  /** Warnings about the workload and its waiting pods, as far as known. */
  events?: readonly EventObject[];
  /** Why all this may be out of date. */
  trouble?: DriverError;
}

/** What one look gave. */
export interface Verdict {
  observation: RolloutObservation;
  /** Look again after so many milliseconds even if nothing happens. */
  lookAgainInMs?: number;
}

type Judged = Pick<RolloutObservation, 'phase' | 'reason'> & {
  lookAgainInMs?: number;
};

/** The pods of a workload, and what was warned of. */
interface Seen {
  current: readonly PodObject[];
  /** Of the newest revision, and will not run again. */
  over: readonly PodObject[];
  /** Of earlier revisions, or on their way out. */
  older: readonly PodObject[];
  events: readonly EventObject[];
}

interface Trouble {
  reason: Reason;
  definitive: boolean;
  /** True when it passes by itself. */
  passing?: boolean;
}

/** After restarts, being ready for a moment proves less. */
const SETTLE_FACTOR_AFTER_RESTART = 5;

/** For so long an exceeded deadline may be that of an earlier template. */
const STALE_DEADLINE_MS = 5000;

/**
 * Decides where a rollout stands. It remembers earlier looks: since when all
 * pods have been well, and which troubles were seen before.
 */
export class RolloutJudge {
  private readonly type: WorkloadType;
  private readonly watch: RolloutWatch;
  private readonly settleMs: number;
  private settling?: { pods: string; since: number };
  /** Milliseconds since the epoch; of the first look that found it so. */
  private overdueSince?: number;
  /** Per pod, the resourceVersions at which it could not pull its image. */
  private readonly sightings = new Map<string, Set<string>>();
  /** Per pod, why its registry refused the image for now. */
  private readonly refusals = new Map<string, PodReason>();

  constructor(type: WorkloadType, watch: RolloutWatch, settleMs: number) {
    this.type = type;
    this.watch = watch;
    this.settleMs = settleMs;
  }

  /** @param now - milliseconds since the epoch */
  look(snapshot: RolloutSnapshot, now: number): Verdict {
    const { workload, pods } = snapshot;
    const { container } = this.watch.target;
    const isCurrent = workload
      ? currentPods(this.type, workload, container, snapshot.replicaSets)
      : () => false;
    const current = pods.filter(
      pod => isCurrent(pod) && pod.metadata.deletionTimestamp === undefined,
    );
    const { lookAgainInMs, ...judged } = this.judge(snapshot, current, now);
    const counts = workload && this.type.counts(workload);
    return {
      observation: {
        ...judged,
        replicas: counts?.desired ?? 0,
        updatedReplicas: counts?.updated ?? 0,
        readyReplicas: counts?.ready ?? 0,
        availableReplicas: counts?.available ?? 0,
        pods: pods
          .map(pod => podState(pod, container, isCurrent(pod)))
          .sort(byAge),
      },
      lookAgainInMs,
    };
  }

  private judge(
    snapshot: RolloutSnapshot,
    current: readonly PodObject[],
    now: number,
  ): Judged {
    const { workload, trouble, pods } = snapshot;
    if (trouble) {
      // Time without news is no proof that the pods were well.
      this.settling = undefined;
      return {
        phase: 'progressing',
        reason: { code: trouble.code, message: trouble.message },
      };
    }
    if (!workload) {
      return { phase: 'gone', reason: deleted() };
    }
    const { events = [] } = snapshot;
    const seen = {
      current: current.filter(pod => !isOver(pod)),
      over: current.filter(isOver),
      older: pods.filter(pod => !current.includes(pod) && !isOver(pod)),
      events,
    };
    return this.departure(workload) ?? this.progress(workload, seen, now);
  }

  /** Why the workload is not the one, or not as, it was written. */
  private departure(workload: WorkloadObject): Judged | undefined {
    const { metadata } = workload;
    const { uid, generation } = this.watch;
    if (
      (uid !== undefined && uid !== metadata.uid) ||
      metadata.deletionTimestamp !== undefined
    ) {
      return { phase: 'gone', reason: deleted() };
    }
    // Of what holds the template: that is what was written.
    const template = (workload.referenced ?? workload).metadata;
    if (generation !== undefined && (template.generation ?? 0) < generation) {
      return { phase: 'progressing', reason: notTakenUp() };
    }
    for (const { container, image } of containerImages(this.watch)) {
      const found = findContainer(this.type.podSpec(workload), container);
      if (!found) {
        return { phase: 'gone', reason: containerGone(container) };
      }
      const written = found.container.image;
      if (!isSameImage(written, image)) {
        return {
          phase: 'replaced',
          reason: imageReplaced(container, written),
        };
      }
    }
    return undefined;
  }

  private progress(
    workload: WorkloadObject,
    { current, over, older, events }: Seen,
    now: number,
  ): Judged {
    if (!this.type.observed(workload)) {
      return { phase: 'progressing', reason: notTakenUp() };
    }
    const standing = this.type.standing(workload);
    if (standing.phase === 'stopped' || this.type.kind === 'CronJob') {
      return standing;
    }
    if (standing.phase === 'complete') {
      const left = this.settleLeft(current, now);
      return left > 0
        ? { phase: 'progressing', reason: settling(), lookAgainInMs: left }
        : standing;
    }
    this.settling = undefined;
    const trouble = this.worst([...current, ...over], events);
    const staleLeft = this.staleLeft(standing.overdue, now);
    const isOverdue = standing.overdue && this.watch.ownDeadline;
    const isFailed =
      standing.phase === 'failed' && !isOverdue && staleLeft === 0;
    if (isFailed && !trouble?.passing) {
      return {
        phase: 'failed',
        reason: withDetail(standing.reason, trouble?.reason),
      };
    }
    if (trouble?.definitive) {
      return { phase: 'failed', reason: trouble.reason };
    }
    return {
      phase: 'progressing',
      reason:
        trouble?.reason ??
        refusalReason(workload, events) ??
        keptPodReason(this.type, workload, older) ??
        (staleLeft > 0 ? notTakenUp() : standing.reason),
      ...(staleLeft > 0 && { lookAgainInMs: staleLeft }),
    };
  }

  /**
   * A deadline that was exceeded before the template was written stays in the
   * conditions until the controller counts its first progress.
   *
   * @returns milliseconds until what is overdue at the first look is believed
   */
  private staleLeft(overdue: boolean | undefined, now: number): number {
    if (!overdue) {
      this.overdueSince = -Infinity;
      return 0;
    }
    this.overdueSince ??= now;
    return Math.max(0, this.overdueSince + STALE_DEADLINE_MS - now);
  }

  /** Milliseconds until the pods have been well for long enough. */
  private settleLeft(current: readonly PodObject[], now: number): number {
    const pods = current
      .map(pod => `${pod.metadata.uid} ${restartsOf(pod)} ${isReady(pod)}`)
      .sort()
      .join();
    if (this.settling?.pods !== pods) {
      this.settling = { pods, since: now };
    }
    const restarted = current.some(pod => restartsOf(pod) > 0);
    const needed = restarted
      ? this.settleMs * SETTLE_FACTOR_AFTER_RESTART
      : this.settleMs;
    const since = current.every(isReady) ? this.settling.since : now;
    return Math.max(0, since + needed - now);
  }

  /** A definitive trouble of the new pods, else any of them. */
  private worst(
    current: readonly PodObject[],
    events: readonly EventObject[],
  ): Trouble | undefined {
    const troubles = current.flatMap((pod): Trouble[] => {
      const found = this.withWords(
        pod,
        podReason(pod, this.watch.target.container),
      );
      if (!found) {
        const reason = isReady(pod) ? undefined : warningReason(pod, events);
        return reason ? [{ reason, definitive: false }] : [];
      }
      const looks = found.needsSecondLook ? this.sight(pod) : 2;
      return [
        {
          reason: withProbe(found.reason, pod, events),
          definitive: found.definitive && looks > 1,
          passing: found.passing,
        },
      ];
    });
    return troubles.find(({ definitive }) => definitive) ?? troubles[0];
  }

  /** A kubelet that only backs off said before what it backs off from. */
  private withWords(
    { metadata: { uid } }: PodObject,
    found: PodReason | undefined,
  ): PodReason | undefined {
    const refusal = this.refusals.get(uid);
    if (refusal && found?.reason.code === 'image-pull-failed') {
      return refusal;
    }
    if (found?.passing) {
      this.refusals.set(uid, found);
    } else {
      this.refusals.delete(uid);
    }
    return found;
  }

  /** @returns how many states of this pod have shown the trouble */
  private sight({ metadata }: PodObject): number {
    const seen = this.sightings.get(metadata.uid) ?? new Set();
    this.sightings.set(metadata.uid, seen.add(metadata.resourceVersion));
    return seen.size;
  }
}

/** The newest revision first, then by name. */
function byAge(a: Pod, b: Pod): number {
  return (
    Number(b.current ?? false) - Number(a.current ?? false) ||
    a.name.localeCompare(b.name)
  );
}
