import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryHttpResponse,
  remedies,
  reportedErrors,
  Shape,
  Shaped,
  shaped,
  statusError,
} from '@slipway/backstage-plugin-image-registry-node';

const TITLE = 'GitHub Container Registry';

/** Scopes of classic tokens, each with those that contain it. */
const scopes = {
  'read:packages': ['read:packages', 'write:packages'],
  'read:org': ['read:org', 'write:org', 'admin:org'],
  'admin:org_hook': ['admin:org_hook'],
  'admin:repo_hook': ['admin:repo_hook', 'repo'],
} as const;

const limitHint = advise(
  'ghcr-wait',
  'Wait: GitHub limits how often its API may be asked; several registries with one token share the limit',
);

/** One call of GitHub's API. */
export interface GithubCall extends RegistryCallOptions {
  method?: 'GET' | 'POST' | 'PATCH';
  /** Below the base URL, with its query. */
  path: string;
  operation: string;
  /** What a classic token must be allowed, for the sentence when it is not. */
  needs?: keyof typeof scopes;
  /** Sent as JSON. */
  body?: object;
  /** What of the body no message may repeat. */
  secrets?: readonly string[];
}

/**
 * GitHub's REST API. Its refusals say little in their status: limits come as
 * 403, and a missing scope as 404; the headers tell them apart.
 *
 * https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export class GithubApi {
  readonly #connection: RegistryConnection;
  readonly #url: string;

  /** @param url - base URL, no slash at the end */
  constructor(connection: RegistryConnection, url: string) {
    this.#connection = connection;
    this.#url = url;
  }

  get hasToken(): boolean {
    return Boolean(this.#token);
  }

  /** @throws RegistryError; a refusal names the scope that is missing */
  async call(call: GithubCall): Promise<RegistryHttpResponse> {
    const { path, body, needs: _, ...rest } = call;
    const response = await this.#connection.http.request({
      ...rest,
      url: `${this.#url}${path}`,
      headers: {
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      acceptStatuses: [401, 403, 404],
    });
    if (response.status >= 400) {
      throw this.#refusal(call, response);
    }
    return response;
  }

  get #token(): string | undefined {
    return this.#connection.credentials?.password;
  }

  #refusal(
    { operation, needs, secrets = [] }: GithubCall,
    response: RegistryHttpResponse,
  ): RegistryError {
    const said = statusError(
      response,
      { operation, title: TITLE, url: new URL(response.url) },
      [...secrets, this.#token ?? ''].filter(Boolean),
    );
    if (isLimit(response)) {
      return rephrased(said, 'rate-limited', limitHint, waitOf(response));
    }
    const missing = needs && missingScope(needs, response);
    if (missing) {
      return new RegistryError(
        'forbidden',
        `${said.message}: the token lacks the scope ${missing}`,
        { status: said.status, hint: scopeHint(missing) },
      );
    }
    const hint = hintFor(response, this.hasToken, needs);
    return hint ? rephrased(said, said.code, hint) : said;
  }
}

function rephrased(
  { message, status }: RegistryError,
  code: RegistryError['code'],
  hint: Reason,
  retryAfterMs?: number,
): RegistryError {
  return new RegistryError(code, message, { hint, status, retryAfterMs });
}

/** The primary limit leaves nothing; the secondary one says when, or only so. */
function isLimit({ status, headers, body }: RegistryHttpResponse): boolean {
  return (
    status === 403 &&
    (headers['retry-after'] !== undefined ||
      headers['x-ratelimit-remaining'] === '0' ||
      reportedErrors(body).some(({ message }) =>
        /rate limit/i.test(message ?? ''),
      ))
  );
}

/** Milliseconds; without a word GitHub asks for a minute at least. */
function waitOf({ headers }: RegistryHttpResponse): number {
  const seconds = Number(headers['retry-after'] ?? NaN);
  if (Number.isFinite(seconds)) {
    return seconds * 1000;
  }
  const resetsAt = Number(headers['x-ratelimit-reset'] ?? NaN) * 1000;
  return Number.isFinite(resetsAt)
    ? Math.max(0, resetsAt - Date.now())
    : 60_000;
}

/** Only classic tokens have scopes, and their answers list them. */
function missingScope(
  needs: keyof typeof scopes,
  { status, headers }: RegistryHttpResponse,
): string | undefined {
  const granted = headers['x-oauth-scopes'];
  if (status === 401 || granted === undefined) {
    return undefined;
  }
  const has = granted.split(',').map(scope => scope.trim());
  return scopes[needs].some(scope => has.includes(scope)) ? undefined : needs;
}

function scopeHint(scope: string): Reason {
  return advise(
    'ghcr-tick-scope',
    `On GitHub open Settings › Developer settings › Personal access tokens › Tokens (classic), edit the token and tick ${scope}`,
    { scope },
  );
}

function hintFor(
  { status, headers, body }: RegistryHttpResponse,
  hasToken: boolean,
  needs: string | undefined,
): Reason | undefined {
  const said = reportedErrors(body)
    .map(({ message }) => message ?? '')
    .join(' ');
  if (headers['x-github-sso']?.startsWith('required')) {
    return advise(
      'ghcr-authorize-sso',
      'The organization asks for SAML single sign-on: on GitHub authorize the token for it (Configure SSO, beside the token)',
    );
  }
  if (/by integration/i.test(said)) {
    return advise(
      'ghcr-not-github-token',
      'A GITHUB_TOKEN sees the packages of its own repository only; use a personal access token (classic) with read:packages',
    );
  }
  if (/by personal access token/i.test(said)) {
    return advise(
      'ghcr-not-fine-grained',
      'GitHub Packages do not accept fine-grained tokens; use a personal access token (classic) with read:packages',
    );
  }
  switch (status) {
    case 401:
      return hasToken
        ? advise(
            'ghcr-new-token',
            'GitHub does not know this token, or it has expired; make another personal access token (classic)',
          )
        : advise('ghcr-give-token', 'Give a personal access token (classic)');
    case 403:
      return needs ? scopeHint(needs) : undefined;
    default:
      return advise(
        'ghcr-check-spelling',
        'Check the spelling of the owner and of the package; GitHub answers so also for what the token may not see',
      );
  }
}

/** @throws RegistryError `invalid-response` when an answer is no list */
export function entriesOf<const S extends Record<string, Shape>>(
  response: RegistryHttpResponse,
  shape: S,
  operation: string,
): Shaped<S>[] {
  const entries = response.json<unknown>();
  if (!Array.isArray(entries)) {
    throw new RegistryError(
      'invalid-response',
      `${TITLE}: could not ${operation} at ${
        new URL(response.url).host
      }: the answer is no list`,
      { hint: remedies.checkProxyFor('GitHub') },
    );
  }
  return entries.map(entry => shaped(entry, shape));
}
