import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from './SeededRandom';
import { Push, WebhookSender } from './WebhookSender';
import { pushTo, World } from './World';

/** One kill in so many meets a portal that is still starting. */
const KILLED_WHILE_STARTING = 4;
/** Longest time from start to kill, in ms: while starting, while working. */
const LONGEST_START_MS = 3000;
const LONGEST_WORK_MS = 2000;
/** Longest time between two pushes, in ms. */
const LONGEST_GAP_MS = 120;

/** Kills the portal at random moments while pushes come in. */
export class Storm {
  readonly pushes: Push[] = [];
  readonly kills: string[] = [];
  readonly sender: WebhookSender;

  constructor(
    private readonly world: World,
    private readonly random: SeededRandom,
    private readonly repository: string,
  ) {
    this.sender = new WebhookSender(world.webhook);
  }

  /** Pushes so often and kills so often, and waits until all was taken. */
  async rage(
    pushCount: number,
    killCount: number,
    tagOf: (n: number) => string,
  ) {
    const { backend } = this.world.portal;
    const perKill = Math.ceil(pushCount / (killCount + 1));
    for (let kill = 0; kill < killCount; kill++) {
      const pushing = this.#push(
        Math.min(pushCount, perKill * (kill + 1)),
        tagOf,
      );
      if (this.random.below(KILLED_WHILE_STARTING) === 0) {
        await backend.kill();
        backend.spawn();
        await this.#kill('starting', this.random.below(LONGEST_START_MS));
      } else {
        await this.#kill('working', this.random.below(LONGEST_WORK_MS));
      }
      await pushing;
      await backend.start();
    }
    await this.#push(pushCount, tagOf);
    await this.sender.allTaken();
  }

  async #kill(state: string, afterMs: number) {
    await sleep(afterMs);
    await this.world.portal.backend.kill();
    this.kills.push(`${state}, after ${afterMs} ms`);
  }

  async #push(until: number, tagOf: (n: number) => string) {
    while (this.pushes.length < until) {
      const tag = tagOf(this.pushes.length + 1);
      const push = await pushTo(this.world, this.repository, tag);
      this.pushes.push(push);
      this.sender.send(push);
      await sleep(1 + this.random.below(LONGEST_GAP_MS));
    }
  }
}
