/** How and when a state is saved. */
export interface StateKeeperOptions {
  save(): Promise<void>;
  /** Told of a save that failed; the next change tries again. */
  failed(error: unknown): void;
  /** Milliseconds from a change to its save: so much a crash can cost. */
  interval?: number;
}

const INTERVAL = 1_000;

/**
 * Saves a while after a change, once for all changes of that while, and never
 * twice at a time.
 */
export class StateKeeper {
  private readonly options: StateKeeperOptions;
  private timer?: NodeJS.Timeout;
  /** Never rejects. */
  private saving?: Promise<void>;
  private isUnsaved = false;

  constructor(options: StateKeeperOptions) {
    this.options = options;
  }

  /** Tells of a change. */
  changed(): void {
    this.isUnsaved = true;
    this.arm();
  }

  /**
   * Saves at once what is not saved yet.
   *
   * @throws Error of the save
   */
  async flush(): Promise<void> {
    while (this.saving) {
      await this.saving;
    }
    if (this.isUnsaved) {
      await this.save();
    }
  }

  /**
   * The last save; no change may follow.
   *
   * @throws Error of the save
   */
  async stop(): Promise<void> {
    try {
      await this.flush();
    } finally {
      clearTimeout(this.timer);
    }
  }

  private arm(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.isUnsaved && !this.saving) {
        this.save().catch(this.options.failed);
      }
    }, this.options.interval ?? INTERVAL);
  }

  private save(): Promise<void> {
    this.isUnsaved = false;
    const saved = this.options.save();
    this.saving = saved.then(
      () => {
        this.saving = undefined;
        if (this.isUnsaved) {
          this.arm();
        }
      },
      () => {
        this.saving = undefined;
        this.isUnsaved = true;
      },
    );
    return saved;
  }
}
