/**
 * The time of the simulated cluster. All waiting in the sandbox goes through
 * it, so that a test can run a rollout of half a minute in milliseconds and
 * still get its steps in the same order.
 */
export interface Clock {
  /**
   * Simulated milliseconds since the clock was made. Goes back a little where
   * the machine could not keep up.
   */
  now(): number;
  /**
   * Simulated time of a moment on the wall clock, below 0 if that was before
   * the clock was made. While the sandbox was off, time stood still; that it
   * went slower at times, it does not know.
   *
   * @param time - RFC 3339, such as a timestamp of an object
   */
  at(time: string): number;
  /** Runs a task after simulated milliseconds; tasks run in order of time. */
  after(milliseconds: number, task: () => void): Timer;
  /** Drops everything that waits and stops the clock. */
  stop(): void;
}

export interface Timer {
  cancel(): void;
}

interface Entry extends Timer {
  due: number;
  order: number;
  task?: () => void;
}

/** Wall milliseconds of tasks until others in this process get their turn. */
const TURN = 20;

/**
 * Keeps its tasks sorted by (due, order of arrival). When the machine cannot
 * keep up, simulated time goes slower: else each round would be longer than
 * the one before, and nothing else would run.
 */
export class ScaledClock implements Clock {
  private readonly entries: Entry[] = [];
  private started = performance.now();
  private readonly createdAt = Date.now();
  private current = 0;
  private arrivals = 0;
  private running = false;
  private stopped = false;
  private wakeUp: NodeJS.Timeout | undefined;

  /** @param options - `stoppedAt`: ISO 8601, when an earlier run ended */
  static create(options: { speed: number; stoppedAt?: string }): ScaledClock {
    if (!(options.speed > 0)) {
      throw new RangeError(`speed must be above 0, got ${options.speed}`);
    }
    return new ScaledClock(options.speed, Date.parse(options.stoppedAt ?? ''));
  }

  private constructor(
    private readonly speed: number,
    /** Milliseconds since 1970; NaN without an earlier run. */
    private readonly stoppedAt: number,
  ) {}

  now(): number {
    // While tasks run, time stands at the task's own due time, however late
    // the machine is: what it schedules keeps its distance.
    return this.running ? this.current : Math.max(this.current, this.elapsed());
  }

  at(time: string): number {
    const moment = Date.parse(time);
    const wasBefore = moment <= this.stoppedAt;
    const off = wasBefore ? this.createdAt - this.stoppedAt : 0;
    const behind = Math.max(0, Date.now() - moment - Math.max(0, off));
    return this.now() - behind * this.speed;
  }

  after(milliseconds: number, task: () => void): Timer {
    const entry: Entry = {
      due: this.now() + Math.max(0, milliseconds),
      order: this.arrivals++,
      task,
      cancel() {
        entry.task = undefined;
      },
    };
    if (!this.stopped) {
      this.insert(entry);
      this.arm();
    }
    return entry;
  }

  stop(): void {
    this.stopped = true;
    this.entries.length = 0;
    clearTimeout(this.wakeUp);
  }

  private elapsed(): number {
    return (performance.now() - this.started) * this.speed;
  }

  private insert(entry: Entry): void {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.entries[middle].due <= entry.due) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    this.entries.splice(low, 0, entry);
  }

  private arm(): void {
    if (this.running || this.stopped || this.entries.length === 0) {
      return;
    }
    clearTimeout(this.wakeUp);
    const wait = (this.entries[0].due - this.now()) / this.speed;
    this.wakeUp = setTimeout(() => this.run(), Math.max(0, wait));
  }

  private run(): void {
    const until = this.elapsed();
    const turnEnds = performance.now() + TURN;
    this.running = true;
    try {
      while (this.entries.length > 0 && this.entries[0].due <= until) {
        if (performance.now() > turnEnds) {
          this.fallBehind();
          break;
        }
        const entry = this.entries.shift()!;
        this.current = Math.max(this.current, entry.due);
        entry.task?.();
      }
    } finally {
      this.running = false;
      this.arm();
    }
  }

  /** What is due was not done: no more time has passed than what was done. */
  private fallBehind(): void {
    this.started += (this.elapsed() - this.current) / this.speed;
  }
}
