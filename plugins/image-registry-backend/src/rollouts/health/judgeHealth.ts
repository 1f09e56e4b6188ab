import {
  HealthRule,
  Reason,
  WorkloadKind,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  OLD_POD_KEPT,
  RolloutObservation,
} from '@slipway/backstage-plugin-image-registry-node';
import { healthReasons } from './healthReasons';
import { HealthRecord, refusedFor, restartsIn } from './HealthRecord';

/**
 * Without a deadline of the environment, kinds of workloads that have none of
 * their own may stand still for so long, in ms. It is what Kubernetes gives
 * Deployments, https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds
 */
export const STANDSTILL_MS = 10 * 60_000;

/** A registry that refuses an image for now is waited for so long, in ms. */
export const REFUSED_LIMIT_MS = 24 * 60 * 60_000;

/** So often the soak may begin anew before a rollout never stayed healthy. */
const MOST_SOAKS = 3;

/** Kinds whose controllers know no deadline. */
const withoutDeadline: readonly WorkloadKind[] = ['StatefulSet', 'DaemonSet'];

/** Where a rollout stands by its health rule. */
export type HealthVerdict =
  | {
      result: 'goes-on';
      reason?: Reason;
      /** Look again after so many ms even if nothing happens. */
      againInMs?: number;
    }
  | {
      result: 'healthy';
      reason?: Reason;
      /** False when nothing ran that could have shown it. */
      proven: boolean;
    }
  | {
      result: 'failed';
      reason?: Reason;
      /** False when the image is not to blame. */
      imageFailed: boolean;
    }
  | { result: 'departed'; reason?: Reason };

/** What a verdict is made of. */
export interface Judged {
  kind: WorkloadKind;
  rule: HealthRule;
  record: HealthRecord;
  observation: RolloutObservation;
  /** By the clock of the record, in ms. */
  now: number;
}

/** Where a rollout stands: its last look, in the light of all before it. */
export function judgeHealth(judged: Judged): HealthVerdict {
  const { observation, record, rule, now } = judged;
  const { phase, reason } = observation;
  if (phase === 'replaced' || phase === 'gone') {
    return { result: 'departed', reason };
  }
  if (phase === 'failed') {
    return { result: 'failed', reason, imageFailed: true };
  }
  const restarts = restartsIn(record);
  if (rule.restartBudget !== undefined && restarts > rule.restartBudget) {
    return {
      result: 'failed',
      reason: healthReasons.restartBudget(
        restarts,
        rule.restartBudget,
        worstPod(observation),
      ),
      imageFailed: true,
    };
  }
  if (record.excused) {
    return excusedVerdict(judged, refusedFor(record, now));
  }
  if (phase === 'stopped') {
    return { result: 'healthy', reason, proven: false };
  }
  return phase === 'complete' ? soakVerdict(judged) : progressVerdict(judged);
}

/** Nothing can be held against the rollout; only its patience has an end. */
function excusedVerdict(
  { observation: { reason }, record }: Judged,
  refusedMs: number,
): HealthVerdict {
  if (record.excused?.excuse !== 'registry') {
    return { result: 'goes-on', reason };
  }
  const left = REFUSED_LIMIT_MS - refusedMs;
  return left <= 0
    ? {
        result: 'failed',
        reason: healthReasons.refusedTooLong(REFUSED_LIMIT_MS, reason),
        imageFailed: false,
      }
    : { result: 'goes-on', reason, againInMs: left };
}

/** All is well; is it so for long enough? */
function soakVerdict({
  observation: { reason, replicas, updatedReplicas },
  record,
  rule,
  now,
}: Judged): HealthVerdict {
  const { soakMs = 0 } = rule;
  // With OnDelete, a partition or a CronJob nothing new runs yet.
  const runs = replicas > 0 && updatedReplicas >= replicas;
  const until = (record.healthySince ?? now) + soakMs;
  return !runs || until <= now
    ? { result: 'healthy', reason, proven: updatedReplicas >= replicas }
    : {
        result: 'goes-on',
        reason: healthReasons.soaking(soakMs, until),
        againInMs: until - now,
      };
}

/** Not complete, or not any more: until when may it be so? */
function progressVerdict(judged: Judged): HealthVerdict {
  const { observation, record, rule, now } = judged;
  const { soakMs = 0 } = rule;
  const { reason } = observation;
  if (record.healthySince !== undefined) {
    // More pods are wanted, or one settles; those that there were are well.
    const until = record.healthySince + soakMs;
    return until <= now
      ? { result: 'healthy', proven: true }
      : {
          result: 'goes-on',
          reason: healthReasons.soaking(soakMs, until),
          againInMs: until - now,
        };
  }
  const allowedMs = rule.deadlineMs ?? STANDSTILL_MS;
  const soaksOver = record.since + allowedMs + MOST_SOAKS * soakMs;
  if (record.healthyReplicas !== undefined && soaksOver <= now) {
    return {
      result: 'failed',
      reason: healthReasons.neverStayedHealthy(soakMs, reason),
      imageFailed: true,
    };
  }
  if (isFull(observation)) {
    return { result: 'goes-on', reason };
  }
  const deadlineIn =
    rule.deadlineMs === undefined
      ? Infinity
      : record.unhealthySince + rule.deadlineMs - now;
  const left = Math.min(deadlineIn, standstillIn(judged) ?? Infinity);
  if (left > 0) {
    return {
      result: 'goes-on',
      reason,
      ...(left < Infinity && { againInMs: left }),
    };
  }
  return {
    result: 'failed',
    reason:
      deadlineIn <= 0
        ? healthReasons.deadline(allowedMs, reason)
        : healthReasons.standstill(STANDSTILL_MS, reason),
    imageFailed: reason?.code !== OLD_POD_KEPT,
  };
}

/** Milliseconds until a workload without a deadline has stood still too long. */
function standstillIn({ kind, rule, record, now }: Judged): number | undefined {
  return rule.deadlineMs === undefined && withoutDeadline.includes(kind)
    ? record.progressAt + STANDSTILL_MS - now
    : undefined;
}

/** All pods are new and ready; the driver only makes sure that they stay so. */
function isFull({
  replicas,
  updatedReplicas,
  readyReplicas,
}: RolloutObservation): boolean {
  return (
    replicas > 0 && updatedReplicas >= replicas && readyReplicas >= replicas
  );
}

function worstPod({ pods }: RolloutObservation): string {
  const [worst] = pods
    .filter(({ current }) => current !== false)
    .sort((a, b) => b.restarts - a.restarts);
  return worst?.name ?? '';
}
