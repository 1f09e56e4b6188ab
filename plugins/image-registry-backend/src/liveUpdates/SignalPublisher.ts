import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';

/** Least time between two signals about the same thing, in ms. */
const INTERVAL_MS = 500;

/**
 * Signals of one key within the interval become one, with the last one's id:
 * a burst of rollouts would else be as many messages to every open page.
 */
function keyOf(signal: ImageRegistrySignal): string {
  switch (signal.topic) {
    case 'delivery':
      return `delivery:${signal.registryId}`;
    case 'registry':
      return `registry:${signal.id}`;
    default:
      return `${signal.topic}:${signal.entityRef ?? ''}`;
  }
}

/**
 * Sends live updates: the first at once, what follows about the same thing at
 * most twice a second, and the last one always. Rollouts, policies and test pulls
 * of one component are the same thing here.
 */
export class SignalPublisher {
  readonly #pending = new Map<string, ImageRegistrySignal | undefined>();

  constructor(private readonly send: (signal: ImageRegistrySignal) => void) {}

  publish(signal: ImageRegistrySignal): void {
    const key = keyOf(signal);
    if (this.#pending.has(key)) {
      this.#pending.set(key, signal);
      return;
    }
    this.send(signal);
    this.#wait(key);
  }

  #wait(key: string): void {
    this.#pending.set(key, undefined);
    const timer = setTimeout(() => {
      const signal = this.#pending.get(key);
      this.#pending.delete(key);
      if (signal) {
        this.send(signal);
        this.#wait(key);
      }
    }, INTERVAL_MS);
    timer.unref();
  }
}
