import { Pod } from '@slipway/backstage-plugin-image-registry-common';
import { RolloutObservation } from '@slipway/backstage-plugin-image-registry-node';
import { Excuse, excuseOf } from './excuse';

/**
 * What was seen of a rollout so far, as far as its health rule needs it. It is
 * kept in the rollout's row, so that another worker goes on with it. All times
 * are milliseconds since 1970 by the database's clock.
 */
export interface HealthRecord {
  /** When it was watched first. */
  since: number;
  /** Since when it is not healthy; the deadline counts from here. */
  unhealthySince: number;
  /** Since when it has been healthy without a break. */
  healthySince?: number;
  /** Pods that were ready when it was complete last. */
  healthyReplicas?: number;
  /** Since when nothing can be said of it, or nothing can be done. */
  excused?: { since: number; excuse: Excuse };
  /** Milliseconds for which the registry has refused the image for now. */
  refusedMs: number;
  /** When its counts changed last. */
  progressAt: number;
  counts: string;
  /** By pod: restarts that are not the rollout's, and all that were seen. */
  restarts: Record<string, { from: number; to: number }>;
}

/** A record in which nothing was seen yet. */
export function beginHealth(now: number): HealthRecord {
  return {
    since: now,
    unhealthySince: now,
    refusedMs: 0,
    progressAt: now,
    counts: '',
    restarts: {},
  };
}

/** Adds one look at a rollout to what is known of it. */
export function withLook(
  record: HealthRecord,
  observation: RolloutObservation,
  now: number,
  /** The template was what it is already: its pods are older. */
  samePods: boolean,
): HealthRecord {
  const next = afterExcuse(record, excuseOf(observation), now);
  const { replicas, updatedReplicas, readyReplicas, phase } = observation;
  const counts = [replicas, updatedReplicas, readyReplicas].join();
  if (next.counts !== counts) {
    next.progressAt = now;
    next.counts = counts;
  }
  const isFirst = record.counts === '';
  next.restarts = withRestarts(
    record,
    observation,
    ({ ready }) =>
      // A pod that is ready already was there before: a rollback finds some.
      isFirst && (samePods || ready),
  );
  if (phase === 'complete') {
    next.healthySince ??= now;
    next.healthyReplicas = readyReplicas;
  } else if (!next.excused && hasLostPods(next, observation)) {
    next.healthySince = undefined;
    next.unhealthySince = now;
  }
  return next;
}

/** Restarts of the new pods, over all that there were. */
export function restartsIn({ restarts }: HealthRecord): number {
  return Object.values(restarts).reduce(
    (sum, { from, to }) => sum + to - from,
    0,
  );
}

/**
 * For how long the registry has refused the image for now, up to a moment; ms.
 */
export function refusedFor(record: HealthRecord, now: number): number {
  const { excused, refusedMs } = record;
  return excused?.excuse === 'registry'
    ? refusedMs + now - excused.since
    : refusedMs;
}

/** The clocks stand still while nothing can be said or done. */
function afterExcuse(
  record: HealthRecord,
  excuse: Excuse | undefined,
  now: number,
): HealthRecord {
  const { excused } = record;
  if (excused?.excuse === excuse) {
    return { ...record };
  }
  const lost = excused ? now - excused.since : 0;
  return {
    ...record,
    since: record.since + lost,
    unhealthySince: record.unhealthySince + lost,
    healthySince: record.healthySince && record.healthySince + lost,
    progressAt: record.progressAt + lost,
    refusedMs: refusedFor(record, now),
    excused: excuse && { since: now, excuse },
  };
}

/**
 * Pods that were there and are missing; those of a workload that is scaled up
 * meanwhile are none.
 */
function hasLostPods(
  { healthySince, healthyReplicas = 0 }: HealthRecord,
  { replicas, readyReplicas }: RolloutObservation,
): boolean {
  return (
    healthySince !== undefined &&
    readyReplicas < Math.min(replicas, healthyReplicas)
  );
}

/** A pod that is gone keeps its count: it was one of the new ones. */
function withRestarts(
  { restarts }: HealthRecord,
  { pods }: RolloutObservation,
  isOlder: (pod: Pod) => boolean,
): HealthRecord['restarts'] {
  const seen = { ...restarts };
  for (const pod of pods) {
    const { name, current, restarts: count } = pod;
    if (current !== false && count > 0) {
      const { from = isOlder(pod) ? count : 0, to = 0 } = seen[name] ?? {};
      seen[name] = { from, to: Math.max(to, count) };
    }
  }
  return seen;
}
