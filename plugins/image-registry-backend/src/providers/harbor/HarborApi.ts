import {
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryHttpResponse,
} from '@slipway/backstage-plugin-image-registry-node';

/** A right as Harbor names it where robot accounts are edited. */
export interface HarborRight {
  resource: 'Project' | 'Repository' | 'Artifact' | 'Tag';
  action: 'List' | 'Read';
  /** Absent: over the whole system. */
  project?: string;
}

/** One call of Harbor's API. */
export interface HarborCall extends RegistryCallOptions {
  /** Below `/api/v2.0`, with its query. */
  path: string;
  operation: string;
  /** What the account must be allowed, for the sentence when it is not. */
  needs: HarborRight;
}

/** Harbor's API, version 2.0. */
export class HarborApi {
  readonly #connection: RegistryConnection;

  constructor(connection: RegistryConnection) {
    this.#connection = connection;
  }

  /** @throws RegistryError; a 403 names the right that is missing */
  async get(call: HarborCall): Promise<RegistryHttpResponse> {
    const { path, operation, signal, priority } = call;
    try {
      return await this.#connection.http.request({
        url: `${this.#connection.address}/api/v2.0${path}`,
        operation,
        headers: { accept: 'application/json', ...this.#headers() },
        signal,
        priority,
      });
    } catch (error) {
      throw error instanceof RegistryError && error.code === 'forbidden'
        ? this.#missingRight(call.needs, error)
        : error;
    }
  }

  #headers(): Record<string, string> {
    const { username, password } = this.#connection.credentials ?? {};
    return {
      // A project may be named like a number.
      'x-is-resource-name': 'true',
      ...(username &&
        password && {
          authorization: `Basic ${Buffer.from(
            `${username}:${password}`,
            'utf8',
          ).toString('base64')}`,
        }),
    };
  }

  #missingRight(needs: HarborRight, cause: RegistryError): RegistryError {
    const { username } = this.#connection.credentials ?? {};
    const right = `${needs.resource}: ${needs.action}`;
    const place = needs.project ? ` in project ${needs.project}` : '';
    const who = username ? `The account ${username}` : 'Whoever is anonymous';
    return new RegistryError(
      'forbidden',
      `Harbor answered 403. ${who} lacks "${right}"${place}`,
      {
        status: 403,
        cause,
        hint: username
          ? `In Harbor open ${
              needs.project
                ? `Projects › ${needs.project} › Robot Accounts`
                : 'Administration › Robot Accounts'
            }, edit the account and tick "${right}"`
          : 'Sign in with a robot account that may',
      },
    );
  }
}
