import { Entity } from '@backstage/catalog-model';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import {
  contestedBy,
  FoundTarget,
  otherOwners,
  TargetRecord,
  TargetStore,
} from '../targets';
import { rolloutReasons } from './reasons';
import { RolloutStore } from './RolloutStore';
import { isAutomatic, StoredRollout } from './StoredRollout';

/** What stands against a rollout, and what becomes of it. */
export interface GateVerdict {
  verdict: 'cancelled' | 'superseded' | 'failed' | 'waiting';
  reason: Reason;
}

/**
 * Asked inside the transaction that moves a rollout to `applying`, with its
 * target locked; nothing but the database is awaited.
 */
export type RolloutGate = (
  trx: Knex.Transaction,
  rollout: StoredRollout,
  target: TargetRecord,
) => Promise<GateVerdict | undefined>;

/**
 * Asked before a rollout is applied, outside of any transaction: may whoever
 * caused it still do that?
 */
export type RolloutPreflight = (
  rollout: StoredRollout,
  entity: Entity,
) => Promise<GateVerdict | undefined>;

/**
 * What waited while a newer rollout of its target was begun would take the
 * target back. Only automation is superseded; a person's is cancelled.
 */
export function createOrderGate(rollouts: RolloutStore): RolloutGate {
  return async (trx, rollout) => {
    const newer = await rollouts.begunAfter(trx, rollout);
    return (
      newer && {
        verdict: isAutomatic(rollout) ? 'superseded' : 'cancelled',
        reason: rolloutReasons.supersededBy(newer.sequence),
      }
    );
  };
}

/** A person's hold stops the automation. */
export function createHoldGate(targets: TargetStore): RolloutGate {
  return async (trx, rollout) => {
    const hold = isAutomatic(rollout)
      ? await targets.holdOf(trx, rollout.targetKey)
      : undefined;
    return hold && { verdict: 'cancelled', reason: rolloutReasons.held(hold) };
  };
}

/** The automation does not repeat what failed. */
export function createBlockedDigestGate(targets: TargetStore): RolloutGate {
  return async (trx, rollout) => {
    const { targetKey, image } = rollout;
    const blocked =
      isAutomatic(rollout) &&
      (await targets.isBlocked(trx, targetKey, image.digest));
    return blocked
      ? {
          verdict: 'cancelled',
          reason: rolloutReasons.blockedDigest(image.digest),
        }
      : undefined;
  };
}

/** Without consent nobody else's field is taken; by automation never twice. */
export function consentVerdict(
  rollout: StoredRollout,
  found: FoundTarget,
  target: TargetRecord | undefined,
): GateVerdict | undefined {
  const owners = otherOwners(found.workload);
  if (owners.length === 0) {
    return undefined;
  }
  if (!target?.consent) {
    return {
      verdict: 'failed',
      reason: rolloutReasons.needsConsent(owners.join(', ')),
    };
  }
  const contested = contestedBy(found.workload, target);
  return contested && isAutomatic(rollout)
    ? {
        verdict: 'failed',
        reason: rolloutReasons.contested(contested.manager),
      }
    : undefined;
}
