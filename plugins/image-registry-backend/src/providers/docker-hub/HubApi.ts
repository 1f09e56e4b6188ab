import {
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';

/** The API answers with tokens of 10 minutes; a new one is fetched in time. */
const TOKEN_LIFE_MS = 8 * 60 * 1000;

/** What of a repository's entry is used. */
export interface HubRepository {
  name?: string;
  namespace?: string;
  description?: string | null;
  is_private?: boolean;
  pull_count?: number;
  last_updated?: string | null;
}

/** What of a tag's entry is used. */
export interface HubTag {
  name?: string;
  full_size?: number;
  digest?: string;
  last_updated?: string | null;
  tag_last_pushed?: string | null;
  last_updater_username?: string;
  images?: Array<{
    os?: string;
    architecture?: string;
    variant?: string | null;
    size?: number;
    digest?: string;
  }>;
}

/** One page of the API. */
export interface HubPage<T> {
  count?: number;
  results?: T[];
}

/** The API of hub.docker.com, which has its own sign-in. */
export class HubApi {
  readonly #connection: RegistryConnection;
  readonly #url: string;
  #token?: { value: Promise<string>; until: number };

  /** @param url - base URL of the API, no slash at the end */
  constructor(connection: RegistryConnection, url: string) {
    this.#connection = connection;
    this.#url = url;
  }

  /**
   * @param path - below the base URL, with its query
   * @param operation - for the sentence of an error
   */
  async get<T>(
    path: string,
    operation: string,
    options: RegistryCallOptions = {},
  ): Promise<T> {
    try {
      return await this.#get<T>(path, operation, options);
    } catch (error) {
      // The token may have been revoked before its time.
      if (
        !(error instanceof RegistryError) ||
        error.status !== 401 ||
        !this.#token
      ) {
        throw error;
      }
      this.#token = undefined;
      return this.#get<T>(path, operation, options);
    }
  }

  async #get<T>(
    path: string,
    operation: string,
    { signal, priority }: RegistryCallOptions,
  ): Promise<T> {
    const token = await this.#signIn({ signal, priority });
    const response = await this.#connection.http.request({
      url: `${this.#url}${path}`,
      operation,
      headers: {
        accept: 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      signal,
      priority,
    });
    return response.json<T>();
  }

  async #signIn(options: RegistryCallOptions): Promise<string | undefined> {
    const { username, password } = this.#connection.credentials ?? {};
    if (!username || !password) {
      return undefined;
    }
    if (!this.#token || this.#token.until < Date.now()) {
      const token = {
        value: this.#fetchToken(username, password, options),
        until: Date.now() + TOKEN_LIFE_MS,
      };
      this.#token = token;
      token.value.catch(() => {
        if (this.#token === token) {
          this.#token = undefined;
        }
      });
    }
    return this.#token.value;
  }

  async #fetchToken(
    identifier: string,
    secret: string,
    { priority }: RegistryCallOptions,
  ): Promise<string> {
    // Without the caller's signal: others wait for the same token.
    const response = await this.#connection.http.request({
      method: 'POST',
      url: `${this.#url}/v2/auth/token`,
      operation: 'sign in',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ identifier, secret }),
      priority,
    });
    const { access_token: token } = response.json<{ access_token?: unknown }>();
    if (typeof token !== 'string' || token === '') {
      throw new RegistryError(
        'invalid-response',
        'Docker Hub: could not sign in: the answer holds no token',
      );
    }
    return token;
  }
}
