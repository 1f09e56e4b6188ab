import { RegistryCallOptions } from '../provider/RegistryProvider';

/** User name and password of a registry that end by themselves. */
export interface TemporaryLogin {
  username: string;
  password: string;
  /** Milliseconds since the epoch, of our clock; absent: it does not end. */
  expiresAt?: number;
}

/** A login as it is given out. */
export interface IssuedLogin extends TemporaryLogin {
  /**
   * Milliseconds since the epoch, before `expiresAt`: from then on another one
   * is given out. Infinity for one that does not end.
   */
  renewAt: number;
}

/** Longest time before its end at which a login is no longer given out, in ms. */
const longestMarginMs = 30 * 60 * 1000;

/** A login of a quarter of its life or less is replaced. */
const marginShare = 1 / 4;

/**
 * Shortest life that is believed, in ms: with a clock that goes wrong here or
 * at the vendor, or an end that is no time, each request would fetch another.
 */
const shortestLifeMs = 60 * 1000;

/**
 * A login that a vendor's API issues for some time: fetched when it is first
 * needed, and again before it ends. Whoever asks meanwhile shares one fetch.
 */
export class ExpiringLogin {
  readonly #fetch: (options: RegistryCallOptions) => Promise<TemporaryLogin>;
  #current: IssuedLogin | undefined;
  #pending: Promise<IssuedLogin> | undefined;

  /** @param fetch - asks the vendor; throws RegistryErrors */
  constructor(
    fetch: (options: RegistryCallOptions) => Promise<TemporaryLogin>,
  ) {
    this.#fetch = fetch;
  }

  /** A login with at least a part of its life ahead. */
  async get({
    priority,
    signal,
  }: RegistryCallOptions = {}): Promise<IssuedLogin> {
    if (this.#current && Date.now() < this.#current.renewAt) {
      return this.#current;
    }
    // Others may wait for the same one: our signal must not end it.
    this.#pending ??= this.#renew(priority).finally(() => {
      this.#pending = undefined;
    });
    const login = await this.#pending;
    signal?.throwIfAborted();
    return login;
  }

  /** Gives up a login that was refused, unless another has replaced it. */
  forget(password: string): void {
    if (this.#current?.password === password) {
      this.#current = undefined;
    }
  }

  async #renew(
    priority: RegistryCallOptions['priority'],
  ): Promise<IssuedLogin> {
    const from = Date.now();
    const fetched = await this.#fetch({ priority });
    const login = Number.isNaN(fetched.expiresAt)
      ? { ...fetched, expiresAt: from + shortestLifeMs }
      : fetched;
    const life = Math.max(shortestLifeMs, (login.expiresAt ?? Infinity) - from);
    this.#current = {
      ...login,
      renewAt: from + life - Math.min(longestMarginMs, life * marginShare),
    };
    return this.#current;
  }
}
