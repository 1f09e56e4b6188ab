import { RequestPriority } from '../provider/RegistryProvider';

const order: readonly RequestPriority[] = [
  'interactive',
  'webhook',
  'background',
];

interface Waiting {
  start: () => void;
}

/**
 * Lets a number of requests run at once, the most urgent first. Background
 * work never takes the last place, so that a person's click finds one free.
 */
export class RequestLimiter {
  private running = 0;
  private readonly queues: Record<RequestPriority, Waiting[]> = {
    interactive: [],
    webhook: [],
    background: [],
  };

  /** @param concurrency - most requests at once, at least 1 */
  constructor(private readonly concurrency: number) {}

  /**
   * Waits for a place.
   * @returns gives the place back; safe to call twice
   * @throws the signal's reason when it is aborted first
   */
  async acquire(
    priority: RequestPriority,
    signal?: AbortSignal,
  ): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.queues[priority].length > 0 || !this.hasPlaceFor(priority)) {
      await this.waitForPlace(priority, signal);
    } else {
      this.running += 1;
    }
    let released = false;
    return () => {
      if (!released) {
        released = true;
        this.running -= 1;
        this.startNext();
      }
    };
  }

  private hasPlaceFor(priority: RequestPriority): boolean {
    const reserved = priority === 'background' && this.concurrency > 1 ? 1 : 0;
    return this.running < this.concurrency - reserved;
  }

  private waitForPlace(
    priority: RequestPriority,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const queue = this.queues[priority];
    return new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      function onAbort() {
        queue.splice(queue.indexOf(waiting), 1);
        reject(signal?.reason);
      }
      signal?.addEventListener('abort', onAbort, { once: true });
      queue.push(waiting);
    });
  }

  private startNext(): void {
    for (const priority of order) {
      if (this.queues[priority].length > 0) {
        if (this.hasPlaceFor(priority)) {
          this.running += 1;
          this.queues[priority].shift()?.start();
        }
        return;
      }
    }
  }
}
