import { remedies } from '../provider/remedies';
import { advise } from '../provider/advise';
import { RegistryError } from '../provider/RegistryError';
import { RegistryCallOptions } from '../provider/RegistryProvider';
import {
  RegistryHttp,
  RegistryHttpRequest,
  RegistryHttpResponse,
  reportedErrors,
  secretsOf,
  statusError,
} from '../transport';
import { Authenticator, Authorization } from './Authenticator';
import { parseChallenges } from './challenge';

/** A request to the registry's own API. */
export interface OciRequest extends RegistryCallOptions {
  method?: 'GET' | 'HEAD';
  /** Below the base, with query. */
  path: string;
  /**
   * `/v2/` by default; that of a vendor's API which the same tokens open, as
   * `/acr/v1/`.
   */
  base?: string;
  headers?: Record<string, string>;
  /** What a token is asked for when one is needed. */
  scopes: string[];
  operation: string;
  maxBytes?: number;
  /** Statuses that are returned instead of thrown, apart from 2xx. */
  acceptStatuses?: readonly number[];
}

/** Most times that one request is sent: without, with a token, with a wider one. */
const mostSends = 3;

/** One registry, signed in to as its challenges ask for. */
export class OciSession {
  constructor(
    readonly http: RegistryHttp,
    /** Without a slash at the end; `/v2/` follows. */
    readonly address: string,
    readonly title: string,
    readonly authenticator: Authenticator,
  ) {}

  url(path: string, base = '/v2/'): string {
    return `${this.address}${base}${path}`;
  }

  /**
   * Sends a request, signs in when asked to, and tries again.
   * @throws RegistryError
   */
  async send(request: OciRequest): Promise<RegistryHttpResponse> {
    const { authenticator } = this;
    let sent = await authenticator.authorize(request.scopes, request);
    const fetched = new Set<string>();
    for (let sends = 1; ; sends += 1) {
      const response = await this.http.request(this.toHttp(request, sent));
      if (!asksForSignIn(response)) {
        return this.accepted(response, request, sent);
      }
      this.assertOwnOrigin(response, request.operation);
      const next =
        sends < mostSends
          ? await authenticator.answer(response, request.scopes, sent, request)
          : undefined;
      if (!next || (next.tokenKey && fetched.has(next.tokenKey))) {
        if (request.acceptStatuses?.includes(response.status)) {
          return response;
        }
        throw this.refused(response, request, sent);
      }
      if (next.tokenKey) {
        fetched.add(next.tokenKey);
      }
      sent = next;
    }
  }

  private toHttp(
    request: OciRequest,
    sent: Authorization | undefined,
  ): RegistryHttpRequest {
    const {
      path,
      base,
      scopes,
      headers,
      acceptStatuses = [],
      ...rest
    } = request;
    return {
      ...rest,
      url: this.url(path, base),
      headers: {
        ...headers,
        ...(sent ? { authorization: sent.header } : {}),
      },
      acceptStatuses: [...acceptStatuses, 401, 403],
    };
  }

  private accepted(
    response: RegistryHttpResponse,
    request: OciRequest,
    sent: Authorization | undefined,
  ): RegistryHttpResponse {
    if (
      response.status < 400 ||
      request.acceptStatuses?.includes(response.status)
    ) {
      return response;
    }
    throw statusError(
      response,
      {
        operation: request.operation,
        title: this.title,
        url: new URL(response.url),
      },
      secretsOf(this.toHttp(request, sent)),
    );
  }

  /**
   * A host that we were redirected to gets no credentials, whatever it asks.
   * @throws RegistryError `unauthenticated`
   */
  assertOwnOrigin(response: RegistryHttpResponse, operation: string): void {
    const own = new URL(this.address);
    const answered = new URL(response.url);
    if (answered.origin === own.origin) {
      return;
    }
    throw new RegistryError(
      'unauthenticated',
      `${this.title}: could not ${operation}: ${own.host} redirects to ${answered.origin}, which asks for a sign-in; credentials are not sent there`,
      {
        hint:
          answered.hostname === own.hostname
            ? advise(
                'change-address',
                `Change the address of the registry to ${answered.origin}`,
                { origin: answered.origin },
              )
            : advise(
                'address-of-other-host',
                'If that is the registry itself, change its address to that host',
              ),
        status: response.status,
      },
    );
  }

  private refused(
    response: RegistryHttpResponse,
    { operation }: OciRequest,
    sent: Authorization | undefined,
  ): RegistryError {
    const { host } = new URL(response.url);
    const said = reportedErrors(response.body)
      .map(({ code }) => code)
      .filter(Boolean)
      .join(', ');
    const could = `${this.title}: could not ${operation} at ${host}`;
    const details = said ? ` (${said})` : '';
    const { status } = response;
    if (!this.authenticator.hasCredentials) {
      return new RegistryError(
        'unauthenticated',
        `${could}: it needs a sign-in${details}`,
        {
          hint: advise(
            'give-credentials',
            'Give credentials; registries also answer so for what does not exist',
          ),
          status,
        },
      );
    }
    if (sent?.scheme === 'bearer') {
      return new RegistryError(
        'forbidden',
        `${could}: the account is signed in but may not do this${details}`,
        {
          hint: advise(
            'give-right-or-absent',
            'Give the account the right to do this at the registry; registries also answer so for what does not exist',
          ),
          status,
        },
      );
    }
    if (sent) {
      return new RegistryError(
        'unauthenticated',
        `${could}: it does not accept the user name and password${details}`,
        { hint: remedies.checkLogin, status },
      );
    }
    return new RegistryError(
      'unauthenticated',
      `${could}: it asks for a sign-in of a kind that is not supported${details}`,
      {
        hint: advise('basic-or-bearer', 'Basic and Bearer are supported'),
        status,
      },
    );
  }
}

function asksForSignIn({ status, headers }: RegistryHttpResponse): boolean {
  if (status === 401) {
    return true;
  }
  const header = headers['www-authenticate'];
  if (status !== 403 || !header) {
    return false;
  }
  try {
    return parseChallenges(header).some(
      ({ scheme, parameters }) =>
        scheme === 'bearer' && parameters.error === 'insufficient_scope',
    );
  } catch {
    return false;
  }
}
