import {
  RegistryCallOptions,
  RegistryError,
  remedies,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { entriesOf, GithubApi } from './GithubApi';

/** An organization or a user. */
export interface GithubOwner {
  login: string;
  isOrganization: boolean;
}

/** Organizations of one user that are listed. */
const MOST_ORGANIZATIONS = 100;

/** No login is empty. */
const SELF = '';

const account = { login: 'text', type: 'text' } as const;

/**
 * Whose packages there are. The API has organizations and users in different
 * places, and answers 404 in the wrong one: the kind is asked for once.
 */
export class GithubOwners {
  readonly #api: GithubApi;
  readonly #known = new Map<string, Promise<GithubOwner>>();

  constructor(api: GithubApi) {
    this.#api = api;
  }

  /**
   * @param operation - for the sentence of an error
   * @returns where the API has the owner: `/orgs/acme`, `/users/octocat`
   */
  async path(
    owner: string,
    operation: string,
    options: RegistryCallOptions,
  ): Promise<string> {
    const { isOrganization } = await this.find(owner, options, operation);
    return `/${isOrganization ? 'orgs' : 'users'}/${encodeURIComponent(owner)}`;
  }

  /** @throws RegistryError `not-found` when there is no such owner */
  find(
    owner: string,
    options: RegistryCallOptions,
    operation = `find the owner ${owner}`,
  ): Promise<GithubOwner> {
    const path = `/users/${encodeURIComponent(owner)}`;
    return this.#once(owner.toLowerCase(), () =>
      this.#read(path, operation, options),
    );
  }

  /** Whom the token belongs to. */
  async self(
    options: RegistryCallOptions,
    operation = 'find out whose the token is',
  ): Promise<GithubOwner> {
    const self = await this.#once(SELF, () =>
      this.#read('/user', operation, options),
    );
    this.#known.set(self.login.toLowerCase(), Promise.resolve(self));
    return self;
  }

  /** The user of the token and its organizations. */
  async mine(options: RegistryCallOptions): Promise<string[]> {
    const self = await this.self(options, 'list the owners');
    const response = await this.#api.call({
      ...options,
      path: `/user/orgs?per_page=${MOST_ORGANIZATIONS}`,
      operation: 'list the organizations',
      needs: 'read:org',
    });
    const organizations = entriesOf(
      response,
      account,
      'list the organizations',
    );
    return [self.login, ...organizations.flatMap(({ login }) => login ?? [])];
  }

  /** Who fails is asked for again. */
  #once(key: string, read: () => Promise<GithubOwner>): Promise<GithubOwner> {
    const known = this.#known.get(key);
    if (known) {
      return known;
    }
    const reading = read();
    this.#known.set(key, reading);
    reading.catch(() => this.#known.delete(key));
    return reading;
  }

  async #read(
    path: string,
    operation: string,
    options: RegistryCallOptions,
  ): Promise<GithubOwner> {
    // Others may wait for the same answer: one caller's signal must not end it.
    const { priority } = options;
    const response = await this.#api.call({ priority, path, operation });
    const { login, type } = shaped(response.json(), account);
    if (login === undefined) {
      throw new RegistryError(
        'invalid-response',
        `GitHub Container Registry: could not ${operation} at ${
          new URL(response.url).host
        }: the answer names nobody`,
        { hint: remedies.checkProxyFor('GitHub') },
      );
    }
    return { login, isOrganization: type === 'Organization' };
  }
}
