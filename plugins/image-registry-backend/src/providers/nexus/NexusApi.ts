import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryHttpResponse,
} from '@slipway/backstage-plugin-image-registry-node';
import { toLogin } from './credentials';

/** One call of the REST API of Nexus. */
export interface NexusCall extends RegistryCallOptions {
  method?: 'POST' | 'PUT';
  /** Below `/service/rest/v1`, with its query. */
  path: string;
  operation: string;
  /** Sent as JSON. */
  body?: object;
  /** Secrets in the body, which no message may repeat. */
  secrets?: readonly string[];
  /** Repository of Nexus whose images are to be browsed. */
  repository?: string;
  /** What else is needed. */
  privilege?: string;
  maxBytes?: number;
}

/** End of the privilege that goes with the one to read. */
const BROWSE = '-browse';

/** The REST API of Sonatype Nexus Repository 3. */
export class NexusApi {
  readonly #connection: RegistryConnection;
  readonly #base: string;

  /** @param base - URL of Nexus itself */
  constructor(connection: RegistryConnection, base: string) {
    this.#connection = connection;
    this.#base = base;
  }

  /** Where a person opens Nexus. */
  get webUrl(): string {
    return this.#base;
  }

  /** @throws RegistryError; a 403 names the privilege that is missing */
  async send({
    body,
    path,
    privilege,
    repository,
    ...request
  }: NexusCall): Promise<RegistryHttpResponse> {
    try {
      return await this.#connection.http.request({
        ...request,
        url: `${this.#base}/service/rest/v1${path}`,
        headers: {
          accept: 'application/json',
          ...(body && { 'content-type': 'application/json' }),
          ...this.#headers(),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw error instanceof RegistryError && error.code === 'forbidden'
        ? this.#missingPrivilege(privilege ?? browsing(repository), error)
        : error;
    }
  }

  #headers(): Record<string, string> {
    const { credentials } = this.#connection;
    const login = credentials && toLogin(credentials);
    return login
      ? {
          authorization: `Basic ${Buffer.from(
            `${login.username}:${login.password}`,
            'utf8',
          ).toString('base64')}`,
        }
      : {};
  }

  #missingPrivilege(privilege: string, cause: RegistryError): RegistryError {
    const { credentials } = this.#connection;
    // The name of a user token is a secret's half: it is not repeated.
    const who = credentials?.username
      ? `The account ${credentials.username}`
      : 'The account';
    return new RegistryError(
      'forbidden',
      `${cause.message}. ${who} lacks the privilege "${privilege}"`,
      {
        status: cause.status,
        cause,
        hint: credentials
          ? privilegeRemedy(privilege)
          : advise(
              'nexus-sign-in-or-anonymous',
              'Sign in with an account that may, or enable anonymous access in Nexus',
            ),
      },
    );
  }
}

function privilegeRemedy(privilege: string): Reason {
  const add = `In Nexus open Administration › Security › Roles and add "${privilege}"`;
  return privilege.endsWith(BROWSE)
    ? advise(
        'nexus-browse-privilege',
        `${add} and the same with "read" to a role of the account`,
        { privilege },
      )
    : advise('nexus-privilege', `${add} to a role of the account`, {
        privilege,
      });
}

function browsing(repository = '*'): string {
  return `nx-repository-view-docker-${repository}${BROWSE}`;
}
