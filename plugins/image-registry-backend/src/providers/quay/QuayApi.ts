import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryHttpRequest,
  RegistryHttpResponse,
} from '@slipway/backstage-plugin-image-registry-node';

/** A scope of OAuth tokens, and how Quay names it where tokens are generated. */
const scopes = {
  'repo:read': 'View all visible repositories',
  'repo:admin': 'Administer Repositories',
  'user:read': 'Read User Information',
} as const;

/** One call of Quay's API. */
export interface QuayCall extends RegistryCallOptions {
  method?: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v1`, with its query. */
  path: string;
  operation: string;
  /** What the token must be allowed, for the sentence when it is not. */
  needs: keyof typeof scopes;
  /** Sent as JSON. */
  body?: object;
  /** What of the body no message may repeat. */
  secrets?: readonly string[];
  maxBytes?: number;
}

/**
 * Quay's API (docs.quay.io/api). It knows OAuth tokens of applications;
 * without one it shows what is public.
 */
export class QuayApi {
  readonly #connection: RegistryConnection;

  constructor(connection: RegistryConnection) {
    this.#connection = connection;
  }

  /** Whether it is asked with more rights than anybody has. */
  get hasToken(): boolean {
    return Boolean(this.#token);
  }

  /** @throws RegistryError; a refusal names the scope that is missing */
  async call(call: QuayCall): Promise<RegistryHttpResponse> {
    try {
      return await this.#connection.http.request(this.#toRequest(call));
    } catch (error) {
      throw error instanceof RegistryError
        ? this.#explained(call, error)
        : error;
    }
  }

  get #token(): string | undefined {
    return this.#connection.credentials?.applicationToken;
  }

  #toRequest(call: QuayCall): RegistryHttpRequest {
    const { path, body, needs: _, ...rest } = call;
    return {
      ...rest,
      url: `${this.#connection.address}/api/v1${path}`,
      headers: {
        accept: 'application/json',
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    };
  }

  #explained(call: QuayCall, error: RegistryError): RegistryError {
    const scope = `${call.needs} ("${scopes[call.needs]}")`;
    switch (error.code) {
      case 'unauthenticated':
        return withHint(
          error,
          this.#token
            ? advise(
                'quay-new-token',
                'Quay does not know this OAuth application token, or it was revoked; generate another one: Organization › Applications › Generate Token',
              )
            : advise(
                'quay-needs-token',
                `Quay's API shows only public repositories without an OAuth application token; generate one with ${scope}`,
                { scope },
              ),
        );
      case 'forbidden':
        return withHint(
          error,
          advise(
            'quay-lacks-scope',
            `The OAuth application token lacks the scope ${scope}, or whoever generated it has no such right; generate another one: Organization › Applications › Generate Token`,
            { scope },
          ),
        );
      default:
        return error;
    }
  }
}

function withHint(error: RegistryError, hint: Reason): RegistryError {
  const { code, message, status, retryAfterMs } = error;
  return new RegistryError(code, message, {
    hint,
    status,
    retryAfterMs,
    cause: error,
  });
}
