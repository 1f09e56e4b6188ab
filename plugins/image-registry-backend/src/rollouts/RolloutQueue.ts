import {
  ImageRegistrySignal,
  Reason,
  runningRolloutStates,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { TargetStore } from '../targets';
import { isApproved } from './gates';
import { rolloutReasons } from './reasons';
import { RolloutStore } from './RolloutStore';
import { keysOfNew, otherKeysOf, targetKeysOf } from './others';
import {
  isAutomatic,
  NewRollout,
  signalOf,
  StoredRollout,
} from './StoredRollout';

/** Rollouts looked at: of those that give way a target has one at most. */
const AHEAD = 3;

/** Where something is to be announced. */
type Announced = Pick<StoredRollout, 'id' | 'entityRef' | 'targetKey'>;

/**
 * Says in the transaction that changes the queue whether a person's rollout
 * may take its target as soon as that is free.
 */
export interface Admission {
  /** Of one that comes in; who has to approve it is asked. */
  admit(trx: Knex.Transaction, rollout: NewRollout): Promise<boolean>;
  /** Of one that waits. */
  mayBegin(trx: Knex.Transaction, rollout: StoredRollout): Promise<boolean>;
}

/** Where rollouts come in, whatever caused them. */
export class RolloutQueue {
  readonly #listeners: Array<(targetKey?: string) => void> = [];
  readonly #askedListeners: Array<(rollout: StoredRollout) => void> = [];
  #admission: Admission = {
    admit: async () => true,
    mayBegin: async () => true,
  };

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
  setAdmission(admission: Admission): void {
    this.#admission = admission;
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
    const keys = keysOfNew(rollout);
    await this.targets.lockAll(trx, keys);
    const waiting = await this.rollouts.ofTargets(trx, keys, [
      'queued',
      'waiting',
    ]);
    const inserted = await this.rollouts.insert(trx, rollout);
    await this.#supersede(
      trx,
      waiting.filter(givesWay),
      rolloutReasons.supersededBy(inserted.sequence),
    );
    if (isAutomatic(rollout)) {
      return inserted;
    }
    if (await this.#admission.admit(trx, rollout)) {
      for (const key of keys) {
        await this.rollouts.interrupt(trx, key, rollout.id);
      }
    }
    return this.rollouts.get(rollout.id, trx);
  }

  /**
   * Whether a locked target runs an image or is on its way to it. It also is
   * when only what gives way to a newer push stands before that: nobody is
   * asked for what is there.
   *
   * @returns what ended for it; undefined where a rollout of the image is
   * needed. Call {@link RolloutQueue.changed} with each after commit.
   */
  async settleOn(
    trx: Knex.Transaction,
    targetKey: string,
    { tag, digest }: { tag: string; digest: string },
  ): Promise<StoredRollout[] | undefined> {
    const newest = await this.rollouts.newestEffective(trx, targetKey, AHEAD);
    const standing = newest.findIndex(rollout => leadsTo(rollout, digest));
    const before = newest.slice(0, Math.max(0, standing));
    if (standing < 0 || !before.every(givesWay)) {
      return undefined;
    }
    await this.#supersede(
      trx,
      before,
      rolloutReasons.tagMovedBack(tag, digest),
    );
    return before;
  }

  /**
   * Takes what has not begun out of the queue of its locked target. What was
   * to end for it goes on, unless another person's may begin at once.
   */
  async cancel(
    trx: Knex.Transaction,
    rollout: StoredRollout,
    reason: Reason,
    to: 'cancelled' | 'rejected' = 'cancelled',
  ): Promise<void> {
    await this.rollouts.transition(trx, rollout, to, { reason });
    await this.#passInterruption(trx, rollout);
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
    otherKeysOf(rollout).forEach(key => this.wake(key));
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

  async #supersede(
    trx: Knex.Transaction,
    rollouts: readonly StoredRollout[],
    reason: Reason,
  ): Promise<void> {
    for (const rollout of rollouts) {
      await this.rollouts.transition(trx, rollout, 'superseded', { reason });
    }
  }

  /** On each of its targets something else may have been running. */
  async #passInterruption(
    trx: Knex.Transaction,
    rollout: StoredRollout,
  ): Promise<void> {
    for (const key of targetKeysOf(rollout)) {
      await this.#passInterruptionOf(trx, key, rollout.id);
    }
  }

  async #passInterruptionOf(
    trx: Knex.Transaction,
    targetKey: string,
    from: string,
  ): Promise<void> {
    const { rollouts } = this;
    const running = await rollouts.ofTarget(
      trx,
      targetKey,
      runningRolloutStates,
    );
    if (!running.some(({ interruptedBy }) => interruptedBy === from)) {
      return;
    }
    const waiting = await rollouts.ofTarget(trx, targetKey, [
      'queued',
      'waiting',
    ]);
    let to: string | undefined;
    for (const next of waiting) {
      const asks = to === undefined && !isAutomatic(next);
      if (asks && (await this.#admission.mayBegin(trx, next))) {
        to = next.id;
      }
    }
    await rollouts.passInterruption(trx, targetKey, { from, to });
  }
}

/** Whether it waits, and a newer push takes its place. */
function givesWay(rollout: StoredRollout): boolean {
  const waits = rollout.state === 'queued' || rollout.state === 'waiting';
  return waits && isAutomatic(rollout) && !isApproved(rollout);
}

/** Whether a target runs the image in the end, were it the newest there. */
function leadsTo({ state, image }: StoredRollout, digest: string): boolean {
  const failed = state === 'failed' || state === 'rolled-back';
  return image.digest === digest && !failed;
}
