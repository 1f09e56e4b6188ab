/** A token and how long it may be used. */
export interface IssuedToken {
  token: string;
  /** Milliseconds since the epoch, of our clock. */
  expiresAt: number;
}

/** Tokens that are kept; the longest unused one goes first. */
const mostTokens = 2_000;

/** A token is not used in its last seconds, so that it outlives the request. */
const earlyMs = 5_000;

/**
 * Tokens in memory, never elsewhere. What asks for the same one at the same
 * time shares one request.
 */
export class TokenCache {
  private readonly tokens = new Map<string, IssuedToken>();
  private readonly pending = new Map<string, Promise<string>>();

  static create(): TokenCache {
    return new TokenCache();
  }

  private constructor() {}

  /** The token under this key, fetched when there is none that still holds. */
  async get(key: string, fetch: () => Promise<IssuedToken>): Promise<string> {
    const known = this.tokens.get(key);
    if (known && known.expiresAt - earlyMs > Date.now()) {
      this.keep(key, known);
      return known.token;
    }
    const underWay = this.pending.get(key);
    if (underWay) {
      return underWay;
    }
    const fetching = fetch()
      .then(issued => {
        this.keep(key, issued);
        return issued.token;
      })
      .finally(() => this.pending.delete(key));
    this.pending.set(key, fetching);
    return fetching;
  }

  /** Forgets a token that was refused, unless another has replaced it. */
  forget(key: string, token: string): void {
    if (this.tokens.get(key)?.token === token) {
      this.tokens.delete(key);
    }
  }

  private keep(key: string, issued: IssuedToken): void {
    this.tokens.delete(key);
    this.tokens.set(key, issued);
    if (this.tokens.size > mostTokens) {
      const [oldest] = this.tokens.keys();
      this.tokens.delete(oldest);
    }
  }
}
