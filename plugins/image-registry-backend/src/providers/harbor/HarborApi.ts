import {
  advise,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryHttpRequest,
  RegistryHttpResponse,
  remedies,
  Shape,
  Shaped,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import {
  accountKindOf,
  HarborRight,
  missingRight,
  refusedSignIn,
} from './rights';

/** One call of Harbor's API. */
export interface HarborCall extends RegistryCallOptions {
  method?: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v2.0`, with its query. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  operation: string;
  /** What the account must be allowed, for the sentence when it is not. */
  needs: HarborRight;
}

/** A call about one repository. */
export interface HarborRepositoryCall extends Omit<HarborCall, 'path'> {
  /** With its project. */
  repository: string;
  /** Below the repository, with its query. */
  below: string;
}

/** What Harbor's scanners report in; the newer one first. */
const REPORT_TYPES = [
  'application/vnd.security.vulnerability.report; version=1.1',
  'application/vnd.scanner.adapter.vuln.report.harbor+json; version=1.0',
];

/**
 * How often a nested name is encoded: what the API's description asks for,
 * and once more for a proxy that undoes one.
 */
const ENCODINGS = [2, 3] as const;

/**
 * Harbor's API, version 2.0. Without cookies, as it asks those who have one
 * for a CSRF token.
 */
export class HarborApi {
  readonly #connection: RegistryConnection;
  #encodings: (typeof ENCODINGS)[number] | undefined;

  constructor(connection: RegistryConnection) {
    this.#connection = connection;
  }

  /** Base URL of the web interface, no slash at the end. */
  get webUrl(): string {
    return `${this.#connection.address}/harbor`;
  }

  /**
   * Whether the password may be the CLI secret of an OIDC user. Outside the
   * registry and a few lists Harbor takes it for nobody's.
   */
  get mayBeCliSecret(): boolean {
    return accountKindOf(this.#connection.credentials?.username) === 'user';
  }

  /**
   * @throws RegistryError; a 403 names the right that is missing, a 401 what
   * else than the password may be wrong
   */
  async send(call: HarborCall): Promise<RegistryHttpResponse> {
    try {
      return await this.#connection.http.request(this.#toRequest(call));
    } catch (error) {
      throw error instanceof RegistryError
        ? this.#explained(error, call)
        : error;
    }
  }

  /**
   * Makes sure that the account is let in. Harbor takes a wrong password for
   * nobody's, and answers with what is open to everybody: only the base of the
   * registry refuses it.
   *
   * @throws RegistryError `unauthenticated`
   */
  async assertSignedIn(
    operation: string,
    { signal, priority }: RegistryCallOptions,
  ): Promise<void> {
    const authorization = this.#authorization();
    if (!authorization) {
      return;
    }
    try {
      await this.#connection.http.request({
        url: `${this.#connection.address}/v2/`,
        operation,
        signal,
        priority,
        headers: { authorization },
      });
    } catch (error) {
      throw error instanceof RegistryError && error.code === 'unauthenticated'
        ? refusedSignIn(this.#connection.credentials?.username, error)
        : error;
    }
  }

  /**
   * A call about a repository, whose nested name must be encoded twice, or
   * more often behind some proxies.
   */
  async sendToRepository({
    repository,
    below,
    ...call
  }: HarborRepositoryCall): Promise<RegistryHttpResponse> {
    const { project, name } = splitRepository(repository);
    const send = (times: number) =>
      this.send({
        ...call,
        path: `${projectPath(project)}/repositories/${encoded(
          name,
          times,
        )}${below}`,
      });
    return name.includes('/') ? this.#nested(send) : send(1);
  }

  async #nested(
    send: (times: number) => Promise<RegistryHttpResponse>,
  ): Promise<RegistryHttpResponse> {
    if (this.#encodings) {
      return send(this.#encodings);
    }
    const [usual, behindProxy] = ENCODINGS;
    try {
      const response = await send(usual);
      this.#encodings = usual;
      return response;
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code !== 'not-found') {
        throw error;
      }
      const response = await send(behindProxy).catch(() => {
        throw error;
      });
      this.#encodings = behindProxy;
      return response;
    }
  }

  #toRequest({
    method = 'GET',
    path,
    body,
    operation,
    signal,
    priority,
  }: HarborCall): RegistryHttpRequest {
    const authorization = this.#authorization();
    return {
      method,
      url: `${this.#connection.address}/api/v2.0${path}`,
      operation,
      signal,
      priority,
      headers: {
        accept: 'application/json',
        'x-accept-vulnerabilities': REPORT_TYPES.join(', '),
        // A project may be named like a number.
        'x-is-resource-name': 'true',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(authorization && { authorization }),
      },
      ...(body !== undefined && {
        body: JSON.stringify(body),
        // Followed as GET, it would look as if it had been written.
        maxRedirects: 0,
      }),
    };
  }

  #authorization(): string | undefined {
    const { username, password } = this.#connection.credentials ?? {};
    return username && password
      ? `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString(
          'base64',
        )}`
      : undefined;
  }

  #explained(error: RegistryError, { path, needs }: HarborCall): RegistryError {
    const { username } = this.#connection.credentials ?? {};
    switch (error.code) {
      case 'forbidden':
        return missingRight(needs, username, error);
      case 'unauthenticated':
        return refusedSignIn(username, error);
      case 'not-found':
        return needs.project === undefined ? noApi(error, path) : error;
      default:
        return error;
    }
  }
}

/** Listings that every Harbor has: where there is none, there is no Harbor 2. */
function noApi(cause: RegistryError, path: string): RegistryError {
  return new RegistryError(
    'unsupported',
    `${cause.message}: there is no API of Harbor 2 below /api/v2.0${
      path.split('?')[0]
    }`,
    {
      status: cause.status,
      cause,
      hint: advise(
        'harbor-older',
        'Check the address. An older Harbor can be connected as Docker Registry',
      ),
    },
  );
}

/** Path of a project. */
export function projectPath(project: string): string {
  return `/projects/${encodeURIComponent(project)}`;
}

/**
 * The project and the rest of a repository's name.
 * @throws RegistryError `not-found` for a name without a project
 */
export function splitRepository(repository: string): {
  project: string;
  name: string;
} {
  const slash = repository.indexOf('/');
  if (slash < 1) {
    throw new RegistryError(
      'not-found',
      `Harbor: ${repository} cannot exist: repositories there begin with their project`,
      {
        hint: advise(
          'harbor-write-project',
          'Write the project before the name, with a slash between',
        ),
      },
    );
  }
  return {
    project: repository.slice(0, slash),
    name: repository.slice(slash + 1),
  };
}

/**
 * The entries of a list, which may be `null` when it is empty.
 * @throws RegistryError `invalid-response` for an answer that is no list
 */
export function entriesOf<const S extends Record<string, Shape>>(
  response: RegistryHttpResponse,
  shape: S,
): { entries: Shaped<S>[]; count: number; total?: number } {
  const list = response.json<unknown>() ?? [];
  if (!Array.isArray(list)) {
    const { host, pathname } = new URL(response.url);
    throw new RegistryError(
      'invalid-response',
      `Harbor: ${host} answered ${pathname} without a list`,
      { hint: remedies.checkProxyFor('Harbor') },
    );
  }
  const total = Number(response.headers['x-total-count'] ?? NaN);
  return {
    entries: list.map(entry => shaped(entry, shape)),
    count: list.length,
    ...(Number.isInteger(total) && { total }),
  };
}

function encoded(name: string, times: number): string {
  return times === 0 ? name : encoded(encodeURIComponent(name), times - 1);
}
