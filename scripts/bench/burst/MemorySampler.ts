import { readFileSync } from 'node:fs';

const INTERVAL_MS = 250;
const KIB = 1024;

/** Follows the resident memory of a process, as Linux tells it, in bytes. */
export class MemorySampler {
  #peak = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly pid: number) {
    this.#sample();
    this.#timer = setInterval(() => this.#sample(), INTERVAL_MS);
  }

  /** The most that was seen. */
  get peak(): number {
    return this.#peak;
  }

  /** @throws Error of the file system when the process is gone */
  now(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * KIB;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    this.#peak = Math.max(this.#peak, this.now());
  }
}
