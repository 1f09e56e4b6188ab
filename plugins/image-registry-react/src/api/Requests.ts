import { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';

/** Values of a query; those that are undefined are left out. */
export type Query = Readonly<
  Record<string, string | number | boolean | undefined>
>;

interface RequestOptions {
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Sends requests to the backend plugin and reads its answers. */
export class Requests {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  get<T>(
    route: string,
    query?: Query,
    options?: { signal?: AbortSignal },
  ): Promise<T> {
    return this.#json('GET', route, { query, signal: options?.signal });
  }

  send<T>(
    method: 'POST' | 'PUT' | 'PATCH',
    route: string,
    body: unknown,
    options?: { signal?: AbortSignal; headers?: Record<string, string> },
  ): Promise<T> {
    return this.#json(method, route, { body, ...options });
  }

  /** Sends what is answered without content. */
  async post(route: string, body: unknown): Promise<void> {
    await this.#fetch('POST', route, { body });
  }

  async delete(route: string, query?: Query): Promise<void> {
    await this.#fetch('DELETE', route, { query });
  }

  async #json<T>(
    method: string,
    route: string,
    options: RequestOptions,
  ): Promise<T> {
    const response = await this.#fetch(method, route, options);
    return response.json();
  }

  async #fetch(
    method: string,
    route: string,
    options: RequestOptions,
  ): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('image-registry');
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${route}${queryString(options.query)}`,
      {
        method,
        signal: options.signal,
        headers: {
          ...(options.body !== undefined && {
            'Content-Type': 'application/json',
          }),
          ...options.headers,
        },
        body:
          options.body === undefined ? undefined : JSON.stringify(options.body),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function queryString(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return text && `?${text}`;
}

/** Joins parts of a path, each encoded once. */
export function path(...parts: string[]): string {
  return parts.map(part => `/${encodeURIComponent(part)}`).join('');
}
