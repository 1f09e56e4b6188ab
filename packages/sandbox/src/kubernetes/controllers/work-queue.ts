import { Clock, Timer } from '../clock';
import { StatusError } from '../status';

/**
 * Simulated milliseconds until a controller tries again after it lost the
 * optimistic lock: until then its cache has not seen the newer object.
 */
const CONFLICT_RETRY = 15;

/** Keys to be looked at, each at most once at a time. */
export class WorkQueue {
  private readonly waiting = new Map<string, { timer: Timer; due: number }>();
  private readonly heldUntil = new Map<string, number>();

  static create(options: {
    clock: Clock;
    /** Simulated milliseconds between a change and the reaction to it. */
    latency: number;
    sync(key: string): void;
  }): WorkQueue {
    return new WorkQueue(options);
  }

  private constructor(
    private readonly options: {
      clock: Clock;
      latency: number;
      sync(key: string): void;
    },
  ) {}

  add(key: string): void {
    this.addAfter(key, this.options.latency);
  }

  /** Keeps the earlier of two times. */
  addAfter(key: string, milliseconds: number): void {
    const { clock } = this.options;
    const due = Math.max(
      clock.now() + milliseconds,
      this.heldUntil.get(key) ?? 0,
    );
    const known = this.waiting.get(key);
    if (known && known.due <= due) {
      return;
    }
    known?.timer.cancel();
    const timer = clock.after(due - clock.now(), () => {
      this.waiting.delete(key);
      this.heldUntil.delete(key);
      this.run(key);
    });
    this.waiting.set(key, { timer, due });
  }

  private run(key: string): void {
    try {
      this.options.sync(key);
    } catch (error) {
      if (error instanceof StatusError && error.code === 409) {
        const until = this.options.clock.now() + CONFLICT_RETRY;
        this.waiting.get(key)?.timer.cancel();
        this.waiting.delete(key);
        this.heldUntil.set(key, until);
        this.addAfter(key, CONFLICT_RETRY);
      } else if (!(error instanceof StatusError && error.code === 404)) {
        // One object that a controller cannot handle must not stop the rest.
        process.emitWarning(
          error instanceof Error ? error : new Error(String(error)),
        );
      }
    }
  }
}
