import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '../SeededRandom';
import { Push, WebhookSender } from '../WebhookSender';
import { pushTo, World } from '../World';
import { ChaosTarget } from './ChaosTarget';
import { Requests } from './Requests';
import { Weather } from './Weather';

/** Longest time between two requests, in ms. */
const LONGEST_GAP_MS = 1200;
/** Longest time from the moment that was drawn to the kill, in ms. */
const LONGEST_AIM_MS = 3000;
/** One kill in so many is followed by another while the portal starts. */
const KILLED_WHILE_STARTING = 4;
/** Longest time from such a start to its kill, in ms. */
const LONGEST_START_MS = 3000;
/** For so long a replica is frozen: its leases, of 15 s, end meanwhile; ms. */
const FROZEN_MS = 18_000;
/** One image in so many is one that fails, where some do. */
const FAILING = 2;

/** One request in so many is followed by a person's second thought. */
const SECOND_THOUGHT = 4;
const MEDDLING = ['cancel', 'rollback', 'retry'] as const;
/** Longest time until that comes, in ms. */
const LONGEST_THOUGHT_MS = 2000;

/** What comes over the portal. */
export interface ChaosPlan {
  /** Rollouts that are asked for, by hand or by a push. */
  rollouts: number;
  /** Kills of the portal, or of one of its replicas. */
  kills: number;
  /** How often one of several replicas stands still for longer than its leases. */
  freezes: number;
}

/**
 * Asks for rollouts of several targets at once, by hand and by push, while the
 * API server fails in every way and the portal is killed.
 */
export class ChaosStorm {
  readonly kills: string[] = [];
  freezes = 0;
  readonly requests: Requests;
  readonly sender: WebhookSender;
  readonly weather: Weather;
  /** What was asked for, in words. */
  readonly asked: string[] = [];
  /** Digests of images that cannot run. */
  readonly bad = new Set<string>();
  readonly #open: Promise<void>[] = [];
  #strikes = Promise.resolve();
  #coming = 0;

  constructor(
    private readonly world: World,
    private readonly random: SeededRandom,
    private readonly targets: readonly ChaosTarget[],
    options: { long: boolean },
  ) {
    this.requests = new Requests(world);
    this.sender = new WebhookSender(world.webhook);
    // Of its own, so that how long it rages changes nothing else.
    this.weather = new Weather(
      world.cluster,
      new SeededRandom(random.seed + 1),
      options,
    );
  }

  /** Rages until all was asked for and answered, and lifts the faults. */
  async rage({ rollouts, kills, freezes }: ChaosPlan): Promise<void> {
    const targets = this.#shuffled(
      Array.from(
        { length: rollouts },
        (_, n) => this.targets[n % this.targets.length],
      ),
    );
    const moments = [
      ...this.#spread(kills, rollouts, () => this.#kill()),
      ...this.#spread(freezes, rollouts, () => this.#freeze()),
    ].sort((a, b) => a.at - b.at);
    this.weather.begin();
    try {
      for (const [n, target] of targets.entries()) {
        while (moments.length > 0 && moments[0].at <= n) {
          this.#strikeWith(moments.shift()!.strike);
        }
        await this.#ask(target, n + 1);
        await sleep(this.random.below(LONGEST_GAP_MS));
        if (this.#coming > 1) {
          // A start takes its time; what is asked for is to meet all strikes.
          await this.#strikes;
        }
      }
      await this.#strikes;
      await Promise.all(this.#open);
      await this.sender.allTaken();
    } finally {
      await this.weather.end();
    }
  }

  async #ask(target: ChaosTarget, n: number): Promise<void> {
    const byPush = target.hasPolicy && this.random.below(2) === 0;
    const fails =
      target.fails !== undefined && this.random.below(FAILING) === 0;
    const tag = `${byPush ? 'build' : 'hand'}-${n}${
      fails ? `-${target.fails}` : ''
    }`;
    this.asked.push(`${target.name}: ${tag}`);
    const push = await pushTo(this.world, target.repository, tag);
    if (fails) {
      this.bad.add(push.digest);
    }
    this.#doBeside(
      byPush ? this.#tell(target, push) : this.requests.deploy(target, push),
    );
    if (this.random.below(SECOND_THOUGHT) === 0) {
      const action = MEDDLING[this.random.below(MEDDLING.length)];
      const afterMs = this.random.below(LONGEST_THOUGHT_MS);
      this.#doBeside(
        sleep(afterMs).then(() => this.requests.meddle(target, action)),
      );
    }
  }

  #doBeside(work: Promise<void>): void {
    // It is awaited later, and must not end the test's process before.
    work.catch(() => {});
    this.#open.push(work);
  }

  async #tell(target: ChaosTarget, push: Push): Promise<void> {
    await this.requests.resume(target);
    this.sender.send(push);
  }

  /** One in each part of the storm: in between the portal gets on. */
  #spread(count: number, limit: number, strike: () => Promise<void>) {
    return Array.from({ length: count }, (_, n) => ({
      at: Math.floor(((n + this.random.next()) * limit) / count),
      strike,
    }));
  }

  /** One at a time, and what is asked for goes on meanwhile. */
  #strikeWith(strike: () => Promise<void>): void {
    this.#coming += 1;
    this.#strikes = this.#strikes.then(strike).finally(() => {
      this.#coming -= 1;
    });
    this.#strikes.catch(() => {});
  }

  async #freeze(): Promise<void> {
    const { replicas } = this.world.portal;
    const replica = replicas[this.random.below(replicas.length)];
    replica.freeze();
    await sleep(FROZEN_MS);
    replica.thaw();
    this.freezes += 1;
  }

  async #kill(): Promise<void> {
    const { replicas } = this.world.portal;
    const which = this.random.below(replicas.length);
    const afterMs = this.random.below(LONGEST_AIM_MS);
    await sleep(afterMs);
    await replicas[which].kill();
    this.kills.push(`replica ${which}, after ${afterMs} ms`);
    if (this.random.below(KILLED_WHILE_STARTING) === 0) {
      replicas[which].spawn();
      await sleep(this.random.below(LONGEST_START_MS));
      await replicas[which].kill();
    }
    await replicas[which].start();
  }

  #shuffled<T>(items: T[]): T[] {
    const left = [...items];
    const drawn: T[] = [];
    while (left.length > 0) {
      drawn.push(...left.splice(this.random.below(left.length), 1));
    }
    return drawn;
  }
}
