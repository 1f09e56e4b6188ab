import { LoggerService } from '@backstage/backend-plugin-api';
import { WorkLoop } from '../background';
import { isConnectionError } from '../database';
import { TargetStore } from '../targets';
import { backoffMs } from './backoff';
import { Held } from './Held';
import { LeaseKeeper } from './LeaseKeeper';
import { LostLeaseError } from './LostLeaseError';
import { rolloutReasons } from './reasons';
import { RolloutQueue } from './RolloutQueue';
import { targetKeysOf } from './others';
import { RolloutLeases } from './RolloutLeases';
import { RolloutRunner } from './RolloutRunner';
import { RolloutSteps } from './RolloutSteps';
import { RolloutStore } from './RolloutStore';

/** Unexpected failures of the portal itself after which a rollout is given up. */
const MAX_INTERNAL_FAILURES = 30;

/** What {@link RolloutWorker} is made of. */
export interface RolloutWorkerOptions {
  leases: RolloutLeases;
  logger: LoggerService;
  queue: RolloutQueue;
  rollouts: RolloutStore;
  runner: RolloutRunner;
  steps: RolloutSteps;
  targetStore: TargetStore;
  /** How long a lease lasts unless it is renewed, in ms. Default 15 000. */
  leaseMs?: number;
  /**
   * Rollouts at a time in this process, without those that only wait for time
   * to pass. Default 50.
   */
  concurrency?: number;
  /** How often the table is read without anybody's call, in ms. Default 1000. */
  pollMs?: number;
}

interface HeldRollout {
  held: Held;
  done: Promise<void>;
}

/**
 * Claims rollouts and has them run, several at a time but one per target. Any
 * number of processes may do so on one database.
 */
export class RolloutWorker {
  readonly #held = new Map<string, HeldRollout>();
  readonly #leaseMs: number;
  readonly #concurrency: number;
  readonly #loop: WorkLoop;

  constructor(private readonly options: RolloutWorkerOptions) {
    this.#leaseMs = options.leaseMs ?? 15_000;
    this.#concurrency = options.concurrency ?? 50;
    this.#loop = new WorkLoop({
      name: 'Rollout worker',
      logger: options.logger,
      pollMs: options.pollMs ?? 1000,
      prepare: () => options.leases.releaseAllOnSqlite(),
      round: () => this.#claimAll(),
    });
    options.queue.onWork(targetKey => this.#wake(targetKey));
  }

  start(): void {
    this.#loop.start();
  }

  /** Gives everything back; resolves when nothing is worked on any more. */
  async stop(): Promise<void> {
    const stopped = this.#loop.stop();
    for (const { held } of this.#held.values()) {
      held.keeper.stop('shutdown');
    }
    await stopped;
    await Promise.all([...this.#held.values()].map(({ done }) => done));
  }

  async #claimAll(): Promise<void> {
    const free = this.#free;
    if (free <= 0) {
      return;
    }
    const candidates = await this.options.leases.claimable(free * 4);
    const busy = new Set<string>();
    for (const { id, targetKey } of candidates) {
      if (this.#free <= 0 || this.#loop.stopping) {
        return;
      }
      if (!busy.has(targetKey) && !this.#held.has(id)) {
        busy.add(targetKey);
        await this.#claimOrSkip(id, targetKey);
      }
    }
  }

  /** Places for rollouts that are worked on. */
  get #free(): number {
    const working = [...this.#held.values()].filter(({ held }) => !held.waits);
    return this.#concurrency - working.length;
  }

  /** What cannot be claimed holds up no other, unless the database is away. */
  async #claimOrSkip(id: string, targetKey: string): Promise<void> {
    try {
      await this.#claim(id, targetKey);
    } catch (error) {
      if (isConnectionError(error)) {
        throw error;
      }
      this.options.logger.warn(`Rollout ${id} could not be claimed: ${error}`);
    }
  }

  async #claim(id: string, targetKey: string): Promise<void> {
    const { leases, rollouts, targetStore } = this.options;
    const claimed = await rollouts.transaction(async trx => {
      await targetStore.lock(trx, targetKey);
      return leases.take(trx, id, this.#leaseMs);
    });
    if (!claimed) {
      return;
    }
    const { rollout, token } = claimed;
    if (this.#loop.stopping) {
      await leases.release(id, token);
      return;
    }
    const keeper = new LeaseKeeper(leases, {
      id,
      token,
      leaseMs: this.#leaseMs,
    });
    const held: Held = { rollout, token, keeper };
    const done = this.#work(held).finally(() => {
      keeper.end();
      this.#held.delete(id);
      this.#loop.wake();
    });
    this.#held.set(id, { held, done });
  }

  async #work(held: Held): Promise<void> {
    try {
      await this.options.runner.run(held);
    } catch (error) {
      await this.#orLog(() => this.#unexpected(held, error));
    }
  }

  /** The portal's own fault, or its database's: tried again, not for ever. */
  async #unexpected(held: Held, error: unknown): Promise<void> {
    const { leases, logger, runner, steps } = this.options;
    const { rollout, token } = held;
    logger.error(`Rollout ${rollout.id} met an unexpected failure`, {
      error: String(error),
      stack: error instanceof Error ? String(error.stack) : '',
    });
    const retry = rolloutReasons.internalRetry();
    // Attempts also count how often a cluster was away, which ends nothing.
    const failures = (await steps.of(rollout.id))
      .filter(event => event.reason?.code === retry.code)
      .reduce((sum, event) => sum + (event.times ?? 1), 0);
    if (failures >= MAX_INTERNAL_FAILURES) {
      await runner.giveUp(held);
      return;
    }
    await leases.release(rollout.id, token, {
      retryInMs: backoffMs(rollout.attempts),
      failed: true,
      reason: retry,
    });
  }

  #wake(targetKey?: string): void {
    this.#loop.wake();
    for (const { held } of this.#held.values()) {
      if (targetKey && targetKeysOf(held.rollout).includes(targetKey)) {
        void held.keeper.check();
      }
    }
  }

  async #orLog(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof LostLeaseError)) {
        this.options.logger.warn(`Rollout worker: ${error}`);
      }
    }
  }
}
