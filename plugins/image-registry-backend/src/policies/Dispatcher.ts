import { LoggerService } from '@backstage/backend-plugin-api';
import { WorkLoop } from '../background';
import { EventQueue, HeldEvent } from '../inbox';
import { EventSettler } from './EventSettler';

/** Events that one claim takes. */
const CLAIM_LIMIT = 200;
/**
 * Repositories of one registry that are worked on at a time: what waits
 * longer waits in the database, and a registry that does not answer holds up
 * no other.
 */
const LANES_PER_REGISTRY = 8;
/** Each of many pushes wakes it, and as many claims would find nothing. */
const CLAIM_PACE = { leastMs: 20, share: 0.2 };

/** What {@link Dispatcher} is made of. */
export interface DispatcherOptions {
  events: EventQueue;
  logger: LoggerService;
  settler: EventSettler;
  /** Default 15 000 ms: so long a repository waits after a crash. */
  leaseMs?: number;
  /** Default 1000 ms. */
  pollMs?: number;
}

/**
 * Takes events from the inbox and has them settled, each repository's in the
 * order they came, several repositories at a time.
 */
export class Dispatcher {
  readonly #leaseMs: number;
  readonly #busy = new Set<Promise<void>>();
  readonly #busyLanes = new Map<string, number>();
  readonly #loop: WorkLoop;

  constructor(private readonly options: DispatcherOptions) {
    const { events, logger } = options;
    this.#leaseMs = options.leaseMs ?? 15_000;
    this.#loop = new WorkLoop({
      name: 'Dispatcher',
      logger,
      pollMs: options.pollMs ?? 1000,
      pace: CLAIM_PACE,
      prepare: () => events.releaseAllOnSqlite(),
      round: () => this.#claim(),
    });
    events.onEvent(() => this.#loop.wake());
  }

  start(): void {
    this.#loop.start();
  }

  /** Resolves when nothing is worked on any more. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await Promise.all(this.#busy);
  }

  async #claim(): Promise<void> {
    const held = await this.options.events.claim({
      leaseMs: this.#leaseMs,
      limit: CLAIM_LIMIT,
      lanes: LANES_PER_REGISTRY,
      busyLanes: this.#busyLanes,
    });
    if (held.length === 0) {
      return;
    }
    this.#loop.wake();
    const lanes = new Map<string, HeldEvent[]>();
    for (const event of held) {
      const key = `${event.registryId}\n${event.repository}`;
      lanes.set(key, [...(lanes.get(key) ?? []), event]);
    }
    for (const lane of lanes.values()) {
      const work = this.#workOn(lane).finally(() => this.#busy.delete(work));
      this.#busy.add(work);
    }
  }

  async #workOn(lane: HeldEvent[]): Promise<void> {
    const { events, settler } = this.options;
    const [held] = lane;
    const renewal = setInterval(
      () => void this.#orLog(() => events.renew(held, this.#leaseMs)),
      this.#leaseMs / 3,
    );
    this.#occupy(held.registryId, 1);
    await this.#orLog(() => settler.settle(lane));
    clearInterval(renewal);
    await this.#orLog(() => events.release(held));
    this.#occupy(held.registryId, -1);
    this.#loop.wake();
  }

  #occupy(registryId: string, change: 1 | -1): void {
    const lanes = (this.#busyLanes.get(registryId) ?? 0) + change;
    if (lanes > 0) {
      this.#busyLanes.set(registryId, lanes);
    } else {
      this.#busyLanes.delete(registryId);
    }
  }

  async #orLog(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.logger.warn(`Dispatcher: ${error}`);
    }
  }
}
