import { LostLeaseError } from './LostLeaseError';
import { RolloutLeases } from './RolloutLeases';

/** Why the work on a rollout has to stop. */
export type StopCause = 'lost' | 'interrupted' | 'shutdown';

/**
 * Keeps a lease while a rollout is worked on. Its signal aborts when the lease
 * is lost, when a person's rollout wants the target, or at shutdown.
 */
export class LeaseKeeper {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #cause: StopCause | undefined;
  #interruptedBy: string | undefined;

  constructor(
    private readonly leases: RolloutLeases,
    private readonly lease: { id: string; token: string; leaseMs: number },
  ) {
    this.#timer = setInterval(() => void this.check(), lease.leaseMs / 3);
    this.#timer.unref();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get cause(): StopCause | undefined {
    return this.#cause;
  }

  /** Id of the rollout for which this one has to end. */
  get interruptedBy(): string | undefined {
    return this.#interruptedBy;
  }

  /** Renews now; also called when somebody may have asked to interrupt. */
  async check(): Promise<void> {
    const { id, token, leaseMs } = this.lease;
    try {
      const { interruptedBy } = await this.leases.renew(id, token, leaseMs);
      if (interruptedBy) {
        this.#interruptedBy = interruptedBy;
        this.stop('interrupted');
      }
    } catch (error) {
      if (error instanceof LostLeaseError) {
        this.stop('lost');
      }
      // A database that is away for a moment does not end the lease: it is
      // fenced by its token, and the next renewal tells.
    }
  }

  stop(cause: StopCause): void {
    this.#cause ??= cause;
    this.#controller.abort();
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
