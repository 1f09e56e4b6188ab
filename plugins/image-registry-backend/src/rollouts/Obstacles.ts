import { NotFoundError } from '@backstage/errors';
import {
  ImageRegistrySignal,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { TargetStore } from '../targets';
import { backoffMs } from './backoff';
import { clusterReason } from './clusterReason';
import { GateVerdict } from './gates';
import { Finished, Held } from './Held';
import { because, rolloutReasons } from './reasons';
import { RolloutLeases } from './RolloutLeases';
import { ReturnEnds } from './return';
import { RolloutStore } from './RolloutStore';
import { signalOf } from './StoredRollout';

/** What {@link Obstacles} is made of. */
export interface ObstaclesOptions {
  leases: RolloutLeases;
  returnEnds: ReturnEnds;
  rollouts: RolloutStore;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
}

/** What becomes of a rollout when something stands in its way. */
export class Obstacles {
  constructor(private readonly options: ObstaclesOptions) {}

  /** A call to the cluster failed: again later, or for good. */
  async clusterFailed(held: Held, error: unknown): Promise<never> {
    const { rollout, keeper } = held;
    if (keeper.signal.aborted) {
      await this.stopped(held);
      throw new Finished();
    }
    if (error instanceof DriverError && error.transient) {
      const { code, message, retryAfterMs } = error;
      const { cluster } = rollout.target;
      return this.tryLater(
        held,
        because(code, message, { cluster }),
        retryAfterMs ?? backoffMs(rollout.attempts),
      );
    }
    if (error instanceof DriverError || error instanceof NotFoundError) {
      const reason = clusterReason(error);
      return this.refuse(held, { verdict: 'failed', reason });
    }
    throw error;
  }

  /** What holds nothing yet waits; what holds its target keeps it. */
  async tryLater(
    held: Held,
    reason: Reason,
    retryInMs: number,
  ): Promise<never> {
    const until = Date.now() + retryInMs;
    return this.refuse(held, { verdict: 'waiting', reason, until });
  }

  /** Ends or parks a rollout because something stands against it. */
  async refuse(held: Held, verdict: GateVerdict): Promise<never> {
    await this.end(held, verdict);
    throw new Finished();
  }

  /** The same, when nothing follows anyway. */
  async end(held: Held, verdict: GateVerdict): Promise<void> {
    const { publish, rollouts } = this.options;
    await rollouts.transaction(trx => this.giveWay(trx, held, verdict));
    publish(signalOf(held.rollout));
  }

  /** The same, in the transaction in which it was found. */
  async giveWay(
    trx: Knex.Transaction,
    held: Held,
    { verdict, reason, until }: GateVerdict,
  ): Promise<void> {
    const { leases, returnEnds, rollouts } = this.options;
    const { rollout, token } = held;
    if (verdict !== 'waiting' && rollout.state === 'rolling-back') {
      await returnEnds.failed(trx, held, reason);
      return;
    }
    if (verdict !== 'waiting') {
      const to = rollout.state === 'applying' ? 'failed' : verdict;
      await rollouts.transition(trx, rollout, to, { token, reason });
      return;
    }
    const retryInMs =
      until === undefined
        ? backoffMs(rollout.attempts)
        : Math.max(0, until - Date.now());
    if (rollout.state === 'queued') {
      const wait = { token, reason, retryInMs };
      await rollouts.transition(trx, rollout, 'waiting', wait);
    } else {
      await leases.releaseWithin(trx, rollout.id, token, {
        retryInMs,
        failed: true,
        reason,
      });
    }
  }

  async stopped(held: Held): Promise<void> {
    if (held.keeper.cause === 'interrupted') {
      await this.interrupted(held);
    } else if (held.keeper.cause === 'shutdown') {
      await this.options.leases.release(held.rollout.id, held.token);
    }
  }

  /**
   * A person's rollout wants the target: this one ends here, and so does its
   * return, unless that one was cancelled meanwhile.
   */
  async interrupted(held: Held): Promise<void> {
    const { rollout, token } = held;
    const { leases, publish, returnEnds, rollouts, targetStore } = this.options;
    const ended = await rollouts.transaction(async trx => {
      await targetStore.lock(trx, rollout.targetKey);
      const { interruptedBy: by } = await rollouts.get(rollout.id, trx);
      if (by && rollout.state === 'rolling-back') {
        await returnEnds.interrupted(trx, held, by);
      } else if (by) {
        const reason = rolloutReasons.interruptedBy(by);
        await rollouts.transition(trx, rollout, 'failed', { token, reason });
      }
      return by !== undefined;
    });
    if (!ended) {
      await leases.release(rollout.id, token);
    }
    publish(signalOf(rollout));
  }
}
