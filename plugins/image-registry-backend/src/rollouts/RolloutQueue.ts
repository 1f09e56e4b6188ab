import {
  ImageRegistrySignal,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { TargetStore } from '../targets';
import { rolloutReasons } from './reasons';
import { RolloutStore } from './RolloutStore';
import {
  isAutomatic,
  NewRollout,
  signalOf,
  StoredRollout,
} from './StoredRollout';

/** Where rollouts come in, whatever caused them. */
export class RolloutQueue {
  readonly #listeners: Array<(targetKey?: string) => void> = [];

  private constructor(
    private readonly rollouts: RolloutStore,
    private readonly targets: TargetStore,
    private readonly publish: (signal: ImageRegistrySignal) => void,
  ) {}

  static create(options: {
    rollouts: RolloutStore;
    targets: TargetStore;
    publish(signal: ImageRegistrySignal): void;
  }): RolloutQueue {
    return new RolloutQueue(options.rollouts, options.targets, options.publish);
  }

  /** Called whenever there may be something to do, here or on a target. */
  onWork(listener: (targetKey?: string) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Puts a rollout into the queue of its target, inside a larger step. What
   * the automation had queued there gives way; a person's rollout also asks
   * the running one to end. Call {@link RolloutQueue.announce} after commit.
   */
  async enqueue(
    trx: Knex.Transaction,
    rollout: NewRollout,
  ): Promise<StoredRollout> {
    await this.targets.lock(trx, rollout.targetKey);
    const waiting = await this.rollouts.ofTarget(trx, rollout.targetKey, [
      'queued',
      'waiting',
    ]);
    await this.rollouts.insert(trx, rollout);
    const inserted = await this.rollouts.get(rollout.id, trx);
    for (const older of waiting.filter(isAutomatic)) {
      await this.rollouts.transition(trx, older, 'superseded', {
        reason: rolloutReasons.supersededBy(inserted.sequence),
      });
    }
    if (!isAutomatic(rollout)) {
      await this.rollouts.interrupt(trx, rollout.targetKey, rollout.id);
    }
    return inserted;
  }

  /**
   * Takes what has not begun out of the queue of its locked target. What was
   * to end for it goes on.
   */
  async cancel(
    trx: Knex.Transaction,
    rollout: StoredRollout,
    reason: Reason,
  ): Promise<void> {
    const { id, targetKey } = rollout;
    await this.rollouts.transition(trx, rollout, 'cancelled', { reason });
    await this.rollouts.callOffInterruption(trx, targetKey, id);
  }

  /** Ends what the automation has queued on a locked target. */
  async cancelAutomation(
    trx: Knex.Transaction,
    targetKey: string,
    reason: Reason,
  ): Promise<void> {
    const waiting = await this.rollouts.ofTarget(trx, targetKey, [
      'queued',
      'waiting',
    ]);
    for (const rollout of waiting.filter(isAutomatic)) {
      await this.rollouts.transition(trx, rollout, 'cancelled', { reason });
    }
  }

  /** Tells the worker and the open pages. */
  announce(
    rollout: Pick<StoredRollout, 'id' | 'entityRef' | 'targetKey'>,
  ): void {
    this.publish(signalOf(rollout));
    this.wake(rollout.targetKey);
  }

  wake(targetKey?: string): void {
    this.#listeners.forEach(listener => listener(targetKey));
  }
}
