import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  nextPageQuery,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryHttpResponse,
} from '@slipway/backstage-plugin-image-registry-node';

const TITLE = 'GitLab';

/** One call of GitLab's REST API. */
export interface GitlabCall extends RegistryCallOptions {
  /** Below `/api/v4`, without query. */
  path: string;
  query?: URLSearchParams | string;
  operation: string;
}

/** A page of a list. */
export interface GitlabPage<T> {
  entries: T[];
  /** Query of the next page. */
  next?: string;
}

/** GitLab's APIs, with the token that the registry is signed in to with. */
export class GitlabApi {
  readonly #connection: RegistryConnection;
  readonly #findUrl: (options: RegistryCallOptions) => Promise<string>;

  /** @param findUrl - base URL of the GitLab; remembered by whoever gives it */
  constructor(
    connection: RegistryConnection,
    findUrl: (options: RegistryCallOptions) => Promise<string>,
  ) {
    this.#connection = connection;
    this.#findUrl = findUrl;
  }

  /** @throws RegistryError `invalid-response` when the answer is no list */
  async list<T extends object>(call: GitlabCall): Promise<GitlabPage<T>> {
    const { path, query, operation, ...options } = call;
    const url = await this.#findUrl(options);
    const response = await this.#send({
      ...options,
      operation,
      url: `${url}/api/v4${path}${query ? `?${query}` : ''}`,
    });
    const entries = response.json<unknown>();
    if (!Array.isArray(entries)) {
      throw noGitlab(operation, response, 'the answer is no list');
    }
    return {
      entries: entries.filter(
        (entry): entry is T => typeof entry === 'object' && entry !== null,
      ),
      next: nextQuery(response, String(query ?? '')),
    };
  }

  /** @throws RegistryError */
  async get<T>(call: GitlabCall): Promise<T> {
    const { path, operation, ...options } = call;
    const url = await this.#findUrl(options);
    const response = await this.#send({
      ...options,
      operation,
      url: `${url}/api/v4${path}`,
    });
    return response.json<T>();
  }

  /**
   * @returns what the query selects, and the errors that GraphQL answers with
   * a status of 200
   */
  async graphql<T>(
    query: string,
    variables: Record<string, unknown>,
    { operation, ...options }: Omit<GitlabCall, 'path' | 'query'>,
  ): Promise<{ data?: T | null; errors: string[] }> {
    const url = await this.#findUrl(options);
    const response = await this.#send({
      ...options,
      operation,
      method: 'POST',
      url: `${url}/api/graphql`,
      body: JSON.stringify({ query, variables }),
    });
    const answer = response.json<{
      data?: T | null;
      errors?: Array<{ message?: unknown } | null>;
    } | null>();
    if (!answer || (!('data' in answer) && !Array.isArray(answer.errors))) {
      throw noGitlab(operation, response, 'the answer is none of GraphQL');
    }
    return {
      data: answer.data,
      errors: (Array.isArray(answer.errors) ? answer.errors : []).map(error =>
        String(error?.message),
      ),
    };
  }

  async #send(
    request: RegistryCallOptions & {
      method?: 'POST';
      url: string;
      operation: string;
      body?: string;
    },
  ): Promise<RegistryHttpResponse> {
    const token = this.#connection.credentials?.password;
    try {
      return await this.#connection.http.request({
        ...request,
        headers: {
          accept: 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
          ...(request.body && { 'content-type': 'application/json' }),
        },
      });
    } catch (error) {
      throw error instanceof RegistryError
        ? withHint(error, Boolean(token))
        : error;
    }
  }
}

/** By the page's number where GitLab counts them, else by its Link. */
function nextQuery(
  { headers, url }: RegistryHttpResponse,
  query: string,
): string | undefined {
  const page = headers['x-next-page'];
  if (page && /^\d+$/.test(page)) {
    const next = new URLSearchParams(query);
    next.set('page', page);
    return next.toString();
  }
  return nextPageQuery(headers.link, url);
}

function noGitlab(
  operation: string,
  { url }: RegistryHttpResponse,
  because: string,
): RegistryError {
  return new RegistryError(
    'invalid-response',
    `${TITLE}: could not ${operation} at ${new URL(url).host}: ${because}`,
    {
      hint: advise(
        'gitlab-check-address',
        'Check the GitLab address, and that no proxy answers for it',
      ),
    },
  );
}

const hints = new Map(
  Object.entries<Reason>({
    unauthenticated: advise(
      'gitlab-unknown-token',
      'GitLab’s API does not know the token: it may be revoked, expired, or a deploy token, which only the registry accepts; use an access token with read_api, or choose Deploy token and type the names of repositories',
    ),
    forbidden: advise(
      'gitlab-give-scope',
      'Give the token the scope read_api beside read_registry, and its owner the role Reporter in the group or project',
    ),
  }),
);

function withHint(error: RegistryError, hasToken: boolean): RegistryError {
  const { code, message, status, retryAfterMs } = error;
  const hint =
    code === 'unauthenticated' && !hasToken
      ? advise(
          'gitlab-give-token',
          'Give an access token with read_api and read_registry, or type the names of public repositories',
        )
      : hints.get(code);
  return hint
    ? new RegistryError(code, message, {
        hint,
        status,
        retryAfterMs,
        cause: error,
      })
    : error;
}
