import {
  Approval,
  GateState,
  ImageRegistrySignal,
  parseTargetKey,
  Reason,
  Rollout,
  RolloutEvent,
  RolloutImage,
  RolloutState,
} from '@slipway/backstage-plugin-image-registry-common';
import { AppliedChange } from '@slipway/backstage-plugin-image-registry-node';
import { BigIntColumn, jsonFromColumn, timeFromColumn } from '../database';
import { ImageEvidence } from '../protection';
import type { DesiredImage } from '../targets';
import { StoredOther } from './others';

/** A rollout as the worker sees it. */
export interface StoredRollout extends Rollout {
  image: RolloutImage & { digest: string };
  others?: StoredOther[];
  /** What the cluster answered, once it was applied. */
  applied?: AppliedChange;
  /** The last good image, when it is returned there or was. */
  returnTo?: RolloutImage & { digest: string };
  /** What the cluster answered to the return. */
  returnApplied?: AppliedChange;
  /** The rollout for which this one has to end. */
  interruptedBy?: string;
  /** Where it stood with its gates when they were read last. */
  gates: GateState[];
  /** What the registry said of the image, for the gates. */
  evidence?: ImageEvidence;
  /** Writes that are known to have changed nothing. */
  writeTries: number;
  /** What its targets were to run before it took them. */
  desiredBefore?: DesiredImage[];
}

/** Fields that whoever enqueues a rollout gives. */
export interface NewRollout {
  id: string;
  entityRef: string;
  targetKey: string;
  environment?: string;
  image: RolloutImage & { digest: string };
  /** Other containers of the same workload, written with it. */
  others?: StoredOther[];
  cause: Rollout['cause'];
  author: string;
  note?: string;
  policyId?: string;
  decisionId?: string;
  originId?: string;
  /** Hash of the caller's Idempotency-Key. */
  idempotencyKey?: string;
  /** Why it goes past the gates of its environment. */
  emergency?: { reason: string };
  /**
   * Owners of the component, where they are known: who is asked to approve.
   * Else that is looked up by the worker.
   */
  owners?: string[];
}

/** Row of the table `rollouts`. */
export interface RolloutRow {
  sequence: BigIntColumn;
  id: string;
  entity_ref: string;
  target_key: string;
  environment: string | null;
  registry_id: string | null;
  repository: string;
  tag: string | null;
  digest: string;
  image: string;
  previous: string | null;
  others: string | null;
  state: RolloutState;
  reason: string | null;
  cause: Rollout['cause'];
  author: string;
  note: string | null;
  policy_id: string | null;
  decision_id: string | null;
  origin_id: string | null;
  created_at: BigIntColumn;
  started_at: BigIntColumn | null;
  finished_at: BigIntColumn | null;
  healthy_at: BigIntColumn | null;
  /** Digest that was healthy before the portal's first rollout there. */
  healthy_before: string | null;
  attempts: number;
  next_attempt_at: BigIntColumn | null;
  lease_token: string | null;
  lease_until: BigIntColumn | null;
  interrupted_by: string | null;
  applied: string | null;
  failure: string | null;
  return_to: string | null;
  return_applied: string | null;
  gates: string | null;
  evidence: string | null;
  emergency: string | null;
  approval: string | null;
  approval_deadline: BigIntColumn | null;
  write_tries: number;
  write_lost_at: BigIntColumn | null;
  desired_before: string | null;
}

/** Whom a rollout asked to approve it, as its row keeps it. */
export type ApprovalQuestion = Pick<
  Approval,
  'required' | 'approvers' | 'notBy'
>;

/** What those who were asked have said. */
export type ApprovalAnswers = Pick<Approval, 'given' | 'rejected'>;

/** Row of the table `rollout_events`. */
export interface RolloutEventRow {
  sequence: BigIntColumn;
  rollout_id: string;
  at: BigIntColumn;
  type: string;
  state: RolloutState;
  reason: string | null;
  progress: string | null;
  times: number;
}

