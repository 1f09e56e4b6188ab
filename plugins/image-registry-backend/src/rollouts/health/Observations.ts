import { RolloutObservation } from '@slipway/backstage-plugin-image-registry-node';

/** Longer timers of Node fire at once; ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What a driver tells of a rollout, waited for with a limit. */
export class Observations {
  readonly #iterator: AsyncIterator<RolloutObservation>;
  #pending: Promise<IteratorResult<RolloutObservation>> | undefined;

  constructor(observed: AsyncIterable<RolloutObservation>) {
    this.#iterator = observed[Symbol.asyncIterator]();
  }

  /**
   * The next observation, `later` when there is none within so many ms, `over`
   * when there is none any more.
   */
  async next(waitMs: number): Promise<RolloutObservation | 'later' | 'over'> {
    this.#pending ??= this.#iterator.next();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'later'>(resolve => {
      if (waitMs < Infinity) {
        const delay = Math.min(Math.max(0, waitMs), LONGEST_TIMER_MS);
        timer = setTimeout(() => resolve('later'), delay);
      }
    });
    try {
      const first = await Promise.race([this.#pending, late]);
      if (first === 'later') {
        return first;
      }
      this.#pending = undefined;
      return first.done ? 'over' : first.value;
    } finally {
      clearTimeout(timer);
    }
  }

  /** To be called after the signal of what is observed has aborted. */
  letGo(): void {
    // What it still says, or how it ends, concerns nobody any more.
    this.#pending?.catch(() => {});
    this.#iterator.return?.().catch(() => {});
  }
}
