import {
  HealthRule,
  ImageRegistrySignal,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import { AppliedChange } from '@slipway/backstage-plugin-image-registry-node';
import { Notices } from '../../protection';
import { FoundTarget, TargetStore } from '../../targets';
import { Followship, HealthStore, HealthWatch } from '../health';
import { Held } from '../Held';
import { ImageWriter } from '../ImageWriter';
import { Obstacles } from '../Obstacles';
import {
  otherImagesBefore,
  returningOthers,
  siblingOf,
  targetKeysOf,
} from '../others';
import { Preparation } from '../Preparation';
import { rolloutReasons } from '../reasons';
import { RolloutLeases } from '../RolloutLeases';
import { RolloutSteps } from '../RolloutSteps';
import { RolloutStore } from '../RolloutStore';
import { signalOf } from '../StoredRollout';
import { GoodImage } from './GoodImages';
import { ReturnEnds } from './ReturnEnds';
import { returnReasons, versionOf } from './returnReasons';

/** What {@link AutomaticReturn} is made of. */
export interface AutomaticReturnOptions {
  ends: ReturnEnds;
  health: HealthStore;
  leases: RolloutLeases;
  notices: Pick<Notices, 'returned'>;
  obstacles: Obstacles;
  preparation: Preparation;
  rollouts: RolloutStore;
  steps: RolloutSteps;
  targetStore: TargetStore;
  watch: HealthWatch;
  writer: ImageWriter;
  publish(signal: ImageRegistrySignal): void;
  /** The health rule of a rollout's environment, as it is now. */
  ruleOf(held: Held): Promise<HealthRule>;
}

/**
 * Brings the last good image back for a rollout that failed. It belongs to that
 * rollout's row and runs under its lease and its sequence, and it is never
 * returned itself.
 */
export class AutomaticReturn {
  constructor(private readonly options: AutomaticReturnOptions) {}

  async carryOut(held: Held): Promise<void> {
    const { returnTo } = held.rollout;
    if (!returnTo) {
      throw new Error(`Rollout ${held.rollout.id} has nowhere to return to`);
    }
    if (!held.rollout.returnApplied) {
      await this.#write(held, returnTo);
    }
    await this.#follow(held, returnTo);
  }

  async #write(held: Held, to: GoodImage): Promise<void> {
    await this.options.writer.write(held, {
      image: to.reference,
      others: otherImagesBefore(held.rollout),
      read: () => this.#read(held, to),
      record: applied => this.#record(held, to, applied),
    });
  }

  /** What somebody else set meanwhile is not written over. */
  async #read(held: Held, to: GoodImage): Promise<FoundTarget> {
    const { obstacles, preparation } = this.options;
    const { rollout } = held;
    const found = await preparation.targetOfReturn(held);
    const { image, uid } = found.workload;
    if (rollout.applied && rollout.applied.uid !== uid) {
      const reason = rolloutReasons.gone();
      return obstacles.refuse(held, { verdict: 'failed', reason });
    }
    if (![rollout.image, to].some(each => names(image, each))) {
      const reason = rolloutReasons.changedOutside(image);
      return obstacles.refuse(held, { verdict: 'failed', reason });
    }
    return found;
  }

  async #record(
    { rollout, token }: Held,
    to: GoodImage,
    applied: AppliedChange,
  ): Promise<void> {
    const { health, publish, rollouts, steps, targetStore } = this.options;
    await rollouts.transaction(async trx => {
      await targetStore.lockAll(trx, targetKeysOf(rollout));
      await rollouts.setReturnApplied(trx, rollout.id, token, applied);
      await targetStore.setDesired(trx, rollout.targetKey, {
        digest: to.digest,
        image: to.reference,
      });
      await targetStore.setApplied(trx, rollout.targetKey);
      for (const other of returningOthers(rollout) ?? []) {
        const key = targetKey(siblingOf(rollout.target, other.container));
        const { digest, reference: image } = other.image;
        await targetStore.setDesired(trx, key, { digest, image });
        await targetStore.setApplied(trx, key);
      }
      await health.begin(trx, rollout.id);
      await steps.add(trx, rollout.id, {
        type: 'return-written',
        state: 'rolling-back',
        reason: returnReasons.written(to),
      });
    });
    rollout.returnApplied = applied;
    publish(signalOf(rollout));
  }

  async #follow(held: Held, to: GoodImage): Promise<void> {
    const { leases, obstacles, watch } = this.options;
    const { rollout, token, keeper } = held;
    let ended: Followship | undefined;
    try {
      ended = await watch.follow(held, {
        watch: {
          image: to.reference,
          others: otherImagesBefore(rollout),
          generation: rollout.returnApplied?.generation,
          uid: rollout.returnApplied?.uid,
        },
        image: to,
        // What was healthy here before only has to become so again.
        rule: async () => ({
          deadlineMs: (await this.options.ruleOf(held)).deadlineMs,
        }),
        samePods: false,
      });
    } catch (error) {
      if (!keeper.signal.aborted) {
        await obstacles.clusterFailed(held, error);
      }
    }
    if (keeper.signal.aborted) {
      await obstacles.stopped(held);
    } else if (!ended) {
      await leases.release(rollout.id, token, { retryInMs: 1000 });
    } else {
      await this.#end(held, to, ended);
    }
  }

  async #end(
    held: Held,
    to: GoodImage,
    { verdict, observation }: Followship,
  ): Promise<void> {
    const { ends, notices, publish, rollouts } = this.options;
    const { rollout } = held;
    const isBack = verdict.result === 'healthy';
    await rollouts.transaction(async trx => {
      if (isBack) {
        const reason =
          observation.phase === 'stopped'
            ? returnReasons.returnedNotStarted(to)
            : returnReasons.returned(to);
        await ends.succeeded(trx, held, reason);
      } else {
        await ends.failed(trx, held, verdict.reason);
      }
    });
    publish(signalOf(rollout));
    void notices.returned(rollout, {
      to: versionOf(to),
      isBack,
      failure: rollout.failure?.message,
    });
  }
}

/** By its reference, or by its digest under the name of a mirror. */
function names(
  written: string,
  { reference, digest }: Pick<GoodImage, 'reference' | 'digest'>,
): boolean {
  return written === reference || written.endsWith(`@${digest}`);
}
