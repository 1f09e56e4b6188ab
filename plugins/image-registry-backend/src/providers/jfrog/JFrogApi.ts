import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryHttpRequest,
  RegistryHttpResponse,
  remedies,
} from '@slipway/backstage-plugin-image-registry-node';
import { accountOf, apiAuthorization } from './credentials';
import { JFrogPlace } from './place';

/** A right as permissions of Artifactory name it. */
export interface JFrogRight {
  action: 'Read' | 'Manage Webhooks';
  /** Repository key; absent: over the whole platform. */
  key?: string;
}

/** One call of Artifactory's API, or of the platform around it. */
export interface JFrogCall extends RegistryCallOptions {
  method?: RegistryHttpRequest['method'];
  /** Below Artifactory's context; `platform` is below the platform instead. */
  path: string;
  base?: 'api' | 'platform';
  body?: { type: string; content: string };
  operation: string;
  /** What the account must be allowed, for the sentence when it is not. */
  needs: JFrogRight;
  maxBytes?: number;
  acceptStatuses?: readonly number[];
}

/** Artifactory's REST API. */
export class JFrogApi {
  readonly #connection: RegistryConnection;
  readonly #place: JFrogPlace;
  readonly #authorization: string | undefined;

  constructor(connection: RegistryConnection, place: JFrogPlace) {
    this.#connection = connection;
    this.#place = place;
    this.#authorization = apiAuthorization(connection.credentials);
  }

  /** @throws RegistryError; a 403 names the right that is missing */
  async send(call: JFrogCall): Promise<RegistryHttpResponse> {
    const { path, base = 'api', body, needs, ...request } = call;
    try {
      return await this.#connection.http.request({
        ...request,
        url: `${this.#place[base]}${path}`,
        headers: {
          accept: 'application/json',
          ...(body && { 'content-type': body.type }),
          ...(this.#authorization && { authorization: this.#authorization }),
        },
        ...(body && { body: body.content }),
      });
    } catch (error) {
      throw error instanceof RegistryError && error.code === 'forbidden'
        ? this.#missingRight(needs, error)
        : error;
    }
  }

  #missingRight(
    { action, key }: JFrogRight,
    cause: RegistryError,
  ): RegistryError {
    const account = accountOf(this.#connection.credentials);
    const place = key ? ` on the repository ${key}` : '';
    const who = account ? `The account ${account}` : 'Whoever is anonymous';
    return new RegistryError(
      'forbidden',
      `${cause.message}. ${who} lacks the permission "${action}"${place}`,
      {
        status: cause.status,
        cause,
        hint: account
          ? permissionRemedy(account, action, key)
          : remedies.signInWithRight,
      },
    );
  }
}

function permissionRemedy(
  account: string,
  permission: string,
  repository: string | undefined,
): Reason {
  const give = `In the JFrog Platform open Administration › User Management › Permissions and give ${account} "${permission}"`;
  return repository
    ? advise(
        'jfrog-repository-permission',
        `${give} on the repository ${repository}`,
        { account, permission, repository },
      )
    : advise('jfrog-permission', give, { account, permission });
}
