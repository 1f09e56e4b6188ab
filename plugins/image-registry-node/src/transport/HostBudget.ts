import { RequestPriority } from '../provider/RegistryProvider';
import { RegistryBudget } from './RegistryHttp';
import { retryAfterOf } from './backoff';

type Headers = Readonly<Record<string, string>>;

/** Numbers above this are an instant in Unix seconds, below it a distance. */
const firstPlausibleInstant = 1_000_000_000;

/** No window is longer; an instant beyond it would hold work back for ever. */
const longestWindowMs = 24 * 60 * 60 * 1000;

/** Without a known reset, how long a low budget holds background work back. */
const unknownResetMs = 60_000;

function firstHeader(headers: Headers, names: string[]): string | undefined {
  return names.map(name => headers[name]).find(Boolean);
}

/** The number before `;w=` and other parameters. */
function leadingNumber(value: string | undefined): number | undefined {
  const match = /^\s*(\d+)/.exec(value ?? '');
  return match ? Number(match[1]) : undefined;
}

function parseReset(
  value: string | undefined,
  now: number,
): number | undefined {
  const seconds = leadingNumber(value);
  if (seconds === undefined) {
    return undefined;
  }
  const at =
    seconds > firstPlausibleInstant ? seconds * 1000 : now + seconds * 1000;
  return Math.min(at, now + longestWindowMs);
}

/**
 * What one host allows one credential, learned from its answers: Docker Hub's
 * `ratelimit-limit: 100;w=21600`, GitLab's `RateLimit-*`, GitHub's
 * `X-RateLimit-*`, and `Retry-After`.
 */
export class HostBudget {
  private limit?: number;
  private remaining?: number;
  private resetsAt?: number;
  private retryAt?: number;
  private observedAt = 0;

  /** Takes in what an answer says. */
  learn(status: number, headers: Headers, now: number = Date.now()): void {
    const remaining = leadingNumber(
      firstHeader(headers, ['ratelimit-remaining', 'x-ratelimit-remaining']),
    );
    if (remaining !== undefined) {
      this.remaining = remaining;
      this.limit =
        leadingNumber(
          firstHeader(headers, ['ratelimit-limit', 'x-ratelimit-limit']),
        ) ?? this.limit;
      this.resetsAt = parseReset(
        firstHeader(headers, ['ratelimit-reset', 'x-ratelimit-reset']),
        now,
      );
      this.observedAt = now;
    }
    // GitHub's secondary limits come as 403.
    if (
      status === 429 ||
      status === 503 ||
      (status === 403 && headers['retry-after'])
    ) {
      const retryAfter = retryAfterOf(headers, now);
      if (retryAfter !== undefined) {
        this.retryAt = now + retryAfter;
      }
    } else if (status < 400) {
      this.retryAt = undefined;
    }
  }

  /** Milliseconds that the host asked everybody to wait from now. */
  waitMs(now: number = Date.now()): number {
    return Math.max(0, (this.retryAt ?? 0) - now);
  }

  /**
   * Milliseconds for which the rest of the budget is kept for people: the last
   * tenth is not for background work. HEAD is free at Docker Hub, and the
   * cheapest elsewhere, so it is never held back.
   */
  reservedMs(
    priority: RequestPriority,
    method: string,
    now: number = Date.now(),
  ): number {
    if (
      priority !== 'background' ||
      method === 'HEAD' ||
      this.remaining === undefined ||
      this.limit === undefined ||
      this.remaining > this.limit / 10
    ) {
      return 0;
    }
    return Math.max(
      0,
      (this.resetsAt ?? this.observedAt + unknownResetMs) - now,
    );
  }

  /** For a person to read. */
  snapshot(now: number = Date.now()): RegistryBudget {
    const iso = (at: number | undefined) =>
      at !== undefined && at > now ? new Date(at).toISOString() : undefined;
    return {
      limit: this.limit,
      remaining: this.remaining,
      resetsAt: iso(this.resetsAt),
      retryAt: iso(this.retryAt),
    };
  }
}
