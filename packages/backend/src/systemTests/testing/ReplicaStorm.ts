import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresServer } from './PostgresServer';
import { SeededRandom } from './SeededRandom';
import { Push, WebhookSender } from './WebhookSender';
import { pushTo, World } from './World';

/** Most pushes that follow one another at once. */
const LONGEST_BURST = 20;
/** Longest time between two bursts, in ms. */
const LONGEST_PAUSE_MS = 400;
/** One push in so many is told a second time. */
const TOLD_TWICE = 4;
/** A second telling is about one of so many last pushes. */
const REMEMBERED = 10;
/** Longest time from the moment that was drawn to the kill, in ms. */
const LONGEST_AIM_MS = 500;

/** What comes over two replicas. */
export interface ReplicaStormPlan {
  /** Notifications, those among them that repeat an earlier one. */
  deliveries: number;
  /** Kills of one of the replicas. */
  kills: number;
  /** Restarts of the database under both. */
  restarts: number;
}

/**
 * Kills replicas and restarts their database at random moments, while pushes
 * come in bursts and some are told twice.
 */
export class ReplicaStorm {
  readonly pushes: Push[] = [];
  readonly kills: string[] = [];
  restarts = 0;
  readonly sender: WebhookSender;
  #told = 0;
  #strikes = Promise.resolve();
  #coming = 0;

  constructor(
    private readonly world: World,
    private readonly postgres: PostgresServer,
    private readonly random: SeededRandom,
    private readonly repository: string,
  ) {
    this.sender = new WebhookSender(world.webhook);
  }

  /** Goes on until so much was told and struck, and all of it was taken. */
  async rage(
    { deliveries, kills, restarts }: ReplicaStormPlan,
    tagOf: (n: number) => string,
  ): Promise<void> {
    const moments = [
      ...this.#moments(kills, deliveries, () => this.#kill()),
      ...this.#moments(restarts, deliveries, () => this.#restart()),
    ].sort((a, b) => a.at - b.at);
    while (this.#told < deliveries) {
      const burst = 1 + this.random.below(LONGEST_BURST);
      for (let n = 0; n < burst && this.#told < deliveries; n++) {
        while (moments.length > 0 && moments[0].at <= this.#told) {
          this.#strikeWith(moments.shift()!.strike);
        }
        await this.#push(tagOf(this.pushes.length + 1), deliveries);
      }
      await sleep(this.random.below(LONGEST_PAUSE_MS));
      if (this.#coming > 1) {
        // A start takes its time; the pushes are to meet all of the strikes.
        await this.#strikes;
      }
    }
    await this.#strikes;
    await this.sender.allTaken();
  }

  #moments(count: number, limit: number, strike: () => Promise<void>) {
    return Array.from({ length: count }, () => ({
      at: this.random.below(limit),
      strike,
    }));
  }

  /** One at a time, and the pushes go on meanwhile. */
  #strikeWith(strike: () => Promise<void>): void {
    this.#coming += 1;
    this.#strikes = this.#strikes.then(strike).finally(() => {
      this.#coming -= 1;
    });
    // It is awaited later, and must not end the test's process before.
    this.#strikes.catch(() => {});
  }

  async #kill(): Promise<void> {
    const { replicas } = this.world.portal;
    const which = this.random.below(replicas.length);
    const afterMs = this.random.below(LONGEST_AIM_MS);
    await sleep(afterMs);
    await replicas[which].kill();
    this.kills.push(`replica ${which}, after ${afterMs} ms`);
    await replicas[which].start();
  }

  async #restart(): Promise<void> {
    await this.postgres.restart();
    this.restarts += 1;
  }

  async #push(tag: string, deliveries: number): Promise<void> {
    const push = await pushTo(this.world, this.repository, tag);
    this.pushes.push(push);
    this.#tell(push);
    if (this.#told < deliveries && this.random.below(TOLD_TWICE) === 0) {
      const last = this.pushes.slice(-REMEMBERED);
      this.#tell(last[this.random.below(last.length)]);
    }
  }

  #tell(push: Push): void {
    this.#told += 1;
    this.sender.send(push);
  }
}
