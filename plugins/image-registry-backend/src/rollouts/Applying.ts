import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import {
  AppliedChange,
  DriverError,
} from '@slipway/backstage-plugin-image-registry-node';
import { FoundTarget, TargetStore } from '../targets';
import { backoffMs } from './backoff';
import { HealthStore } from './health';
import { Finished, Held } from './Held';
import { ImageWriter, isStale, STALE_ATTEMPTS } from './ImageWriter';
import { Obstacles } from './Obstacles';
import { otherImages, otherWorkloads, targetKeysOf } from './others';
import { Preparation } from './Preparation';
import { because, rolloutReasons } from './reasons';
import { RolloutStore } from './RolloutStore';
import { signalOf, StoredRollout } from './StoredRollout';
import { TargetClaim } from './TargetClaim';
import { StepBack, WriteAttempts } from './WriteAttempts';

/** What {@link Applying} is made of. */
export interface ApplyingOptions {
  attempts: WriteAttempts;
  claim: TargetClaim;
  health: HealthStore;
  obstacles: Obstacles;
  preparation: Preparation;
  rollouts: RolloutStore;
  targetStore: TargetStore;
  writer: ImageWriter;
  publish(signal: ImageRegistrySignal): void;
}

/**
 * Brings a rollout from the queue into its cluster: to `progressing`. A write
 * that is known to have changed nothing is no beginning: the rollout goes back,
 * and each further attempt is a first one, with all gates. One whose answer was
 * lost keeps the target until the cluster has been looked at.
 */
export class Applying {
  constructor(private readonly options: ApplyingOptions) {}

  /** @throws Finished when it is over for now */
  async carryOut(held: Held): Promise<void> {
    if (held.rollout.state === 'applying') {
      await this.#resume(held);
    }
    for (let round = 1; isToBegin(held.rollout); round++) {
      await this.#begin(held, round);
    }
  }

  /** Whoever wrote it before did not see the answer, or ended in the middle. */
  async #resume(held: Held): Promise<void> {
    const { attempts, obstacles, preparation } = this.options;
    const { rollout } = held;
    await attempts.lostUnlessKnown(held);
    if (isUntouched(await preparation.look(held), rollout)) {
      await this.#stepBack(held, {
        to: 'queued',
        reason: rolloutReasons.unwritten(),
      });
      return;
    }
    const found = await preparation.target(held);
    let applied: AppliedChange;
    try {
      applied = await this.#write(held, found);
    } catch (error) {
      await obstacles.clusterFailed(held, error);
      return;
    }
    await this.#record(held, applied);
  }

  /** Takes the target, and writes once. */
  async #begin(held: Held, round: number): Promise<void> {
    const found = await this.#take(held);
    let applied: AppliedChange;
    try {
      applied = await this.#write(held, found);
    } catch (error) {
      await this.#failed(held, error, round);
      return;
    }
    await this.#record(held, applied);
  }

  /** A write that was given up may have taken effect after all. */
  async #take(held: Held): Promise<FoundTarget> {
    const { claim, preparation } = this.options;
    const { rollout } = held;
    if (rollout.writeTries > 0) {
      const landed = await preparation.look(held);
      if (landed.workload.rolloutSequence === rollout.sequence) {
        await claim.takeWritten(held);
        return landed;
      }
    }
    const found = await preparation.prepare(held);
    await claim.take(held, found);
    return found;
  }

  async #write(held: Held, found: FoundTarget): Promise<AppliedChange> {
    const { rollout } = held;
    const image = rollout.image.reference;
    const images = { image, others: otherImages(rollout) };
    return this.options.writer.writeOnce(held, images, found);
  }

  async #failed(held: Held, error: unknown, round: number): Promise<void> {
    const { attempts, obstacles } = this.options;
    const { keeper, rollout } = held;
    const mayPass = error instanceof DriverError && error.transient;
    if (keeper.signal.aborted || !mayPass) {
      await obstacles.clusterFailed(held, error);
      return;
    }
    if (!error.unwritten) {
      await attempts.lost(held);
      await obstacles.clusterFailed(held, error);
      return;
    }
    const { code, message, retryAfterMs } = error;
    const { cluster } = rollout.target;
    const reason = because(code, message, { cluster });
    if (isStale(error) && round < STALE_ATTEMPTS) {
      await this.#stepBack(held, { to: 'queued', reason });
      return;
    }
    const retryInMs = retryAfterMs ?? backoffMs(rollout.writeTries);
    await this.#stepBack(held, { to: 'waiting', reason, retryInMs });
  }

  /** @throws Finished unless it goes on at once */
  async #stepBack(held: Held, step: StepBack): Promise<void> {
    const { attempts, obstacles, publish } = this.options;
    const { rollout } = held;
    const state = await attempts.stepBack(held, step);
    if (!state) {
      await obstacles.interrupted(held);
      throw new Finished();
    }
    publish(signalOf(rollout));
    if (state !== 'queued') {
      throw new Finished();
    }
    rollout.state = state;
    rollout.writeTries++;
  }

  async #record(held: Held, applied: AppliedChange): Promise<void> {
    const { health, publish, rollouts, targetStore } = this.options;
    const { rollout, token } = held;
    await rollouts.transaction(async trx => {
      const keys = targetKeysOf(rollout);
      await targetStore.lockAll(trx, keys);
      for (const key of keys) {
        await targetStore.setApplied(trx, key);
      }
      await rollouts.transition(trx, rollout, 'progressing', {
        token,
        applied,
      });
      await health.begin(trx, rollout.id);
    });
    rollout.state = 'progressing';
    rollout.applied = applied;
    publish(signalOf(rollout));
  }
}

/**
 * Whether nothing of a rollout is on its workload. An image that is there
 * without its mark may be its own, or be that of before.
 */
function isUntouched(found: FoundTarget, rollout: StoredRollout): boolean {
  const { image, others = [], sequence } = rollout;
  const written = new Set([
    image.reference,
    ...others.map(other => other.image.reference),
  ]);
  return [found.workload, ...otherWorkloads(rollout, found)].every(
    workload =>
      workload.rolloutSequence !== sequence && !written.has(workload.image),
  );
}

function isToBegin({ state }: StoredRollout): boolean {
  return state === 'queued' || state === 'waiting';
}
