import {
  ImageRegistrySignal,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { TargetStore } from '../targets';
import { isApproved } from './gates';
import { rolloutReasons } from './reasons';
import { RolloutStore } from './RolloutStore';
import {
  isAutomatic,
  NewRollout,
  signalOf,
  StoredRollout,
} from './StoredRollout';

/** Where something is to be announced. */
type Announced = Pick<StoredRollout, 'id' | 'entityRef' | 'targetKey'>;

/**
 * Looks at a person's rollout in the transaction that puts it into the queue.
 * @returns whether it may take its target as soon as that is free
 */
export type Admission = (
  trx: Knex.Transaction,
  rollout: NewRollout,
) => Promise<boolean>;

/** Where rollouts come in, whatever caused them. */
export class RolloutQueue {
  readonly #listeners: Array<(targetKey?: string) => void> = [];
  readonly #askedListeners: Array<(rollout: StoredRollout) => void> = [];
  #admit: Admission = async () => true;

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

  /** Called when somebody was asked to approve a rollout. */
  onAsked(listener: (rollout: StoredRollout) => void): void {
    this.#askedListeners.push(listener);
  }

  /** Who says whether a person's rollout may interrupt the running one. */
  setAdmission(admit: Admission): void {
    this.#admit = admit;
  }

  /**
   * Puts a rollout into the queue of its target, inside a larger step. What
   * the automation had queued there and nobody has approved gives way; a
   * person's rollout that waits for nothing also asks the running one to end.
   * Call {@link RolloutQueue.announce} after commit.
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
      if (!isApproved(older)) {
        await this.rollouts.transition(trx, older, 'superseded', {
          reason: rolloutReasons.supersededBy(inserted.sequence),
        });
      }
    }
    if (isAutomatic(rollout)) {
      return inserted;
    }
    if (await this.#admit(trx, rollout)) {
      await this.rollouts.interrupt(trx, rollout.targetKey, rollout.id);
    }
    return this.rollouts.get(rollout.id, trx);
  }

  /**
   * Takes what has not begun out of the queue of its locked target. What was
   * to end for it goes on.
   */
  async cancel(
    trx: Knex.Transaction,
    rollout: StoredRollout,
    reason: Reason,
    to: 'cancelled' | 'rejected' = 'cancelled',
  ): Promise<void> {
    const { id, targetKey } = rollout;
    await this.rollouts.transition(trx, rollout, to, { reason });
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

  /** Tells the worker, the open pages and who is asked of a new rollout. */
  announce(rollout: StoredRollout): void {
    this.changed(rollout);
    if (rollout.approval) {
      this.asked(rollout);
    }
  }

  /** Tells the worker and the open pages. */
  changed(rollout: Announced): void {
    this.publish(signalOf(rollout));
    this.wake(rollout.targetKey);
  }

  /** Tells that somebody was asked to approve a rollout. */
  asked(rollout: StoredRollout): void {
    this.publish(signalOf(rollout));
    this.#askedListeners.forEach(listener => listener(rollout));
  }

  wake(targetKey?: string): void {
    this.#listeners.forEach(listener => listener(targetKey));
  }
}
