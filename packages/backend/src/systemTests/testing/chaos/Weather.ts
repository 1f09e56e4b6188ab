import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '../SeededRandom';
import { World } from '../World';
import { drawSpell, Spell } from './spells';

/** Longest time between the beginnings of two spells, in ms. */
const LONGEST_PAUSE_MS = 3000;

/** Lets one fault after the other come over a cluster, some at once. */
export class Weather {
  /** How often each kind came. */
  readonly spells: Record<string, number> = {};
  readonly #over = new AbortController();
  readonly #open = new Set<Promise<void>>();
  #changing: Promise<void> | undefined;

  constructor(
    private readonly cluster: World['cluster'],
    private readonly random: SeededRandom,
    private readonly options: { long: boolean },
  ) {}

  begin(): void {
    this.#changing = this.#change();
  }

  /** Resolves when the sky is clear for good. */
  async end(): Promise<void> {
    this.#over.abort();
    await this.#changing;
    await Promise.all(this.#open);
    this.cluster.faults.clear();
  }

  async #change(): Promise<void> {
    while (!this.#over.signal.aborted) {
      const spell = drawSpell(this.random, this.options);
      this.spells[spell.name] = (this.spells[spell.name] ?? 0) + 1;
      const passing = this.#pass(spell).finally(() => {
        this.#open.delete(passing);
      });
      this.#open.add(passing);
      await this.#wait(this.random.below(LONGEST_PAUSE_MS));
    }
  }

  async #pass({ fault, lastsMs }: Spell): Promise<void> {
    const id = this.cluster.faults.set(fault);
    await this.#wait(lastsMs);
    this.cluster.faults.clear(id);
  }

  async #wait(milliseconds: number): Promise<void> {
    const { signal } = this.#over;
    await sleep(milliseconds, undefined, { signal }).catch(() => {});
  }
}
