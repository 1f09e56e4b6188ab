import {
  advise,
  ExpiringLogin,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryHttpResponse,
  remedies,
  Shape,
  Shaped,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';

const API = 'https://hub.docker.com';

/** Milliseconds for which a token holds that does not say so. */
const TOKEN_LIFE_MS = 10 * 60 * 1000;

/** What of a page of repositories is used. */
export const hubRepositoryPage = {
  count: 'number',
  results: [
    {
      name: 'text',
      namespace: 'text',
      description: 'text',
      is_private: 'boolean',
      pull_count: 'number',
      last_updated: 'text',
    },
  ],
} as const;

/** What of a page of tags is used. */
export const hubTagPage = {
  count: 'number',
  results: [
    {
      name: 'text',
      full_size: 'number',
      digest: 'text',
      last_updated: 'text',
      tag_last_pushed: 'text',
      last_updater_username: 'text',
      images: [{ os: 'text', architecture: 'text', variant: 'text' }],
    },
  ],
} as const;

/** A repository's entry. */
export type HubRepository = Shaped<(typeof hubRepositoryPage)['results'][0]>;

/** A tag's entry. */
export type HubTag = Shaped<(typeof hubTagPage)['results'][0]>;

/**
 * The API of hub.docker.com, which has its own sign-in with tokens of ten
 * minutes. https://docs.docker.com/reference/api/hub/latest/
 */
export class HubApi {
  readonly #connection: RegistryConnection;
  readonly #login: ExpiringLogin | undefined;

  constructor(connection: RegistryConnection) {
    const { username, password } = connection.credentials ?? {};
    this.#connection = connection;
    this.#login =
      username && password
        ? new ExpiringLogin(options =>
            this.#fetchToken(username, password, options),
          )
        : undefined;
  }

  /** @throws RegistryError `unauthenticated` for a wrong token */
  async signIn(options: RegistryCallOptions = {}): Promise<void> {
    await this.#token('sign in', options);
  }

  /**
   * @param path - below the base URL, with its query
   * @param shape - what of the answer is read
   * @param operation - for the sentence of an error
   */
  async get<const S extends Record<string, Shape>>(
    path: string,
    shape: S,
    operation: string,
    options: RegistryCallOptions = {},
  ): Promise<Shaped<S>> {
    const token = await this.#token(operation, options);
    try {
      return shaped(await this.#get(path, operation, token, options), shape);
    } catch (error) {
      if (!isRefused(error) || !token) {
        throw error;
      }
      // The token may have been revoked before its time.
      this.#login?.forget(token);
      const another = await this.#token(operation, options);
      return shaped(await this.#get(path, operation, another, options), shape);
    }
  }

  async #get(
    path: string,
    operation: string,
    token: string | undefined,
    { signal, priority }: RegistryCallOptions,
  ): Promise<unknown> {
    const response = await this.#connection.http
      .request({
        url: `${API}${path}`,
        operation,
        headers: {
          accept: 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
        },
        signal,
        priority,
      })
      .catch(error => {
        throw this.#explained(error);
      });
    const answer = response.json<unknown>();
    if (typeof answer !== 'object' || answer === null) {
      throw new RegistryError(
        'invalid-response',
        `Docker Hub: could not ${operation}: the answer is no JSON object`,
        { hint: remedies.tryLater },
      );
    }
    return answer;
  }

  async #token(
    operation: string,
    options: RegistryCallOptions,
  ): Promise<string | undefined> {
    try {
      return (await this.#login?.get(options))?.password;
    } catch (error) {
      throw error instanceof RegistryError && operation !== 'sign in'
        ? forOperation(error, operation)
        : error;
    }
  }

  async #fetchToken(
    identifier: string,
    secret: string,
    { priority }: RegistryCallOptions,
  ) {
    const from = Date.now();
    const response = await this.#connection.http.request({
      method: 'POST',
      url: `${API}/v2/auth/token`,
      operation: 'sign in',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ identifier, secret }),
      // The body is a secret: it goes here and nowhere else.
      maxRedirects: 0,
      acceptStatuses: [401],
      priority,
    });
    if (response.status === 401) {
      throw wrongToken();
    }
    const token = tokenOf(response);
    return {
      username: identifier,
      password: token,
      expiresAt: from + lifeOf(token),
    };
  }

  #explained(error: unknown): unknown {
    return error instanceof RegistryError && error.code === 'forbidden'
      ? new RegistryError(error.code, error.message, {
          status: error.status,
          retryAfterMs: error.retryAfterMs,
          cause: error,
          hint: this.#login
            ? advise(
                'hub-token-permission',
                'Give a personal access token the permission "Repo Read-only", or an organization access token the scope to pull these repositories',
              )
            : advise('hub-sign-in', 'Sign in with an access token that may'),
        })
      : error;
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof RegistryError && error.status === 401;
}

/** Without what Docker Hub says, which repeats nothing of use. */
function wrongToken(): RegistryError {
  return new RegistryError(
    'unauthenticated',
    `Docker Hub: could not sign in at ${
      new URL(API).host
    }: it does not accept the Docker ID and the access token`,
    {
      status: 401,
      hint: advise(
        'hub-check-token',
        'A personal access token goes with the Docker ID of its user, an organization access token with the name of its organization. Where single sign-on is enforced, a password is refused',
      ),
    },
  );
}

/** The failed sign-in, as the reason why something else could not be done. */
function forOperation(error: RegistryError, operation: string): RegistryError {
  const reason = error.message.replace(/^Docker Hub: /, '');
  return new RegistryError(
    error.code,
    `Docker Hub: could not ${operation}: ${reason}`,
    {
      status: error.status,
      retryAfterMs: error.retryAfterMs,
      hint: error.remedy,
      cause: error,
    },
  );
}

function tokenOf(response: RegistryHttpResponse): string {
  const answer = response.json<{ access_token?: unknown } | null>();
  const token = answer?.access_token;
  // Anything else could not be sent as a header.
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    throw new RegistryError(
      'invalid-response',
      'Docker Hub: could not sign in: the answer holds no token',
      { hint: remedies.tryLater },
    );
  }
  return token;
}

/** From its claims, which are not verified: only the server can. */
function lifeOf(token: string): number {
  try {
    const claims = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
    ) as { exp?: unknown; iat?: unknown };
    const life = (Number(claims.exp) - Number(claims.iat)) * 1000;
    return life > 0 ? Math.min(life, TOKEN_LIFE_MS) : TOKEN_LIFE_MS;
  } catch {
    return TOKEN_LIFE_MS;
  }
}
