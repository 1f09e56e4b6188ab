import { setTimeout as delay } from 'timers/promises';
import {
  ClusterSignInError,
  ClusterToken,
  ClusterTokens,
} from '@slipway/backstage-plugin-image-registry-node';

/** A token is fetched anew so long before its end, at most. */
const LONGEST_MARGIN_MS = 2 * 60_000;

/** Of tokens that live shortly: this part of their life. */
const MARGIN_SHARE = 0.25;

/** Longest wait for one token. */
const FETCH_DEADLINE_MS = 10_000;

/** After a failure, callers are answered from memory for so long. */
const FAILURE_AGE_MS = 5_000;

/** What can be set by tests. */
export interface BearerTokensOptions {
  /** Milliseconds since the epoch. */
  now?: () => number;
  deadlineMs?: number;
}

/**
 * Keeps the token for one cluster. Near its end a new one is fetched while
 * calls go on with the old one; there is never more than one fetch under way.
 */
export class BearerTokens {
  private readonly source: ClusterTokens;
  private readonly now: () => number;
  private readonly deadlineMs: number;
  private held?: ClusterToken & { refreshAt: number };
  private fetching?: Promise<string>;
  private failure?: { error: Error; at: number };

  constructor(
    source: ClusterTokens,
    {
      now = Date.now,
      deadlineMs = FETCH_DEADLINE_MS,
    }: BearerTokensOptions = {},
  ) {
    this.source = source;
    this.now = now;
    this.deadlineMs = deadlineMs;
  }

  /** @throws Error whose message says why there is none and what to do */
  async current(): Promise<string> {
    const { held } = this;
    const now = this.now();
    if (held && now < held.refreshAt) {
      return held.token;
    }
    const renewed = this.renewed();
    if (held && now < held.expiresAt) {
      // Its failure is told to those who come when the old one has ended.
      renewed.catch(() => undefined);
      return held.token;
    }
    return renewed;
  }

  /**
   * Does not use a token again that a cluster has refused.
   * @param refused - absent when there was none
   * @returns whether it makes sense to try once more
   */
  forget(refused: string | undefined): boolean {
    if (refused === undefined) {
      return false;
    }
    if (this.held?.token === refused) {
      this.held = undefined;
    }
    return true;
  }

  private renewed(): Promise<string> {
    if (this.fetching) {
      return this.fetching;
    }
    if (this.failure && this.now() - this.failure.at < FAILURE_AGE_MS) {
      return Promise.reject(this.failure.error);
    }
    const fetching = this.fetch().finally(() => {
      this.fetching = undefined;
    });
    this.fetching = fetching;
    return fetching;
  }

  private async fetch(): Promise<string> {
    try {
      const fetched = await this.withinDeadline();
      this.held = { ...fetched, refreshAt: this.refreshTime(fetched) };
      this.failure = undefined;
      return fetched.token;
    } catch (cause) {
      const error = new Error(sentenceOf(cause));
      this.failure = { error, at: this.now() };
      throw error;
    }
  }

  private async withinDeadline(): Promise<ClusterToken> {
    const fetched = new AbortController();
    const late = delay(this.deadlineMs, undefined, { signal: fetched.signal });
    try {
      return await Promise.race([
        this.source.fetch(),
        late.then(() => {
          throw new ClusterSignInError(
            'the cloud gave no token in time',
            'Check that the backend reaches its token service.',
          );
        }),
      ]);
    } finally {
      late.catch(() => undefined);
      fetched.abort();
    }
  }

  private refreshTime({ expiresAt }: ClusterToken): number {
    const life = Math.max(expiresAt - this.now(), 0);
    return expiresAt - Math.min(LONGEST_MARGIN_MS, life * MARGIN_SHARE);
  }
}

/** Only words that were written for people leave this place. */
function sentenceOf(error: unknown): string {
  if (error instanceof ClusterSignInError) {
    return `${error.message}. ${error.remedy}`;
  }
  const name = error instanceof Error ? error.name : typeof error;
  return `the library of the cloud failed (${name}). Check how the backend is signed in to the cloud.`;
}
