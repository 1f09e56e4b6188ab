import {
  advise,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { QuayApi } from './QuayApi';

const TITLE = 'Quay';

/** Whose repositories are listed: Quay lists none across organizations. */
export class QuayNamespaces {
  readonly #api: QuayApi;
  readonly #connection: RegistryConnection;

  constructor(api: QuayApi, connection: RegistryConnection) {
    this.#api = api;
    this.#connection = connection;
  }

  /**
   * The one that is set, else those of the token's owner, else that of the
   * robot account.
   *
   * @throws RegistryError `unsupported` when nobody says whose
   */
  async list(options: RegistryCallOptions): Promise<string[]> {
    const { address, credentials, namespace } = this.#connection;
    if (namespace) {
      return [namespace];
    }
    if (this.#api.hasToken) {
      return this.#ofToken(options);
    }
    const [organization] = credentials?.username?.split('+') ?? [];
    if (!organization || organization.startsWith('$')) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: could not list the repositories: ${
          new URL(address).host
        } lists them by organization only`,
        {
          hint: advise(
            'quay-enter-organization',
            'Enter the organization or user whose repositories you want',
          ),
        },
      );
    }
    return [organization];
  }

  /**
   * Quay answers an empty list for an organization that does not exist.
   * @throws RegistryError `not-found`
   */
  async assertExists(
    namespace: string,
    options: RegistryCallOptions,
  ): Promise<void> {
    const name = encodeURIComponent(namespace);
    for (const path of [`/organization/${name}`, `/users/${name}`]) {
      if (await this.#mayExist(path, namespace, options)) {
        return;
      }
    }
    throw new RegistryError(
      'not-found',
      `${TITLE}: could not list the repositories: there is no organization or user ${namespace} at ${
        new URL(this.#connection.address).host
      }`,
      {
        hint: advise(
          'quay-check-organization',
          'Check the spelling of the organization',
        ),
        status: 404,
      },
    );
  }

  /** A refusal to look at something is no word about whether it is there. */
  async #mayExist(
    path: string,
    namespace: string,
    options: RegistryCallOptions,
  ): Promise<boolean> {
    try {
      await this.#api.call({
        ...options,
        path,
        operation: `list the repositories of ${namespace}`,
        needs: 'repo:read',
      });
      return true;
    } catch (error) {
      if (!(error instanceof RegistryError)) {
        throw error;
      }
      return error.code !== 'not-found';
    }
  }

  async #ofToken(options: RegistryCallOptions): Promise<string[]> {
    const response = await this.#api.call({
      ...options,
      path: '/user/',
      operation: 'list the organizations',
      needs: 'user:read',
    });
    const { organizations = [], username } = shaped(response.json(), {
      username: 'text',
      organizations: [{ name: 'text' }],
    });
    return [...organizations.map(({ name }) => name), username].flatMap(
      name => name ?? [],
    );
  }
}
