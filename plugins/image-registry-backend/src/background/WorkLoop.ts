import { LoggerService } from '@backstage/backend-plugin-api';

/** The longest wait after rounds that failed, in ms. */
const LONGEST_WAIT_MS = 30_000;

/**
 * Keeps rounds from becoming a work of their own. Who is woken seldom is
 * served at once all the same.
 */
export interface Pace {
  /** Least time from the begin of a round to the next one's, in ms. */
  leastMs: number;
  /** Of all time, what rounds may take at most: 0 to 1. */
  share: number;
}

/** What {@link WorkLoop} is made of. */
export interface WorkLoopOptions {
  /** Who it is, in the log. */
  name: string;
  logger: LoggerService;
  /** How long it waits when nobody wakes it, in ms. */
  pollMs: number;
  /** How often it looks when it is woken again and again; default always. */
  pace?: Pace;
  /** Done once, before the first round; its failure is only logged. */
  prepare?(): Promise<void>;
  /** Looks for work; what it starts may outlive it. */
  round(): Promise<void>;
}

/**
 * Looks for work again and again: at once when woken, else every so often.
 * Rounds never overlap. After one that failed, for example because the
 * database is away, it waits longer each time, whoever wakes it.
 */
export class WorkLoop {
  #failures = 0;
  #began = 0;
  #stopping = false;
  #woken = false;
  #endWait: () => void = () => {};
  #running: Promise<void> | undefined;

  constructor(private readonly options: WorkLoopOptions) {}

  get stopping(): boolean {
    return this.#stopping;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** There may be work; during a round, another one follows. */
  wake(): void {
    this.#woken = true;
    this.#endWait();
  }

  /** Resolves when the last round is over. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#endWait();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { prepare, round } = this.options;
    if (prepare) {
      await this.#succeeds(prepare);
    }
    while (!this.#stopping) {
      this.#woken = false;
      this.#began = performance.now();
      this.#failures = (await this.#succeeds(round)) ? 0 : this.#failures + 1;
      await this.#wait();
    }
  }

  async #succeeds(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.options.logger.warn(`${this.options.name}: ${error}`);
      return false;
    }
  }

  /** What is left is asked again whenever something happens meanwhile. */
  async #wait(): Promise<void> {
    const since = performance.now();
    for (;;) {
      const leftMs = this.#waitsUntil(since) - performance.now();
      if (this.#stopping || leftMs <= 0) {
        return;
      }
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, leftMs);
        this.#endWait = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#endWait = () => {};
    }
  }

  #waitsUntil(since: number): number {
    const { pollMs, pace } = this.options;
    if (this.#failures > 0) {
      const waitMs = pollMs * 2 ** (this.#failures - 1);
      return since + Math.min(waitMs, LONGEST_WAIT_MS);
    }
    if (!this.#woken) {
      return since + pollMs;
    }
    return pace
      ? this.#began + Math.max(pace.leastMs, (since - this.#began) / pace.share)
      : since;
  }
}