/** True for rollouts that a policy made, not a person. */
export function isAutomatic(rollout: Pick<Rollout, 'cause'>): boolean {
  return rollout.cause === 'policy';
}

/**
 * @param answers - to its question, when it asked one
 * @throws Error for a row whose key is damaged
 */
export function rolloutFromRow(
  row: RolloutRow,
  answers: ApprovalAnswers = { given: [] },
): StoredRollout {
  const target = parseTargetKey(row.target_key);
  if (!target) {
    throw new Error(`Rollout ${row.id} has a damaged target key`);
  }
  return {
    id: row.id,
    sequence: Number(row.sequence),
    entityRef: row.entity_ref,
    targetKey: row.target_key,
    target,
    environment: row.environment ?? undefined,
    image: {
      registryId: row.registry_id ?? undefined,
      repository: row.repository,
      tag: row.tag ?? undefined,
      digest: row.digest,
      reference: row.image,
    },
    previous: jsonFromColumn<RolloutImage>(row.previous),
    others: jsonFromColumn<StoredOther[]>(row.others),
    state: row.state,
    reason: jsonFromColumn<Reason>(row.reason),
    cause: row.cause,
    author: row.author,
    note: row.note ?? undefined,
    policyId: row.policy_id ?? undefined,
    decisionId: row.decision_id ?? undefined,
    originId: row.origin_id ?? undefined,
    createdAt: timeFromColumn(row.created_at)!,
    startedAt: timeFromColumn(row.started_at),
    finishedAt: timeFromColumn(row.finished_at),
    attempts: row.attempts,
    nextAttemptAt: timeFromColumn(row.next_attempt_at),
    applied: jsonFromColumn<AppliedChange>(row.applied),
    failure: jsonFromColumn<Reason>(row.failure),
    returnTo: jsonFromColumn<StoredRollout['returnTo']>(row.return_to),
    returnApplied: jsonFromColumn<AppliedChange>(row.return_applied),
    interruptedBy: row.interrupted_by ?? undefined,
    gates: jsonFromColumn<GateState[]>(row.gates) ?? [],
    evidence: jsonFromColumn<ImageEvidence>(row.evidence),
    writeTries: row.write_tries,
    desiredBefore: jsonFromColumn<DesiredImage[]>(row.desired_before),
    emergency: row.emergency ? { reason: row.emergency } : undefined,
    approval: approvalFromRow(row, answers),
  };
}

function approvalFromRow(
  row: RolloutRow,
  answers: ApprovalAnswers,
): Approval | undefined {
  const question = jsonFromColumn<ApprovalQuestion>(row.approval);
  return (
    question && {
      ...question,
      digest: row.digest,
      deadlineAt: timeFromColumn(row.approval_deadline)!,
      ...answers,
    }
  );
}

export function eventFromRow(row: RolloutEventRow): RolloutEvent {
  return {
    sequence: Number(row.sequence),
    at: timeFromColumn(row.at)!,
    type: row.type,
    state: row.state,
    reason: jsonFromColumn<Reason>(row.reason),
    progress: jsonFromColumn<RolloutEvent['progress']>(row.progress),
    ...(row.times > 1 && { times: row.times }),
  };
}

/** The rollout as the REST contract shows it, without the worker's fields. */
export function toApi(rollout: StoredRollout): Rollout {
  const {
    applied: _applied,
    returnApplied: _returnApplied,
    interruptedBy: _by,
    gates: _gates,
    evidence: _evidence,
    writeTries: _writeTries,
    desiredBefore: _desiredBefore,
    ...shown
  } = rollout;
  return shown;
}

/** What open pages are told when a rollout moved on. */
export function signalOf({
  id,
  entityRef,
}: Pick<Rollout, 'id' | 'entityRef'>): ImageRegistrySignal {
  return { topic: 'rollout', id, entityRef };
}
