import {
  Reason,
  RolloutState,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { databaseNow, jsonToColumn } from '../database';
import type { DesiredImage } from '../targets';
import { NewRollout, StoredRollout } from './StoredRollout';
import { isFinal } from './transitions';

/** Fields that a transition sets beside the state. */
export interface TransitionPatch {
  reason?: Reason;
  previous?: StoredRollout['previous'];
  applied?: StoredRollout['applied'];
  /** Its image ran and proved healthy. */
  healthy?: boolean;
  /** Why it failed, when it is returned to another image or was to be. */
  failure?: Reason;
  returnTo?: StoredRollout['returnTo'];
  /** What its targets were to run before it took them. */
  desiredBefore?: DesiredImage[];
  /** It is known that nothing was written: it has not begun. */
  unwritten?: boolean;
  /** Milliseconds from now until it is looked at again. */
  retryInMs?: number;
  /** What the step is called; default the new state. */
  type?: string;
}

/** The row of a rollout that comes in; the database tells the time. */
export function columnsOfNew(trx: Knex.Transaction, rollout: NewRollout) {
  const { image } = rollout;
  return {
    id: rollout.id,
    entity_ref: rollout.entityRef,
    target_key: rollout.targetKey,
    environment: rollout.environment ?? null,
    registry_id: image.registryId ?? null,
    repository: image.repository,
    tag: image.tag ?? null,
    digest: image.digest,
    image: image.reference,
    others: jsonToColumn(rollout.others),
    state: 'queued',
    cause: rollout.cause,
    author: rollout.author,
    note: rollout.note ?? null,
    policy_id: rollout.policyId ?? null,
    decision_id: rollout.decisionId ?? null,
    origin_id: rollout.originId ?? null,
    idempotency_key: rollout.idempotencyKey ?? null,
    emergency: rollout.emergency?.reason ?? null,
    created_at: databaseNow(trx),
  };
}

/** What a change of the state writes; a lease ends where nobody works on it. */
export function columnsOfTransition(
  trx: Knex.Transaction,
  to: RolloutState,
  patch: TransitionPatch,
) {
  const leaves = isFinal(to) || to === 'waiting';
  return {
    state: to,
    reason: jsonToColumn(patch.reason),
    next_attempt_at:
      patch.retryInMs === undefined ? null : databaseNow(trx, patch.retryInMs),
    ...(to === 'waiting' && { attempts: trx.raw('attempts + 1') }),
    ...(to === 'applying' && { started_at: databaseNow(trx), attempts: 0 }),
    ...(to === 'progressing' && { write_tries: 0, write_lost_at: null }),
    ...(patch.unwritten && {
      started_at: null,
      interrupted_by: null,
      desired_before: null,
      write_tries: trx.raw('write_tries + 1'),
    }),
    ...(patch.desiredBefore && {
      desired_before: jsonToColumn(patch.desiredBefore),
    }),
    ...(isFinal(to) && { finished_at: databaseNow(trx) }),
    ...(leaves && { lease_token: null, lease_until: null }),
    ...(patch.previous && { previous: jsonToColumn(patch.previous) }),
    ...(patch.applied && { applied: jsonToColumn(patch.applied) }),
    ...(patch.healthy && { healthy_at: databaseNow(trx) }),
    ...(patch.failure && { failure: jsonToColumn(patch.failure) }),
    ...(patch.returnTo && { return_to: jsonToColumn(patch.returnTo) }),
  };
}
