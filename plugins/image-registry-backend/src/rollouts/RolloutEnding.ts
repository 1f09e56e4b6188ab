import {
  HealthRule,
  ImageRegistrySignal,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  RolloutObservation,
  RolloutWatch,
} from '@slipway/backstage-plugin-image-registry-node';
import { protectionReasons } from '../protection';
import { TargetStore } from '../targets';
import { EvidenceKeeper, EvidenceStore } from './evidence';
import { Followship, HealthVerdict } from './health';
import { Held } from './Held';
import { broughtBy, targetKeysOf } from './others';
import { rolloutReasons } from './reasons';
import { GoodImages, returnReasons } from './return';
import { ManualDeployHook } from './RolloutAutomation';
import { RolloutQueue } from './RolloutQueue';
import { RolloutStore } from './RolloutStore';
import { seenFrom } from './RolloutTargets';
import { isAutomatic, signalOf, StoredRollout } from './StoredRollout';

/** What {@link RolloutEnding} is made of. */
export interface RolloutEndingOptions {
  evidenceKeeper: EvidenceKeeper;
  evidenceStore: EvidenceStore;
  goodImages: GoodImages;
  queue: RolloutQueue;
  rollouts: RolloutStore;
  targetStore: TargetStore;
  /** What a person deployed serves; called with its targets locked. */
  onDeployed: ManualDeployHook;
  publish(signal: ImageRegistrySignal): void;
}

type Verdict<R extends HealthVerdict['result']> = Extract<
  HealthVerdict,
  { result: R }
>;

/** Writes down what became of a rollout that was followed to its end. */
export class RolloutEnding {
  constructor(private readonly options: RolloutEndingOptions) {}

  /** The rollout's state afterwards: ended, or on its way back. */
  async end(
    held: Held,
    { verdict, observation }: Followship,
    followed: { watch: Omit<RolloutWatch, 'target'>; rule: HealthRule },
  ): Promise<void> {
    const { rollout } = held;
    if (verdict.result === 'healthy') {
      await this.#succeed(held, verdict, observation);
    } else if (verdict.result === 'failed') {
      const { evidenceKeeper } = this.options;
      const { watch } = followed;
      const left = await evidenceKeeper.gather(held, watch, observation);
      await this.#fail(held, verdict, { left, rule: followed.rule });
    } else {
      const reason = departure(verdict.reason, observation);
      await this.#depart(held, reason, observation);
    }
    this.options.publish(signalOf(rollout));
  }

  async #succeed(
    held: Held,
    { reason, proven }: Verdict<'healthy'>,
    { phase }: RolloutObservation,
  ): Promise<void> {
    const { onDeployed, rollouts, targetStore } = this.options;
    const { rollout, token } = held;
    await rollouts.transaction(async trx => {
      await targetStore.lockAll(trx, targetKeysOf(rollout));
      if (!isAutomatic(rollout)) {
        for (const { targetKey, image } of broughtBy(rollout)) {
          await targetStore.unblock(trx, targetKey, image.digest);
          await onDeployed(trx, seenFrom(rollout, targetKey));
        }
      }
      await rollouts.transition(trx, rollout, 'succeeded', {
        token,
        healthy: proven,
        reason:
          phase === 'stopped' && isAutomatic(rollout)
            ? protectionReasons.updatedNotStarted()
            : reason,
      });
    });
    rollout.state = 'succeeded';
  }

  async #fail(
    held: Held,
    { reason, imageFailed }: Verdict<'failed'>,
    about: {
      left: Awaited<ReturnType<EvidenceKeeper['gather']>>;
      rule: HealthRule;
    },
  ): Promise<void> {
    const { evidenceStore, goodImages, rollouts, targetStore } = this.options;
    const { rollout, token } = held;
    const { id } = rollout;
    const returns = imageFailed && mayReturn(rollout, about.rule);
    const returnTo = returns
      ? await goodImages.newestBefore(rollout)
      : undefined;
    await rollouts.transaction(async trx => {
      await targetStore.lockAll(trx, targetKeysOf(rollout));
      if (about.left) {
        await evidenceStore.keep(trx, id, about.left);
      }
      // Of several images nobody can tell which one was to blame.
      for (const { targetKey, image } of imageFailed
        ? broughtBy(rollout)
        : []) {
        const { digest } = image;
        await targetStore.block(trx, { targetKey, digest, rolloutId: id });
      }
      if (returnTo) {
        await rollouts.transition(trx, rollout, 'rolling-back', {
          token,
          failure: reason,
          returnTo,
          reason: returnReasons.returning(returnTo),
        });
      } else {
        await rollouts.transition(trx, rollout, 'failed', {
          token,
          ...(returns
            ? { failure: reason, reason: returnReasons.nothingToReturnTo() }
            : { reason }),
        });
      }
    });
    rollout.state = returnTo ? 'rolling-back' : 'failed';
    rollout.failure = reason;
    rollout.returnTo = returnTo;
  }

  /**
   * Somebody took it out of the portal's hands. A tool that put the image back
   * will do so again: nothing is deployed by itself until a person lifts that.
   */
  async #depart(
    { rollout, token }: Held,
    reason: Reason,
    { replacedBy }: RolloutObservation,
  ): Promise<void> {
    const { queue, rollouts, targetStore } = this.options;
    const { entityRef, targetKey } = rollout;
    await rollouts.transaction(async trx => {
      await targetStore.lock(trx, targetKey);
      await rollouts.transition(trx, rollout, 'failed', { token, reason });
      const isHeld = await targetStore.holdOf(trx, targetKey);
      if (replacedBy?.tool && !isHeld) {
        await targetStore.hold(trx, {
          targetKey,
          entityRef,
          reason: reason.message,
          because: reason,
        });
        await queue.cancelAutomation(trx, targetKey, reason);
      }
    });
    rollout.state = 'failed';
  }
}

/** What goes back by itself does so once: a rollback is not rolled back. */
function mayReturn({ cause }: StoredRollout, { rollBack }: HealthRule) {
  return rollBack === true && cause !== 'rollback';
}

function departure(
  reason: Reason | undefined,
  { phase }: RolloutObservation,
): Reason {
  return (
    reason ??
    (phase === 'gone'
      ? rolloutReasons.gone()
      : rolloutReasons.changedOutside(''))
  );
}
