import { Entity } from '@backstage/catalog-model';
import {
  GateName,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadTarget } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import {
  contestedBy,
  FoundTarget,
  otherOwners,
  TargetRecord,
  TargetStore,
  undoneBy,
} from '../targets';
import { rolloutReasons } from './reasons';
import { RolloutStore } from './RolloutStore';
import { isAutomatic, StoredRollout } from './StoredRollout';

/** What stands against a rollout, and what becomes of it. */
export interface GateVerdict {
  verdict: 'cancelled' | 'superseded' | 'rejected' | 'failed' | 'waiting';
  reason: Reason;
  /** Of `waiting`: when another answer is to be expected; ms since 1970. */
  until?: number;
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

/** A gate that pages know by its name. */
export interface NamedGate {
  name: GateName;
  ask: RolloutGate;
}

/**
 * Asked before a rollout is applied, outside of any transaction: may whoever
 * caused it still do that?
 */
export type RolloutPreflight = (
  rollout: StoredRollout,
  entity: Entity,
) => Promise<GateVerdict | undefined>;

/** Asked before a rollout is applied, with its target as it was just read. */
export type RolloutReview = (
  rollout: StoredRollout,
  found: FoundTarget,
) => Promise<GateVerdict | undefined>;

/**
 * What waited while a newer rollout of its target was begun would take the
 * target back. Only automation is superseded; a person's is cancelled.
 */
export function createOrderGate(rollouts: RolloutStore): NamedGate {
  return {
    name: 'order',
    async ask(trx, rollout) {
      const newer = await rollouts.begunAfter(trx, rollout);
      return (
        newer && {
          verdict: isAutomatic(rollout) ? 'superseded' : 'cancelled',
          reason: rolloutReasons.supersededBy(newer.sequence),
        }
      );
    },
  };
}

/**
 * What somebody has approved is not overtaken, and the automation does not
 * overtake what a person asked for: the newer one waits behind it.
 */
export function createTurnGate(rollouts: RolloutStore): NamedGate {
  return {
    name: 'order',
    async ask(trx, rollout) {
      const { targetKey, sequence } = rollout;
      const open = await rollouts.ofTarget(trx, targetKey, [
        'queued',
        'waiting',
      ]);
      const first = open.find(
        older =>
          older.sequence < sequence &&
          (isApproved(older) || (isAutomatic(rollout) && !isAutomatic(older))),
      );
      return (
        first && {
          verdict: 'waiting',
          reason: rolloutReasons.waitsBehind(first.sequence),
        }
      );
    },
  };
}

/** Whether somebody who was asked has approved a rollout. */
export function isApproved({
  approval,
}: Pick<StoredRollout, 'approval'>): boolean {
  return approval !== undefined && approval.given.length > 0;
}

/** A person's hold stops the automation. */
export function createHoldGate(targets: TargetStore): NamedGate {
  return {
    name: 'hold',
    async ask(trx, rollout) {
      const hold = isAutomatic(rollout)
        ? await targets.holdOf(trx, rollout.targetKey)
        : undefined;
      return (
        hold && { verdict: 'cancelled', reason: rolloutReasons.held(hold) }
      );
    },
  };
}

/** The automation does not repeat what failed. */
export function createBlockedDigestGate(targets: TargetStore): NamedGate {
  return {
    name: 'blocked-digest',
    async ask(trx, rollout) {
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
    },
  };
}

/**
 * Without consent nobody else's field is taken; by automation never twice, and
 * never where GitOps would undo it.
 */
export function consentVerdict(
  rollout: StoredRollout,
  workload: WorkloadTarget,
  target: TargetRecord | undefined,
): GateVerdict | undefined {
  const undone = isAutomatic(rollout) ? undoneBy(workload, target) : undefined;
  if (undone) {
    return { verdict: 'failed', reason: undone };
  }
  const owners = otherOwners(workload);
  if (owners.length === 0) {
    return undefined;
  }
  if (!target?.consent) {
    return {
      verdict: 'failed',
      reason: rolloutReasons.needsConsent(owners.join(', ')),
    };
  }
  const contested = contestedBy(workload, target);
  return contested && isAutomatic(rollout)
    ? {
        verdict: 'failed',
        reason: rolloutReasons.contested(contested.manager),
      }
    : undefined;
}
